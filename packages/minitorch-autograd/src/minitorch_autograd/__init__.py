"""MiniTorch's differentiable tensor: the graph, `backward`, and every derivative rule.

Built on the tensor layer through the contract in `requires.py`. Names are torch's; `record` and
`record_with_output` are the way to define an operation with its derivative.
"""

from minitorch_tensor import Generator, default_generator, dtype, float32, float64, int64
from minitorch_tensor import bool as bool

# First, since the class's table of methods wants the families below complete.
from ._tensor import Tensor

# isort: split

from ._arithmetic import add, div, mul, neg, pow, rsub, sub
from ._backward import grad
from ._comparisons import eq, ge, gt, le, lt, ne
from ._creation import (
    arange,
    empty,
    empty_like,
    full,
    full_like,
    ones,
    ones_like,
    tensor,
    zeros,
    zeros_like,
)
from ._elementwise import (
    abs,
    exp,
    log,
    maximum,
    minimum,
    relu,
    sigmoid,
    sqrt,
    tanh,
    where,
)
from ._gradcheck import gradcheck, gradgradcheck
from ._graph import record, record_with_output
from ._indexing import gather
from ._interop import from_numpy
from ._matmul import matmul
from ._modes import enable_grad, is_grad_enabled, no_grad, set_grad_enabled
from ._movement import cat, clone, permute, reshape, squeeze, stack, t, transpose, unsqueeze
from ._random import manual_seed, rand, randn, randperm
from ._reductions import amax, amin, argmax, argmin, max, mean, min, sum, var

__all__ = [
    # the class and its element types
    "Tensor",
    "bool",
    "dtype",
    "float32",
    "float64",
    "int64",
    # gradients
    "enable_grad",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "is_grad_enabled",
    "no_grad",
    "record",
    "record_with_output",
    "set_grad_enabled",
    # creation
    "arange",
    "empty",
    "empty_like",
    "from_numpy",
    "full",
    "full_like",
    "ones",
    "ones_like",
    "tensor",
    "zeros",
    "zeros_like",
    # random numbers
    "Generator",
    "default_generator",
    "manual_seed",
    "rand",
    "randn",
    "randperm",
    # elementwise
    "abs",
    "add",
    "div",
    "eq",
    "exp",
    "ge",
    "gt",
    "le",
    "log",
    "lt",
    "maximum",
    "minimum",
    "mul",
    "ne",
    "neg",
    "pow",
    "relu",
    "rsub",
    "sigmoid",
    "sqrt",
    "sub",
    "tanh",
    "where",
    # matrix products
    "matmul",
    # reductions
    "amax",
    "amin",
    "argmax",
    "argmin",
    "max",
    "mean",
    "min",
    "sum",
    "var",
    # moving elements
    "cat",
    "clone",
    "gather",
    "permute",
    "reshape",
    "squeeze",
    "stack",
    "t",
    "transpose",
    "unsqueeze",
]
