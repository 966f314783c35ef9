"""Sorting and searching. NaN is larger than all numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..core.value import Array, Tensor, wrap

__all__ = ["searchsorted", "sort", "topk"]


def sort(x: Tensor, dim: int, descending: bool, /) -> tuple[Tensor, Tensor]:
    """Return the elements along `dim` in order, and their indices; a stable sort."""
    return _gather(x._array, _order(x._array, dim, descending), dim)


def topk(x: Tensor, k: int, dim: int, largest: bool, /) -> tuple[Tensor, Tensor]:
    """Return the first `k` elements of the sorted order, and their indices.

    The others are not sorted. Which of equal elements are returned is not defined.
    """
    a = x._array
    n = a.shape[dim]
    if not 0 < k < n:
        order = _order(a, dim, largest)
        return _gather(a, order[_along(dim, 0, k)], dim)
    # The k largest are the last k, the k smallest the first.
    parted = np.argpartition(a, n - k if largest else k - 1, dim)
    chosen = parted[_along(dim, n - k, n) if largest else _along(dim, 0, k)]
    order = _order(np.take_along_axis(a, chosen, dim), dim, largest)
    return _gather(a, np.take_along_axis(chosen, order, dim), dim)


def searchsorted(boundaries: Tensor, x: Tensor, right: bool, /) -> Tensor:
    """Return how many of the sorted boundaries are below each element, if `right` or equal."""
    place = np.searchsorted(boundaries._array, x._array, "right" if right else "left")
    return wrap(np.asarray(place))


def _order(a: Array, dim: int, descending: bool) -> NDArray[np.int64]:
    """Return the indices that sort `a`; equal elements keep their order."""
    if not descending:
        return np.argsort(a, dim, kind="stable")
    # Reversed twice: the first reverses the order of equal elements, the second restores it.
    backwards = np.argsort(np.flip(a, dim), dim, kind="stable")
    return np.flip(a.shape[dim] - 1 - backwards, dim)


def _gather(a: Array, order: NDArray[np.int64], dim: int) -> tuple[Tensor, Tensor]:
    values = np.take_along_axis(a, order, dim)
    return wrap(values), wrap(np.ascontiguousarray(order))


def _along(dim: int, start: int, stop: int) -> tuple[slice, ...]:
    return (slice(None),) * dim + (slice(start, stop),)
