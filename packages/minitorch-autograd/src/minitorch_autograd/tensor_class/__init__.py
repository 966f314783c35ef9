"""The class `Tensor` with the table of its methods, and what Python and NumPy ask of it."""
