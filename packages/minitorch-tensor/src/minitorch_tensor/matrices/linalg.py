"""Linear algebra: determinants, inverses, solving, and decompositions, by LAPACK.

Matrices are in the last two dimensions; those before are batches. Where LAPACK fails, NumPy raises
its `LinAlgError`; here that is a RuntimeError that says why.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from math import prod
from typing import Final, TypeVar

import numpy as np

from ..core.value import Array, Tensor, wrap
from ..threads.blas import on_one_thread

__all__ = ["cholesky", "det", "eigh", "inv", "qr", "slogdet", "solve", "svd"]

R = TypeVar("R")

SINGULAR = "the input matrix is singular"
NOT_CONVERGED = "it did not converge, as happens where the input matrix contained non-finite values"


# LAPACK, too, makes BLAS wake threads: for eigenvectors from 28 by 28 numbers on, for a Cholesky
# decomposition from 100 by 100. Up to 256 by 256 two threads save at best a quarter of the time of
# an inverse, and make most others slower.
WAKES: Final = 2**9  # elements of a matrix
WORTH_A_THREAD: Final = 2**16


def _call(function: Callable[..., R], reason: str, a: Array, *arguments: object) -> R:
    """Call a function of `numpy.linalg` on `a` and more; say `reason` where it fails."""
    small = WAKES <= prod(a.shape[-2:]) < WORTH_A_THREAD
    try:
        # NumPy warns of an empty batch and of infinite elements.
        with np.errstate(all="ignore"), on_one_thread() if small else nullcontext():
            return function(a, *arguments)
    except np.linalg.LinAlgError:
        raise RuntimeError(f"linalg.{function.__name__}: {reason}") from None


def cholesky(x: Tensor, /) -> Tensor:
    """Return the lower triangular L with ``x = L L^T``; only the lower triangle is read."""
    reason = "the input is not positive-definite"
    lower = _call(np.linalg.cholesky, reason, x._array)
    if np.isnan(lower).any():  # LAPACK accepts NaN
        raise RuntimeError(f"linalg.cholesky: {reason}: it has NaN in it")
    return wrap(lower)


def det(x: Tensor, /) -> Tensor:
    """Return the determinant of each matrix; 1 for a 0 by 0 matrix."""
    return wrap(np.asarray(_call(np.linalg.det, SINGULAR, x._array)))


def slogdet(x: Tensor, /) -> tuple[Tensor, Tensor]:
    """Return the sign of the determinant, and the logarithm of its absolute value."""
    sign, logarithm = _call(np.linalg.slogdet, SINGULAR, x._array)
    return wrap(np.asarray(sign)), wrap(np.asarray(logarithm))


def inv(x: Tensor, /) -> Tensor:
    """Return the inverse of each matrix."""
    return wrap(_call(np.linalg.inv, SINGULAR, x._array))


def solve(a: Tensor, b: Tensor, /) -> Tensor:
    """Return the `x` of ``a x = b``, both of at least two dimensions; batches broadcast."""
    return wrap(_call(np.linalg.solve, SINGULAR, a._array, b._array))


def qr(x: Tensor, complete: bool, /) -> tuple[Tensor, Tensor]:
    """Return Q with orthonormal columns and the upper triangular R with ``x = Q R``."""
    mode = "complete" if complete else "reduced"
    q, r = _call(np.linalg.qr, NOT_CONVERGED, x._array, mode)
    return wrap(q), wrap(r)


def svd(x: Tensor, full_matrices: bool, /) -> tuple[Tensor, Tensor, Tensor]:
    """Return U, the singular values in descending order, and V^T: ``x = U diag(S) V^T``."""
    u, s, vh = _call(np.linalg.svd, NOT_CONVERGED, x._array, full_matrices)
    return wrap(u), wrap(s), wrap(vh)


def eigh(x: Tensor, /) -> tuple[Tensor, Tensor]:
    """Return ascending eigenvalues, and eigenvectors as columns, of the lower triangle."""
    values, vectors = _call(np.linalg.eigh, NOT_CONVERGED, x._array)
    return wrap(values), wrap(vectors)
