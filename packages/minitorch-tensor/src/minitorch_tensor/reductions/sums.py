"""Sums along dimensions, whose rounding errors do not grow with the number of floats.

Theory of operation. NumPy sums in pairs along the dimension that is contiguous in memory. Along any
other it adds row after row to one sum, which soon becomes so large that the rows are rounded away:
the mean of a million times 0.1 is 0.101. Here at most `ROWS` rows are added one after the other,
and then their sums in the same way. Every w-th row goes to the same sum, w sums side by side, which
is also many times faster where rows are short:

    (outer, n, m)  is seen as  (outer, c, rows, w m)  and summed to  (outer, c w, m)
"""

from __future__ import annotations

from itertools import groupby
from math import isqrt, prod
from sys import maxsize
from typing import Final

import numpy as np

from ..core.dtypes import float16, float32
from ..core.ufuncs import reduce
from ..core.value import Array, Tensor, wrap

ROWS: Final = 256  # added one after the other
WIDE: Final = 2**11  # elements side by side: 8 KB of float32 stay in the cache
NARROW: Final = 64  # elements of a row: copying shorter ones costs less than adding them one by one
FEW: Final = 2**13  # elements: up to here a product with ones is faster, on one BLAS thread
ONES: Final[dict[np.dtype[np.generic], Array]] = {
    np.dtype(name): np.ones((1, ROWS), name) for name in ("float32", "float64")
}


def sum(x: Tensor, dims: tuple[int, ...], keepdim: bool = False) -> Tensor:
    """Sum over `dims`; integers and bools count as int64. The sum of nothing is 0."""
    a = x._array
    if a.dtype.kind != "f":
        return reduce(np.add, x, dims, keepdim, np.int64)
    if a.dtype.itemsize == 2:
        return sum(x.to(float32), dims, keepdim).to(float16)  # as torch does
    if a.size > ROWS and not in_few_steps(a, dims):
        try:
            return wrap(sum_in_steps(a, dims, keepdim))
        except RuntimeWarning:
            with np.errstate(all="ignore"):
                return wrap(sum_in_steps(a, dims, keepdim))
    return reduce(np.add, x, dims, keepdim)


def in_few_steps(a: Array, dims: tuple[int, ...]) -> bool:
    """Return whether NumPy sums over `dims` few rows, or in pairs."""
    if len(dims) == a.ndim and a.flags.c_contiguous:
        return True
    shape, strides = a.shape, a.strides
    n: int = shape[dims[0]] if len(dims) == 1 else prod([shape[d] for d in dims])
    if n <= ROWS:
        return True
    # NumPy sums in pairs along what is contiguous: a single dimension with the smallest step,
    # wherever it is, or the last ones.
    step = strides[dims[0]]
    if step == a.itemsize and len(dims) == strides.count(step) == 1 and 0 not in strides:
        return True
    together = 1
    for d in range(a.ndim - 1, -1, -1):
        if shape[d] > 1:
            if d not in dims or strides[d] != together * a.itemsize:
                break
            together *= shape[d]
    return n <= ROWS * together


def sum_in_steps(a: Array, dims: tuple[int, ...], keepdim: bool) -> Array:
    """Sum floats over `dims`, in steps of at most `ROWS` rows."""
    if len(dims) == 1 and a.flags.c_contiguous:
        (d,), shape = dims, a.shape
        sums = _sum_rows(a.reshape(-1, shape[d], prod(shape[d + 1 :])))
        return sums.reshape(shape[:d] + (1,) * keepdim + shape[d + 1 :])
    times = 1
    for d in dims:
        if not a.strides[d]:  # one element, repeated without a copy
            times *= a.shape[d]
            a = a[(slice(None),) * d + (slice(1),)]
    # In the order of memory, those that are repeated first.
    order = sorted(range(a.ndim), key=lambda d: -abs(a.strides[d] or maxsize))
    x, m = a.transpose(order), 1
    dense = x.flags.c_contiguous
    for _, group in groupby(reversed(order), lambda d: d in dims if dense else d):
        some = list(group)
        n = prod([a.shape[d] for d in some])
        if some[0] in dims:
            x = _sum_rows(x.reshape(-1, n, m))
        else:
            m *= n
    x = x.reshape([1 if d in dims else a.shape[d] for d in order])
    x = x.transpose([order.index(d) for d in range(a.ndim)])
    if times > 1:
        x = x * times
    return np.asarray(x if keepdim else x.squeeze(dims), order="C")


def _sum_rows(x: Array) -> Array:
    """Sum (outer, n, m) to (outer, m)."""
    outer, n, m = x.shape
    if m == 1:  # in pairs
        return _add_rows(x.reshape(outer, n), 1)
    if n > ROWS and m < NARROW:
        x = np.ascontiguousarray(x)
    if n > ROWS and outer == 1 and x.size <= FEW:
        return _sum_by_products(x[0])
    while n > ROWS:
        pieces, w = -(-n // ROWS), 1
        if x.flags.c_contiguous:
            if isqrt(n) * m <= WIDE:  # as many pieces as rows in each, where there is little to add
                pieces = max(pieces, isqrt(n))
            w = min(pieces, max(1, WIDE // m))
            pieces = -(-pieces // w) * w
        rows = n // pieces
        whole = rows * pieces
        sums = _add_rows(x[:, :whole].reshape(outer, pieces // w, rows, w * m), 2)
        sums = sums.reshape(outer, pieces, m)
        if whole < n:
            first = sums[:, : n - whole]
            np.add(first, x[:, whole:], out=first)
        x, n = sums, pieces
    return _add_rows(x, 1)


def _sum_by_products(x: Array) -> Array:
    """Sum (n, m) to (1, m) by products with ones: first r times r rows, then the rest."""
    n, m = x.shape
    ones, r = ONES[x.dtype], isqrt(n)
    first, left = ones[:, :r], n - r * r
    sums: Array = first.dot(first.dot(x[: r * r].reshape(r, r * m)).reshape(r, m))
    if left:
        np.add(sums, ones[:, :left].dot(x[r * r :]), out=sums)
    return sums


def _add_rows(x: Array, dim: int) -> Array:
    sums: Array = np.add.reduce(x, dim)
    return sums
