"""Scans: sums, products and extremes of all elements so far; and the product along dimensions."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from ..core.dtypes import DTYPES, float16, float32
from ..core.ufuncs import reduce
from ..core.value import Array, Tensor, wrap
from ..threads.sharing import cuts
from .sums import ROWS

__all__ = ["cummax", "cummin", "cumprod", "cumsum", "logcumsumexp", "prod"]

CHUNK: Final = 2**15  # elements: 256 KB of float64 stay in the cache


def prod(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Multiply over `dims`; integers and bools count as int64. The product of nothing is 1."""
    if x._array.dtype == np.float16:
        return prod(x.to(float32), dims, keepdim).to(float16)
    return reduce(np.multiply, x, dims, keepdim, None if x.dtype.is_floating_point else np.int64)


def cumsum(x: Tensor, dim: int) -> Tensor:
    """Sum up to and including each element."""
    return _scan(np.add, _integers_as_int64(x), dim)


def cumprod(x: Tensor, dim: int) -> Tensor:
    """Multiply up to and including each element."""
    return _scan(np.multiply, _integers_as_int64(x), dim)


def logcumsumexp(x: Tensor, dim: int) -> Tensor:
    """Compute the logarithm of the sum of exponentials up to and including each element."""
    return _scan(np.logaddexp, x._array, dim)


def cummax(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the largest element so far, and its last index; NaN from the first NaN on."""
    return _extreme(np.maximum, x, dim)


def cummin(x: Tensor, dim: int) -> tuple[Tensor, Tensor]:
    """Return the smallest element so far, and its last index; NaN from the first NaN on."""
    return _extreme(np.minimum, x, dim)


def _integers_as_int64(x: Tensor) -> Array:
    a = x._array
    return a if a.dtype.kind == "f" else a.astype(np.int64, copy=False)


def _scan(ufunc: np.ufunc, a: Array, dim: int) -> Tensor:
    """Accumulate, floats in float64 as torch; a large tensor in chunks that stay in the cache."""
    few = a.itemsize == 4 and a.shape[dim] <= ROWS
    if a.dtype.kind != "f" or a.itemsize == 8 or few:
        return _accumulate(ufunc, np.asarray(a, order="C"), dim)
    if a.size <= CHUNK:
        return _accumulate(ufunc, a.astype(np.float64, "C"), dim).to(DTYPES[a.dtype])
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
    # An element that differs from itself is NaN.
    reached = (a == values._array) | (a != a)
    places = np.arange(a.shape[dim]).reshape((-1,) + (1,) * (a.ndim - dim - 1))
    indices = np.maximum.accumulate(np.where(reached, places, 0), dim)
    return values, wrap(indices)
