"""Products of matrices in pieces, which several threads of ours can make side by side.

Theory of operation. OpenBLAS cuts a product of more than `AT_ONCE` multiplications between threads
of its own. They wait for one another, and go on waiting for the next product at the cost of
everyone else; and only one product at a time can have them. Smaller ones it makes on the thread
that asks. So where there are many matrices, threads of ours take them in turn, in pieces that are
small enough, at nearly the speed of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ._blocks import cuts, share

Array = NDArray[np.generic]

AT_ONCE: Final = 2**18  # multiplications in a product that OpenBLAS makes on one thread
WORTH_A_THREAD: Final = 2**23  # multiplications; below, waking a thread costs more than it gives


def multiply_many(a: Array, b: Array) -> Array:
    """Return products of matrices (n, m, k) and (n, k, l), on several threads."""
    result = np.empty((a.shape[0], a.shape[1], b.shape[2]), a.dtype)

    def run(parts: Iterator[slice]) -> None:
        for part in parts:
            multiply(a[part], b[part], result[part])

    share(cuts(a.shape[0], 1), run, True)
    return result


def multiply(a: Array, b: Array, out: Array) -> None:
    """Multiply matrices (..., m, k) and (..., k, n) into `out`, in pieces that BLAS makes at once.

    Of larger products OpenBLAS gives parts to threads of its own, which wait for one another, and
    only one of our threads at a time can have them.
    """
    height, width = _piece(a.shape[-2], a.shape[-1], b.shape[-1])
    a = a.reshape((*a.shape[:-2], -1, 1, height, a.shape[-1]))
    b = _cut_rows(b, width)
    out = _cut_rows(out.reshape((*out.shape[:-2], -1, height, out.shape[-1])), width)
    np.matmul(a, b[..., None, :, :, :], out=out)


def _cut_rows(a: Array, width: int) -> Array:
    """See matrices (..., m, n) as (..., n / width, m, width)."""
    return a.reshape((*a.shape[:-1], -1, width)).swapaxes(-3, -2)


@lru_cache(maxsize=256)
def _piece(m: int, k: int, n: int) -> tuple[int, int]:
    """Choose the height and width of pieces of a product (m, k) @ (k, n): near to squares."""
    if m * k * n <= AT_ONCE:
        return m, n
    fitting = [
        (height, width)
        for height in _divisors(m)
        for width in _divisors(n)
        if height * k * width <= AT_ONCE
    ]
    best = max(fitting, key=lambda piece: (min(piece), max(piece)), default=(m, n))
    return best if min(best) >= 8 or min(best) == min(m, n) else (m, n)


def _divisors(n: int) -> list[int]:
    return [d for d in range(1, n + 1) if n % d == 0]
