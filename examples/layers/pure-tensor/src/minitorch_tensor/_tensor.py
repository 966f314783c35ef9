"""The tensor: a flat list, and a window on it.

    the list        a  b  c  d  e  f                  shared by x and its views
    x               shape (2, 3)   strides (3, 1)   offset 0      a b c
                                                                  d e f
    x, transposed   shape (3, 2)   strides (1, 3)   offset 0      a d
                                                                  b e
                                                                  c f
    x[1, 1:]        shape (2,)     strides (1,)     offset 4      e f

A view is another window on the same list. Whatever computes takes the elements out as a plain list
in row-major order (`_values`), and makes a new tensor of the numbers that it gets (`make`).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from functools import reduce
from itertools import product
from math import prod
from typing import TypeAlias

from ._dtypes import DType, bool_, get_default_dtype, int64, join
from ._formatting import Nested, cut, nest, tensor_repr
from ._numbers import Function, each, first, integer_power
from ._window import Ints, Window, broadcast, row_major

Index: TypeAlias = "tuple[int | slice | Tensor | None, ...]"
Binary: TypeAlias = "Callable[[Tensor, Tensor | float], Tensor]"


def make(values: list[float], shape: Ints, dtype: DType) -> Tensor:
    """Make a tensor of new numbers, which are rounded to its type."""
    return Tensor(dtype._cast(values), row_major(shape), dtype)


def elements(x: Tensor | float, shape: Ints, dtype: DType) -> list[float]:
    """Return the elements of `x`, broadcast and cast; not to be written to."""
    if isinstance(x, Tensor):
        return (x if x.shape == shape else x.expand(shape)).to(dtype)._values()
    return dtype._cast([x]) * prod(shape)


def meeting_shape(*operands: Tensor | float) -> Ints:
    return reduce(broadcast, (x.shape for x in operands if isinstance(x, Tensor)), ())


def meeting_type(*operands: Tensor | float) -> DType:
    """Return the type in which the elements of `operands` meet.

    Tensors with dimensions decide it; if there are none, 0-d tensors; if there are none, numbers.
    The others only lift its category: int64 and the number 2.5 meet as the default float.
    """
    kinds: list[DType | None] = [None, None, None]  # of numbers, 0-d tensors, others
    for x in operands:
        number = {bool: bool_, int: int64}.get(type(x), get_default_dtype())
        rank, kind = (1 + bool(x.shape), x.dtype) if isinstance(x, Tensor) else (0, number)
        kinds[rank] = join(kinds[rank] or kind, kind)
    met = bool_
    for found in kinds:
        met = found if found and found._category >= met._category else met
    return met


def combine(
    function: Function, x: Tensor | float, y: Tensor | float, result: DType | None = None
) -> Tensor:
    """Call `function` of each two elements; make a tensor of what it returns."""
    dtype, shape = meeting_type(x, y), meeting_shape(x, y)
    # Three rules of torch's own.
    if function is operator.sub and dtype is bool_:
        raise RuntimeError("Subtraction, the `-` operator, with two bool tensors is not supported.")
    if function is operator.truediv and not dtype.is_floating_point:
        dtype = get_default_dtype()
    if function is math.pow and not dtype.is_floating_point:
        function = integer_power
    numbers = each(function, elements(x, shape, dtype), elements(y, shape, dtype))
    return make(numbers, shape, result or dtype)


def write(result: Tensor, out: Tensor | None) -> Tensor:
    """Write `result` over the elements of `out`, whose shape and type stay; return `out`."""
    if out is None:
        return result
    if result.shape != out.shape:
        shapes = f"{list(out.shape)} doesn't match the broadcast shape {list(result.shape)}"
        raise RuntimeError(f"output with shape {shapes}")
    if result.dtype._category > out.dtype._category:
        types = f"{result.dtype} can't be cast to the desired output type {out.dtype}"
        raise RuntimeError(f"result type {types}")
    out[()] = result
    return out


def binary(function: Function, result: DType | None = None) -> Binary:
    return lambda x, y, /: combine(function, x, y, result)


def _reverse(function: Function) -> Callable[[Tensor, float], Tensor]:
    return lambda x, y, /: combine(function, y, x)


def _inplace(function: Function) -> Binary:
    return lambda x, y, /: write(combine(function, x, y), x)


class Tensor:
    """Elements of one type in n dimensions. The list holds numbers that the type can hold."""

    __slots__ = ("__weakref__", "_storage", "_window", "dtype", "shape")

    def __init__(self, storage: list[float], window: Window, dtype: DType) -> None:
        self._storage = storage
        self._window = window
        self.shape = window.shape
        self.dtype = dtype

    def __repr__(self) -> str:
        return tensor_repr(self)

    def _values(self) -> list[float]:
        """Return the elements in row-major order. Not to be written to: it may be the storage."""
        whole = self.is_contiguous() and prod(self.shape) == len(self._storage)
        return self._storage if whole else [self._storage[i] for i in self._window.places()]

    def item(self) -> float:
        size = prod(self.shape)
        if size != 1:
            raise RuntimeError(f"a Tensor with {size} elements cannot be converted to Scalar")
        return self._storage[self._window.offset]

    def tolist(self) -> Nested:
        return nest(self._values(), self.shape)

    def clone(self) -> Tensor:
        return make(self._values(), self.shape, self.dtype)

    def to(self, dtype: DType) -> Tensor:
        return self if dtype is self.dtype else make(self._values(), self.shape, dtype)

    def is_contiguous(self) -> bool:
        return self._window.is_contiguous()

    def view(self, shape: Ints) -> Tensor:
        return Tensor(self._storage, self._window.view(shape), self.dtype)

    def permute(self, dims: Ints) -> Tensor:
        return Tensor(self._storage, self._window.permute(dims), self.dtype)

    def expand(self, shape: Ints) -> Tensor:
        return Tensor(self._storage, self._window.expand(shape), self.dtype)

    def _find(self, index: Index) -> tuple[list[int], Ints]:
        """Return the places of what `index` names, and its shape."""
        part = self._window.part(index)
        dims = enumerate(entry for entry in index if not isinstance(entry, int))
        tensors = {dim: entry for dim, entry in dims if isinstance(entry, Tensor)}
        if not tensors:
            return part.places(), part.shape
        try:
            shape = meeting_shape(*tensors.values())
        except RuntimeError as error:
            raise IndexError(f"indexing tensors could not be broadcast together: {error}") from None
        picks = {dim: [*map(int, elements(x, shape, int64))] for dim, x in tensors.items()}
        return part.pick(picks, shape)

    def __getitem__(self, index: Index, /) -> Tensor:
        if not any(isinstance(entry, Tensor) for entry in index):
            return Tensor(self._storage, self._window.part(index), self.dtype)
        places, shape = self._find(index)
        return make([self._storage[place] for place in places], shape, self.dtype)

    def __setitem__(self, index: Index, value: Tensor | float, /) -> None:
        places, shape = self._find(index)
        values = elements(value, shape, self.dtype).copy()  # `value` may be a view of this tensor
        for place, one in zip(places, values, strict=True):
            self._storage[place] = one

    def _fold(
        self, function: Callable[[list[float]], float], dims: Ints, keepdim: bool, dtype: DType
    ) -> Tensor:
        """Call `function` of each line of elements whose indices differ in `dims` alone."""
        kept = tuple(d for d in range(len(self.shape)) if d not in dims)
        lines = cut(self.permute(kept + dims)._values(), prod(self.shape[d] for d in kept))
        shape = tuple(1 if d in dims else n for d, n in enumerate(self.shape))
        shape = shape if keepdim else tuple(self.shape[d] for d in kept)
        return make([function(line) for line in lines], shape, dtype)

    def sum(self, dims: Ints, keepdim: bool = False) -> Tensor:
        return self._fold(sum, dims, keepdim, self.dtype if self.dtype.is_floating_point else int64)

    def amax(self, dims: Ints, keepdim: bool = False) -> Tensor:
        return self._fold(lambda line: line[first(max, line)], dims, keepdim, self.dtype)

    def amin(self, dims: Ints, keepdim: bool = False) -> Tensor:
        return self._fold(lambda line: line[first(min, line)], dims, keepdim, self.dtype)

    def argmax(self, dim: int, keepdim: bool = False) -> Tensor:
        return self._fold(lambda line: first(max, line), (dim,), keepdim, int64)

    def argmin(self, dim: int, keepdim: bool = False) -> Tensor:
        return self._fold(lambda line: first(min, line), (dim,), keepdim, int64)

    __add__ = __radd__ = binary(operator.add)
    __sub__ = binary(operator.sub)
    __rsub__ = _reverse(operator.sub)
    __mul__ = __rmul__ = binary(operator.mul)
    __truediv__ = binary(operator.truediv)
    __rtruediv__ = _reverse(operator.truediv)
    __pow__ = binary(math.pow)
    __rpow__ = _reverse(math.pow)
    __iadd__ = _inplace(operator.add)
    __isub__ = _inplace(operator.sub)
    __imul__ = _inplace(operator.mul)
    __itruediv__ = _inplace(operator.truediv)
    __eq__ = binary(operator.eq, bool_)  # type: ignore[assignment]  # elementwise, as in torch
    __ne__ = binary(operator.ne, bool_)  # type: ignore[assignment]
    __lt__ = binary(operator.lt, bool_)
    __le__ = binary(operator.le, bool_)
    __gt__ = binary(operator.gt, bool_)
    __ge__ = binary(operator.ge, bool_)
    __hash__ = object.__hash__  # by identity, since == is elementwise

    def __neg__(self) -> Tensor:
        if self.dtype is bool_:
            raise RuntimeError("Negation, the `-` operator, on a bool tensor is not supported.")
        return self * -1

    def __matmul__(self, other: Tensor, /) -> Tensor:
        if not self.shape or not other.shape or self.dtype is not other.dtype:
            raise RuntimeError(
                "matmul: expected both arguments to be at least 1D and of the same dtype, "
                f"got {len(self.shape)}D of {self.dtype} and {len(other.shape)}D of {other.dtype}"
            )
        # A vector is a matrix of one row, or of one column.
        x = self if len(self.shape) > 1 else self[(None,)]
        y = other if len(other.shape) > 1 else other[(slice(None), None)]
        (m, k), (inner, n) = x.shape[-2:], y.shape[-2:]
        if k != inner:
            shapes = f"({m}x{k} and {inner}x{n}): {self.shape} @ {other.shape}"
            raise RuntimeError(f"mat1 and mat2 shapes cannot be multiplied {shapes}")
        batch = broadcast(x.shape[:-2], y.shape[:-2])
        turned = y.permute((*range(len(y.shape) - 2), -1, -2))
        rows = cut(x.expand((*batch, m, k))._values(), prod(batch) * m)
        columns = cut(turned.expand((*batch, n, k))._values(), prod(batch) * n)
        products = [
            sum(map(operator.mul, row, column))
            for i in range(prod(batch))
            for row in rows[i * m : (i + 1) * m]
            for column in columns[i * n : (i + 1) * n]
        ]
        shape = batch + (m,) * (len(self.shape) > 1) + (n,) * (len(other.shape) > 1)
        return make(products, shape, self.dtype)


def nonzero(x: Tensor, /) -> Tensor:
    places = product(*map(range, x.shape))
    kept = [place for place, value in zip(places, x._values(), strict=True) if value]
    return make([i for place in kept for i in place], (len(kept), len(x.shape)), int64)
