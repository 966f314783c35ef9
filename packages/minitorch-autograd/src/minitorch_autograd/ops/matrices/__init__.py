"""Matrices: products, norms, decompositions, equations."""
