"""Products of vectors, matrices and more, except `matmul`, which is in `core`."""
