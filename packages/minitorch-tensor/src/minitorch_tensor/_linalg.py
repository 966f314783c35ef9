"""Solving and decomposing float matrices, the last two dimensions; batches in front.

LAPACK does it, by way of NumPy. Where it fails NumPy raises its own `LinAlgError`; here that is a
RuntimeError that says what to look for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from . import _tensor

if TYPE_CHECKING:
    from ._tensor import Tensor

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
    return _tensor.Tensor(lower)


def det(x: Tensor, /) -> Tensor:
    """Return the determinant of each matrix; 1 of none of elements."""
    return _tensor.Tensor(np.asarray(_call(np.linalg.det, SINGULAR, x._array)))


def slogdet(x: Tensor, /) -> tuple[Tensor, Tensor]:
    """Return the sign of the determinant, and the logarithm of its absolute value."""
    sign, logarithm = _call(np.linalg.slogdet, SINGULAR, x._array)
    return _tensor.Tensor(np.asarray(sign)), _tensor.Tensor(np.asarray(logarithm))


def inv(x: Tensor, /) -> Tensor:
    """Return the inverse of each matrix."""
    return _tensor.Tensor(_call(np.linalg.inv, SINGULAR, x._array))


def solve(a: Tensor, b: Tensor, /) -> Tensor:
    """Return the `x` of ``a x = b``, both of at least two dimensions; batches broadcast."""
    return _tensor.Tensor(_call(np.linalg.solve, SINGULAR, a._array, b._array))


def qr(x: Tensor, complete: bool, /) -> tuple[Tensor, Tensor]:
    """Return Q with orthonormal columns and the upper triangular R with ``x = Q R``."""
    mode = "complete" if complete else "reduced"
    q, r = _call(np.linalg.qr, NOT_CONVERGED, x._array, mode)
    return _tensor.Tensor(q), _tensor.Tensor(r)


def svd(x: Tensor, full_matrices: bool, /) -> tuple[Tensor, Tensor, Tensor]:
    """Return U, the singular values in descending order, and V^T: ``x = U diag(S) V^T``."""
    u, s, vh = _call(np.linalg.svd, NOT_CONVERGED, x._array, full_matrices)
    return _tensor.Tensor(u), _tensor.Tensor(s), _tensor.Tensor(vh)


def eigh(x: Tensor, /) -> tuple[Tensor, Tensor]:
    """Return the eigenvalues, ascending, and the vectors as columns; of the lower triangle."""
    values, vectors = _call(np.linalg.eigh, NOT_CONVERGED, x._array)
    return _tensor.Tensor(values), _tensor.Tensor(vectors)
