"""Solving and decomposing float matrices, the last two dimensions; batches in front.

LAPACK does it, by way of NumPy. Where it fails NumPy raises its own `LinAlgError`; here that is a
RuntimeError that says what to look for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np

from ._value import Tensor, wrap

R = TypeVar("R")

SINGULAR = "the input matrix is singular"
NOT_CONVERGED = "it did not converge, as happens where the input matrix contained non-finite values"


def _call(function: Callable[..., R], reason: str, *arguments: object) -> R:
    try:
        # A batch of no matrices, or infinite elements, make NumPy warn.
        with np.errstate(all="ignore"):
            return function(*arguments)
    except np.linalg.LinAlgError:
        raise RuntimeError(f"linalg.{function.__name__}: {reason}") from None


def cholesky(x: Tensor, /) -> Tensor:
    """Return the lower triangular L with ``x = L L^T``; only the lower triangle is read."""
    reason = "the input is not positive-definite"
    lower = _call(np.linalg.cholesky, reason, x._array)
    if np.isnan(lower).any():  # LAPACK lets NaN pass
        raise RuntimeError(f"linalg.cholesky: {reason}: it has NaN in it")
    return wrap(lower)


def det(x: Tensor, /) -> Tensor:
    """Return the determinant of each matrix; 1 of none of elements."""
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
    """Return the eigenvalues, ascending, and the vectors as columns; of the lower triangle."""
    values, vectors = _call(np.linalg.eigh, NOT_CONVERGED, x._array)
    return wrap(values), wrap(vectors)
