"""Elements in order. NaN is larger than all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sort(x: Tensor, dim: int, descending: bool, /) -> tuple[Tensor, Tensor]:
    """Return the elements along `dim` in order, and their indices; equal ones stay in theirs."""
    return _at(x._array, _order(x._array, dim, descending), dim)


def topk(x: Tensor, k: int, dim: int, largest: bool, /) -> tuple[Tensor, Tensor]:
    """Return the first `k` of such an order, and their indices; of equal elements any.

    The others are parted from them, not sorted.
    """
    a = x._array
    n = a.shape[dim]
    if not 0 < k < n:
        order = _order(a, dim, largest)
        return _at(a, order[_along(dim, 0, k)], dim)
    # In order of size: the k last, or the k first.
    parted = np.argpartition(a, n - k if largest else k - 1, dim)
    chosen = parted[_along(dim, n - k, n) if largest else _along(dim, 0, k)]
    order = _order(np.take_along_axis(a, chosen, dim), dim, largest)
    return _at(a, np.take_along_axis(chosen, order, dim), dim)


def searchsorted(boundaries: Tensor, x: Tensor, right: bool, /) -> Tensor:
    """Return how many of the ascending boundaries (1-d) are below each element; or as large."""
    place = np.searchsorted(boundaries._array, x._array, "right" if right else "left")
    return wrap(np.asarray(place))


def _order(a: Array, dim: int, descending: bool) -> NDArray[np.int64]:
    """Return the indices that put `a` in order, equal elements in theirs."""
    if not descending:
        return np.argsort(a, dim, kind="stable")
    # Read backwards twice: the first reading turns equal elements over, the second turns them back.
    backwards = np.argsort(np.flip(a, dim), dim, kind="stable")
    return np.flip(a.shape[dim] - 1 - backwards, dim)


def _at(a: Array, order: NDArray[np.int64], dim: int) -> tuple[Tensor, Tensor]:
    values = np.take_along_axis(a, order, dim)
    return wrap(values), wrap(np.ascontiguousarray(order))


def _along(dim: int, start: int, stop: int) -> tuple[slice, ...]:
    return (slice(None),) * dim + (slice(start, stop),)
