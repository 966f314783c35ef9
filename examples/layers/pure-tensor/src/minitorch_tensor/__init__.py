"""MiniTorch's tensor layer in pure Python: a flat list, seen through shape, strides and offset.

It has the names that `minitorch_autograd/requires.py` asks for, and nothing more.
"""

from ._dtypes import DType as dtype
from ._dtypes import bool_ as bool
from ._dtypes import (
    float16,
    float32,
    float64,
    get_default_dtype,
    int8,
    int16,
    int32,
    int64,
    set_default_dtype,
    uint8,
)
from ._formatting import tensor_repr
from ._functions import abs, cat, div, exp, log, maximum, minimum, mul, put, sqrt, tanh, where
from ._making import arange, full, tensor
from ._random import Generator, default_generator, normal, rand, randint, randperm
from ._tensor import Tensor, nonzero

__all__ = ["Tensor", "bool", "dtype", "float16", "float32", "float64"]
__all__ += ["int8", "int16", "int32", "int64", "uint8", "get_default_dtype", "set_default_dtype"]
__all__ += ["arange", "full", "tensor"]
__all__ += ["Generator", "default_generator", "normal", "rand", "randint", "randperm"]
__all__ += ["abs", "div", "exp", "log", "maximum", "minimum", "mul", "sqrt", "tanh", "where"]
__all__ += ["cat", "nonzero", "put", "tensor_repr"]
