"""The class `Tensor`: the table of its methods, and the protocols of Python and NumPy.

Its methods are all the operations; what a tensor is, without them, is in `engine.value`.
"""
