"""Convolutions, transposed ones, and windows as columns (`folding.py`).

Begin with `convolution.py`, which checks arguments; `kernels.py` has the mathematics.
"""
