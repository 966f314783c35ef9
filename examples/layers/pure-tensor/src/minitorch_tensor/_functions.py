"""Functions of tensors: exp, log, ..., where, cat, put."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from ._dtypes import bool_
from ._formatting import cut
from ._numbers import Function, each
from ._tensor import Index, Tensor, binary, elements, make, meeting_shape, meeting_type, write
from ._window import Ints


def unary(function: Function) -> Callable[[Tensor], Tensor]:
    """Make an operation that gives floats, also of ints."""
    return lambda x, /: make(each(function, x._values()), x.shape, meeting_type(x, 1.0))


exp = unary(math.exp)
log = unary(math.log)
tanh = unary(math.tanh)
minimum = binary(lambda a, b: a if a <= b or a != a else b)


def abs(x: Tensor, /) -> Tensor:
    return make([value.__abs__() for value in x._values()], x.shape, x.dtype)


def maximum(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    return write(binary(lambda a, b: a if a >= b or a != a else b)(x, y), out)


def sqrt(x: Tensor, /, out: Tensor | None = None) -> Tensor:
    return write(unary(math.sqrt)(x), out)


def mul(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    return write(x * y, out)


def div(x: Tensor, y: Tensor | float, /, out: Tensor | None = None) -> Tensor:
    return write(x / y, out)


def where(condition: Tensor, x: Tensor | float, y: Tensor | float, /) -> Tensor:
    dtype, shape = meeting_type(x, y), meeting_shape(condition, x, y)
    choices = elements(condition, shape, bool_)
    a, b = elements(x, shape, dtype), elements(y, shape, dtype)
    return make(each(lambda choice, m, n: m if choice else n, choices, a, b), shape, dtype)


def cat(tensors: Sequence[Tensor], dim: int) -> Tensor:
    dtype, shape = meeting_type(*tensors), tensors[0].shape
    for x in tensors:
        if (x.shape[:dim], x.shape[dim + 1 :]) != (shape[:dim], shape[dim + 1 :]):
            shapes = f"{shape} and {x.shape}"
            raise RuntimeError(f"Sizes of tensors must match except in dimension {dim}: {shapes}")
    blocks = [cut(x._values(), math.prod(shape[:dim])) for x in tensors]
    values = [value for row in zip(*blocks, strict=True) for block in row for value in block]
    size = sum(x.shape[dim] for x in tensors)
    return make(values, (*shape[:dim], size, *shape[dim + 1 :]), dtype)


def put(shape: Ints, index: Index, values: Tensor) -> Tensor:
    total = make([0] * math.prod(shape), shape, values.dtype)
    places, part = total._find(index)
    for place, one in zip(places, elements(values, part, values.dtype), strict=True):
        total._storage[place] += one
    return total.clone()  # which rounds the sums
