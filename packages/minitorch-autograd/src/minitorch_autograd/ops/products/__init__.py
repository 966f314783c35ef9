"""Products of vectors, matrices and more, other than `matmul`, which is in `core`."""
