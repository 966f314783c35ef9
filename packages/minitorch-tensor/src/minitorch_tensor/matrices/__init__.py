"""Products of matrices, linear algebra, and the products that a convolution is made of."""
