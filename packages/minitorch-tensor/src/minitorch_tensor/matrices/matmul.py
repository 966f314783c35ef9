"""The matrix product, and on how many threads it is computed.

BLAS divides a large product between threads of its own. Many products it computes one after the
other, so threads of ours share them. A product of fewer than `WORTH_A_THREAD` multiplications stays
on the thread that asks for it: two threads make one of 2^22 at best 1.3 times as fast, and on a
busy machine they make it take 20 ms instead of 0.1 (see `threads.blas`).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Final

import numpy as np

from ..core.dtypes import float16, float32
from ..core.value import Array, Tensor, wrap
from ..reductions.sums import sum_in_steps
from ..threads.blas import on_one_thread
from ..threads.sharing import cuts, share

LONG: Final = 2**15  # terms that BLAS may add one after the other
MOST: Final = 2**17  # terms of a product of two vectors
PART: Final = 2**12  # terms in a part, where there are more
FEW: Final = 2**10  # sums: for more, BLAS itself adds the terms in parts
WORTH_A_THREAD: Final = 2**23  # multiplications: with fewer, a thread costs more than it gains
# Multiplications from which on OpenBLAS uses several threads: 2^19 for two matrices, somewhat fewer
# for a matrix and a vector, or its own transpose; far fewer for two vectors.
WAKES: Final = 400_000
WAKES_FOR_VECTORS: Final = 10_000


def matmul(x: Tensor, other: Tensor, /) -> Tensor:
    """Multiply matrices; batch dimensions broadcast, a vector is a row or a column."""
    a, b = x._array, other._array
    kind = a.dtype.char
    if a.dtype != b.dtype:
        raise RuntimeError(
            f"matmul: expected both tensors to have the same dtype, but got {x.dtype} and "
            f"{other.dtype}"
        )
    if kind == "?":  # NumPy's letter for bool
        raise NotImplementedError(
            "matmul: \"addmm_impl_cpu_\" not implemented for 'Bool': cast to an integer type first"
        )
    if kind == "e":  # for float16
        # BLAS has no float16, and NumPy's own loop rounds every partial sum to it, and is slow.
        return matmul(x.to(float32), other.to(float32)).to(float16)
    try:
        if a.size > LONG and _is_long(a, b):
            product = _in_parts(a, b)
        elif a.ndim == b.ndim == 2:
            product = _of_two(a, b)
        else:
            product = _of_many(a, b)
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            product = np.matmul(a, b)
    except ValueError:
        raise RuntimeError(_message(a.shape, b.shape)) from None
    return wrap(product)


def _is_long(a: Array, b: Array) -> bool:
    """Return whether there are few sums, each of so many terms that BLAS would lose digits."""
    if max(a.ndim, b.ndim) > 2 or a.dtype.kind != "f":
        return False
    terms: int = a.shape[-1]
    sums = (a.size // terms) * (b.size // terms)
    # For two vectors BLAS adds several sums side by side.
    return terms > (LONG if sums > 1 else MOST) and terms == b.shape[0] and sums <= FEW


def _in_parts(a: Array, b: Array) -> Array:
    """Multiply (n, k) or (k,) by (k, m) or (k,), `PART` of the k terms at a time."""
    terms = a.shape[-1]
    left, right = a.reshape(-1, terms), b.reshape(terms, -1)
    parts = -(-terms // PART)
    whole = terms - terms % parts
    lefts = left[:, :whole].reshape(len(left), parts, -1).transpose(1, 0, 2)
    rights = right[:whole].reshape(parts, whole // parts, -1)
    product = sum_in_steps(_of_many(lefts, rights), (0,), False)
    if whole < terms:
        product = np.add(product, _of_two(left[:, whole:], right[whole:]))
    return product.reshape(a.shape[:-1] + b.shape[1:])


def _of_two(a: Array, b: Array) -> Array:
    """Multiply two matrices by `dot`: of small ones in less than half the time of `matmul`."""
    product: Array
    if WAKES <= a.size * b.shape[1] < WORTH_A_THREAD:
        with on_one_thread():
            product = a.dot(b)
    else:
        product = a.dot(b)
    return product


def _of_many(a: Array, b: Array) -> Array:
    """Multiply vectors, or batches of matrices."""
    columns = b.shape[-1] if b.ndim > 1 else 1
    total = a.size * columns
    product: Array
    if total < WAKES_FOR_VECTORS:
        product = np.matmul(a, b)
        return product
    alike = a.ndim >= 3 and a.shape[:-2] == b.shape[:-2] and a.shape[-1] == b.shape[-2]
    if alike and total >= WORTH_A_THREAD:
        return _shared(a, b)
    wakes = WAKES if max(a.ndim, b.ndim) > 1 else WAKES_FOR_VECTORS
    if wakes <= prod(a.shape[-2:]) * columns < WORTH_A_THREAD:  # each of the products
        with on_one_thread():
            product = np.matmul(a, b)
    else:
        product = np.matmul(a, b)
    return product


def _shared(a: Array, b: Array) -> Array:
    """Multiply batches of matrices, whose products several threads share."""
    lefts, rights = a.reshape((-1, *a.shape[-2:])), b.reshape((-1, *b.shape[-2:]))
    products = np.empty((lefts.shape[0], a.shape[-2], b.shape[-1]), a.dtype)

    def run(parts: Iterator[slice]) -> None:
        for part in parts:
            np.matmul(lefts[part], rights[part], out=products[part])

    share(cuts(lefts.shape[0], 1), run, True)
    return products.reshape((*a.shape[:-1], b.shape[-1]))


def _message(a: tuple[int, ...], b: tuple[int, ...]) -> str:
    if not a or not b:
        return (
            f"matmul: both arguments need to be at least 1D, but they are {len(a)}D and {len(b)}D"
        )
    inner_a, inner_b = a[-1], b[-2:][0]
    if inner_a == inner_b:
        return f"matmul: batch dimensions don't broadcast: {a} @ {b}"
    if len(a) == len(b) == 2:
        sizes = f"{'x'.join(map(str, a))} and {'x'.join(map(str, b))}"
        return (
            f"matmul: mat1 and mat2 shapes cannot be multiplied ({sizes}): {inner_a} != {inner_b}"
        )
    return f"matmul: inner sizes differ: {a} @ {b}: {inner_a} != {inner_b}"
