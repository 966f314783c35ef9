"""Convolutions, transposed ones, and windows as columns. Begin with `convolution.py`."""
