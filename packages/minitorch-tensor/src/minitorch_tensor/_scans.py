"""The extension "scans": products, and what is gathered on the way along a dimension."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ._blocks import cuts
from ._dtypes import DTYPES, float16, float32
from ._sums import ROWS
from ._value import Array, Tensor, wrap

CHUNK: Final = 2**15  # elements: 256 KB of float64 stay in the cache


def prod(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Multiply over `dims`; integers and bools count as int64. The product of nothing is 1."""
    if x._array.dtype == np.float16:
        return prod(x.to(float32), dims, keepdim).to(float16)
    with np.errstate(all="ignore"):
        multiply: np.ufunc = np.multiply
        return wrap(multiply.reduce(_counted(x), dims, keepdims=keepdim))


def cumsum(x: Tensor, dim: int) -> Tensor:
    """Sum what stands up to each element."""
    return _scan(np.add, _counted(x), dim)


def cumprod(x: Tensor, dim: int) -> Tensor:
    """Multiply what stands up to each element."""
    return _scan(np.multiply, _counted(x), dim)


def logcumsumexp(x: Tensor, dim: int) -> Tensor:
    """Take the logarithm of the sum of the exponentials up to each element."""
    return _scan(np.logaddexp, x._array, dim)


def cummax(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the largest element so far, and the index of the last such; NaN, once there."""
    return _extreme(np.maximum, x, dim)


def cummin(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the smallest element so far, and the index of the last such; NaN, once there."""
    return _extreme(np.minimum, x, dim)


def _counted(x: Tensor) -> Array:
    a = x._array
    return a if a.dtype.kind == "f" else a.astype(np.int64, copy=False)


def _scan(ufunc: np.ufunc, a: Array, dim: int) -> Tensor:
    """Accumulate, floats in float64 as torch; of many some at a time, which stay in the cache."""
    few = a.itemsize == 4 and a.shape[dim] <= ROWS
    if a.dtype.kind != "f" or a.itemsize == 8 or few:
        return _accumulate(ufunc, a, dim)
    if a.size <= CHUNK:
        return _accumulate(ufunc, a.astype(np.float64), dim).to(DTYPES[a.dtype])
    n, m = a.shape[dim], math.prod(a.shape[dim + 1 :])
    x = a.reshape((-1, n, m) if m > 1 else (-1, n))
    result = np.empty(x.shape, a.dtype)
    with np.errstate(all="ignore"):
        for outer in cuts(len(x), max(1, CHUNK // (n * m))):
            reached: Array | None = None
            for rows in cuts(n, max(1, CHUNK // m)):
                part = x[outer, rows].astype(np.float64)
                if reached is not None:
                    ufunc(reached, part[:, 0], out=part[:, 0])
                ufunc.accumulate(part, 1, out=part)
                reached = part[:, -1]
                result[outer, rows] = part
    return wrap(result.reshape(a.shape))


def _accumulate(ufunc: np.ufunc, a: Array, dim: int) -> Tensor:
    with np.errstate(all="ignore"):
        return wrap(ufunc.accumulate(a, dim))


def _extreme(ufunc: np.ufunc, x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    a = x._array
    values = _accumulate(ufunc, a, dim)
    # NaN, which equals nothing, stands where an element differs from itself.
    reached = (a == values._array) | (a != a)
    places = np.arange(a.shape[dim]).reshape((-1,) + (1,) * (a.ndim - dim - 1))
    indices = np.maximum.accumulate(np.where(reached, places, 0), dim)
    return values, wrap(indices)
