"""Products, norms, decompositions and equations of matrices."""
