"""The matrix product.

Of one large product BLAS gives parts to threads of its own. Of many it would make one after the
other; so threads of ours take them in turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import numpy as np

from ._blocks import cuts, share
from ._dtypes import float16, float32
from ._sums import sum_in_steps
from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    pass


LONG: Final = 2**15  # terms of a sum that BLAS may add in order
MOST: Final = 2**17  # terms of the product of two vectors
PART: Final = 2**12  # terms, where there are more
FEW: Final = 2**10  # sums; of more BLAS itself takes the terms in parts
WORTH_A_THREAD: Final = 2**23  # multiplications; below, waking a thread costs more than it gives


def matmul(x: Tensor, other: Tensor, /) -> Tensor:
    """Multiply matrices; leading dimensions broadcast, a vector is a row or a column."""
    a, b = x._array, other._array
    if a.dtype != b.dtype:
        raise RuntimeError(
            f"matmul: expected both tensors to have the same dtype, but got {x.dtype} and "
            f"{other.dtype}"
        )
    if a.dtype.kind == "b":
        raise NotImplementedError(
            "matmul: \"addmm_impl_cpu_\" not implemented for 'Bool': cast to an integer type first"
        )
    if a.dtype == np.float16:
        # BLAS knows no float16. NumPy's own loop rounds every sum to it, and is slow.
        return matmul(x.to(float32), other.to(float32)).to(float16)
    try:
        if a.size > LONG and _is_long(a, b):
            product = _in_parts(a, b)
        else:
            # `dot` is two and a half times as fast as `matmul` where there is little to multiply.
            product = a.dot(b) if a.ndim == b.ndim == 2 else _of_many(a, b)
    except RuntimeWarning:
        with np.errstate(all="ignore"):
            product = np.matmul(a, b)
    except ValueError:
        raise RuntimeError(_message(a.shape, b.shape)) from None
    return wrap(product)


def _is_long(a: Array, b: Array) -> bool:
    """Return whether few sums have so many terms that BLAS, which adds in order, loses digits."""
    if max(a.ndim, b.ndim) > 2 or a.dtype.kind != "f":
        return False
    terms: int = a.shape[-1]
    sums = (a.size // terms) * (b.size // terms)
    # Of two vectors it adds several sums side by side.
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
        product = product + left[:, whole:].dot(right[whole:])
    return product.reshape(a.shape[:-1] + b.shape[1:])


def _of_many(a: Array, b: Array) -> Array:
    """Multiply what has more than two dimensions, or a vector."""
    alike = a.ndim >= 3 and a.shape[:-2] == b.shape[:-2] and a.shape[-1] == b.shape[-2]
    if not alike or a.size * b.shape[-1] < WORTH_A_THREAD:
        product: Array = np.matmul(a, b)
        return product
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
