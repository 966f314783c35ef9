"""The class `Tensor`: the table of its methods, and what Python and NumPy ask of it.

It stands above all operations; what a tensor is, below them, is `engine.value`.
"""
