"""Functions that fold dimensions away: sum, the extremes, and where they are."""

from __future__ import annotations

import numpy as np

from ._dtypes import float16, float32
from ._sums import ROWS, in_few_steps, sum_in_steps
from ._value import Tensor, wrap


def sum(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Sum over `dims`; integers and bools count as int64. The sum of nothing is 0."""
    a = x._array
    if a.dtype.kind != "f":
        return _fold(np.add, x, dims, keepdim, np.int64)
    if a.dtype.itemsize == 2:
        return sum(x.to(float32), dims, keepdim).to(float16)  # as torch
    if a.size > ROWS and not in_few_steps(a, dims):
        try:
            return wrap(sum_in_steps(a, dims, keepdim))
        except RuntimeWarning:
            with np.errstate(all="ignore"):
                return wrap(sum_in_steps(a, dims, keepdim))
    return _fold(np.add, x, dims, keepdim)


def amax(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Return the largest elements over `dims`; NaN where there is one."""
    _refuse_empty("amax", x, dims)
    return _fold(np.maximum, x, dims, keepdim)


def amin(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Return the smallest elements over `dims`; NaN where there is one."""
    _refuse_empty("amin", x, dims)
    return _fold(np.minimum, x, dims, keepdim)


def _fold(
    ufunc: np.ufunc,
    x: Tensor,
    dims: tuple[int, ...],
    keepdim: bool,
    dtype: type[np.generic] | None = None,
) -> Tensor:
    # The ufunc itself: the methods of an array are slower by a fifth where there is little to do.
    try:
        return wrap(ufunc.reduce(x._array, dims, dtype, keepdims=keepdim))
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            return wrap(ufunc.reduce(x._array, dims, dtype, keepdims=keepdim))


def argmax(x: Tensor, dim: int, keepdim: bool = False) -> Tensor:
    """Return the index of the first largest element along `dim`; NaN is larger than all."""
    _refuse_empty("argmax", x, (dim,))
    index = x._array.argmax(dim)
    return wrap(np.expand_dims(index, dim) if keepdim else index)


def argmin(x: Tensor, dim: int, keepdim: bool = False) -> Tensor:
    """Return the index of the first smallest element along `dim`; NaN is smaller than all."""
    _refuse_empty("argmin", x, (dim,))
    index = x._array.argmin(dim)
    return wrap(np.expand_dims(index, dim) if keepdim else index)


def _refuse_empty(operation: str, x: Tensor, dims: tuple[int, ...]) -> None:
    for dim in dims:
        if not x._array.shape[dim]:
            raise IndexError(
                f"{operation}(): Expected reduction dim {dim} to have non-zero size: "
                f"the shape is {x.shape}"
            )
