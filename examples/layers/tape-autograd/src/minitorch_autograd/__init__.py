"""MiniTorch's autograd layer on a Wengert tape: an alternative to ours, and smaller.

It has the names that the layers above ask for in their `requires.py`, and no other public one.
How it works is told at the top of `_tape.py`.
"""

from minitorch_tensor import Generator, bool, dtype, float32, float64, int64

from ._creation import arange, empty_like, manual_seed, rand, randperm, tensor, zeros, zeros_like
from ._movement import stack
from ._operations import where
from ._tape import enable_grad, no_grad, record, record_with_output
from ._tensor import Tensor
from ._writing import div, maximum, mul, sqrt

__all__ = [
    "Generator",
    "Tensor",
    "arange",
    "bool",
    "div",
    "dtype",
    "empty_like",
    "enable_grad",
    "float32",
    "float64",
    "int64",
    "manual_seed",
    "maximum",
    "mul",
    "no_grad",
    "rand",
    "randperm",
    "record",
    "record_with_output",
    "sqrt",
    "stack",
    "tensor",
    "where",
    "zeros",
    "zeros_like",
]
