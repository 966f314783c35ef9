"""The extension "scans": products, and what is gathered on the way along a dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import _tensor

if TYPE_CHECKING:
    from ._tensor import Tensor
    from ._ufuncs import Array


def prod(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Multiply over `dims`; integers and bools count as int64. The product of nothing is 1."""
    with np.errstate(all="ignore"):
        multiply: np.ufunc = np.multiply
        return _tensor.Tensor(multiply.reduce(_counted(x), dims, keepdims=keepdim))


def cumsum(x: Tensor, dim: int) -> Tensor:
    """Sum what stands up to each element."""
    return _accumulate(np.add, _counted(x), dim)


def cumprod(x: Tensor, dim: int) -> Tensor:
    """Multiply what stands up to each element."""
    return _accumulate(np.multiply, _counted(x), dim)


def logcumsumexp(x: Tensor, dim: int) -> Tensor:
    """Take the logarithm of the sum of the exponentials up to each element."""
    return _accumulate(np.logaddexp, x._array, dim)


def cummax(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the largest element so far, and the index of the last such; NaN, once there."""
    return _extreme(np.maximum, x, dim)


def cummin(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the smallest element so far, and the index of the last such; NaN, once there."""
    return _extreme(np.minimum, x, dim)


def _counted(x: Tensor) -> Array:
    a = x._array
    return a if a.dtype.kind == "f" else a.astype(np.int64, copy=False)


def _accumulate(ufunc: np.ufunc, a: Array, dim: int) -> Tensor:
    with np.errstate(all="ignore"):
        return _tensor.Tensor(ufunc.accumulate(a, dim))


def _extreme(ufunc: np.ufunc, x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    a = x._array
    values = _accumulate(ufunc, a, dim)
    # NaN, which equals nothing, stands where an element differs from itself.
    reached = (a == values._array) | (a != a)
    places = np.arange(a.shape[dim]).reshape((-1,) + (1,) * (a.ndim - dim - 1))
    indices = np.maximum.accumulate(np.where(reached, places, 0), dim)
    return values, _tensor.Tensor(indices)
