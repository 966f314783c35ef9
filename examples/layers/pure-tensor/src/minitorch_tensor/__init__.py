"""MiniTorch's tensor layer in pure Python: a flat list, seen through shape, strides and offset.

It has the names that `minitorch_autograd/requires.py` asks for, and nothing more.
"""

from ._formatting import tensor_repr
from ._functions import abs, cat, div, exp, log, maximum, minimum, mul, put, sqrt, tanh, where
from ._making import Generator, arange, default_generator, full, rand, randn, randperm, tensor
from ._numbers import DType as dtype
from ._numbers import bool_ as bool
from ._numbers import float32, float64, int64
from ._tensor import Tensor

__all__ = ["Tensor", "bool", "dtype", "float32", "float64", "int64"]
__all__ += ["arange", "full", "tensor"]
__all__ += ["Generator", "default_generator", "rand", "randn", "randperm"]
__all__ += ["abs", "div", "exp", "log", "maximum", "minimum", "mul", "sqrt", "tanh", "where"]
__all__ += ["cat", "put", "tensor_repr"]
