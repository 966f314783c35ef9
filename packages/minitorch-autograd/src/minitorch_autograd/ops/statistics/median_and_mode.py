"""`median`, the element in the middle, and `mode`, the most frequent one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, overload

import minitorch_tensor as below

from ...arguments.extensions import rounding, scans, sorting
from ...arguments.indices import index_along
from ...arguments.operands import unwrap
from ...engine.graph import record_with_output
from ...engine.value import wrap
from .sorting import Ordered, at_least_1d, folded_shape, refuse_bool, refuse_empty, taken_along

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["median", "mode", "nanmedian"]


# --- Median


@overload
def median(input: Tensor) -> Tensor: ...
@overload
def median(input: Tensor, dim: int, keepdim: bool = False) -> Ordered: ...
def median(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor | Ordered:
    """Return the middle element, of all or along `dim`; the lower of two. NaN if there is one.

    Gradient: of all, shared equally by those that tie; along `dim`, to the element at the index.

    Raises:
        IndexError: if there is no element along `dim`.
        NotImplementedError: if the elements are bools.
    """
    if dim is None:
        return _middle_of_all("median", input, _middle)
    return _middle_along("median", input, dim, keepdim, _middle)


@overload
def nanmedian(input: Tensor) -> Tensor: ...
@overload
def nanmedian(input: Tensor, dim: int, keepdim: bool = False) -> Ordered: ...
def nanmedian(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor | Ordered:
    """Same as `median`, but of the elements that are not NaN."""
    if dim is None:
        return _middle_of_all("nanmedian", input, _middle_of_numbers)
    return _middle_along("nanmedian", input, dim, keepdim, _middle_of_numbers)


def _middle(size: int, missing: Raw) -> Raw:
    """Return the index of the median among sorted elements: the first NaN, if there is one."""
    return below.where(missing == 0, missing + (size - 1) // 2, size - missing)


def _middle_of_numbers(size: int, missing: Raw) -> Raw:
    """Return the index of the median of the sorted elements before the NaN; 0 if all are NaN."""
    return rounding.floor_divide(below.maximum(size - 1 - missing, 0), 2)


def _middle_of_all(operation: str, x: Tensor, place: Callable[[int, Raw], Raw]) -> Tensor:
    """Return the median of all elements."""
    if unwrap(x).dtype.is_floating_point and not x.numel():
        return x.sum() * float("nan")
    result = _middle_along(operation, x.detach().reshape(-1), 0, False, place).values
    return record_with_output(
        f"{operation.capitalize()}Backward0", result, (x, lambda g, y: _share(g, x, y))
    )


def _middle_along(
    operation: str, input: Tensor, dim: int, keepdim: bool, place: Callable[[int, Raw], Raw]
) -> Ordered:
    """Return the medians along `dim`, and their indices."""
    x, dim = at_least_1d(input, dim)
    refuse_bool(operation, x)
    refuse_empty(operation, x, dim)
    values, indices = sorting.sort(x._raw, dim, False)
    middle = place(x.shape[dim], (values != values).sum((dim,), True))
    at = index_along(operation, "input", x.shape, dim, wrap(middle))
    name = f"{operation.capitalize()}Backward1"
    return taken_along(
        name, x, dim, values[at], indices[at], folded_shape(input.shape, dim, keepdim)
    )


def _share(g: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of `x`: `g` in equal parts to the elements that equal `y`, even NaN."""
    ties = (x == y) | ((x != x) & (y != y))
    return g * ties / ties.sum()


# --- Mode


def mode(input: Tensor, dim: int = -1, keepdim: bool = False) -> Ordered:
    """Return the most frequent element along `dim`, of several the smallest, and its last index.

    NaN equals nothing, not even another NaN.

    Raises:
        IndexError: if there is no element.
    """
    x, dim = at_least_1d(input, dim)
    refuse_empty("mode", x, dim)
    values, indices = sorting.sort(x._raw, dim, False)
    # Sorted, equal elements form runs. The mode is the last element of the longest run: the first
    # element that is furthest from the start of its run.
    size, after = x.shape[dim], x.ndim - dim - 1
    first, rest = (
        (slice(None),) * dim + (part,) + (slice(None),) * after
        for part in (slice(0, size - 1), slice(1, size))
    )
    counting = below.arange(0, size, 1, below.int64).view((1,) * dim + (size,) + (1,) * after)
    starts = below.full(x.shape, 0, below.int64)
    starts[rest] = below.where(values[first] == values[rest], 0, counting[rest])
    middle = (counting - scans.cummax(starts, dim)[0]).argmax(dim, True)
    at = index_along("mode", "input", x.shape, dim, wrap(middle))
    shape = folded_shape(input.shape, dim, keepdim)
    return taken_along("ModeBackward0", x, dim, values[at], indices[at], shape)
