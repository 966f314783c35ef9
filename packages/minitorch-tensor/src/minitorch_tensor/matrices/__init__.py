"""Products of matrices and linear algebra. Read `matmul`, `convolution`, `linalg`."""
