"""The largest and the smallest element along dimensions, and where they are."""

from __future__ import annotations

import numpy as np

from ..core.ufuncs import reduce
from ..core.value import Tensor, wrap


def amax(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Return the largest elements over `dims`; NaN where there is one."""
    _refuse_empty("amax", x, dims)
    return reduce(np.maximum, x, dims, keepdim)


def amin(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Return the smallest elements over `dims`; NaN where there is one."""
    _refuse_empty("amin", x, dims)
    return reduce(np.minimum, x, dims, keepdim)


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
