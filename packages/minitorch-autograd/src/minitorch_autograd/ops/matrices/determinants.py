"""Determinants of square matrices, with their derivatives."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, NamedTuple

from ...arguments.extensions import linalg
from ...engine.graph import record, record_with_output
from ...engine.piecewise import record_stepwise
from ...engine.value import wrap
from ..core.elementwise import where
from ..core.matmul import matmul
from .operands import float_matrix, identity, run_linalg, transposed
from .solve_and_inv import inv
from .svd_and_eigh import svd

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["logdet"]


class Slogdet(NamedTuple):
    """A determinant as ``sign e^logabsdet``."""

    sign: Tensor
    logabsdet: Tensor


def _each(g: Tensor) -> Tensor:
    """Add two dimensions of size 1, so that a number for each matrix broadcasts with it."""
    return g.unsqueeze(-1).unsqueeze(-1)


def det(A: Tensor) -> Tensor:  # noqa: N803  (torch's name)
    """Compute the determinant of square matrices; 1 if they have no elements.

    Gradient: the cofactors, ``det(A) A^-T``, also of a singular matrix.
    """
    return record_with_output(
        "LinalgDetBackward0",
        wrap(run_linalg(linalg.det, float_matrix("linalg.det", A))),
        (A, lambda g, y: _each(g) * _cofactors(A, y)),
    )


def _cofactors(x: Tensor, determinant: Tensor) -> Tensor:
    """Return the cofactors: by the inverse, or by singular values if a matrix is singular."""
    singular = determinant._raw == 0
    if not singular.sum(tuple(range(len(singular.shape)))).item():
        return _each(determinant) * transposed(inv(x))
    # For A = U diag(s) Vh: det(U Vh) U diag(c) Vh, where c_i is the product of all s but s_i.
    u, s, vh = svd(x)
    n = s.shape[-1]
    others = where(wrap(identity(s._raw) == 1), 1.0, s.unsqueeze(-2).expand((*s.shape, n)))
    products = others[..., 0]
    for i in range(1, n):
        products = products * others[..., i]
    sign = det(matmul(u.detach(), vh.detach()))
    return matmul(u * (_each(sign).squeeze(-1) * products).unsqueeze(-2), vh)


def slogdet(A: Tensor) -> Slogdet:  # noqa: N803  (torch's name)
    """Compute the sign of the determinant, and the logarithm of its absolute value.

    Returns:
        `sign`, -1, 0 or 1, and `logabsdet`, -inf of a singular matrix.

    Gradient: ``A^-T`` for the logarithm, 0 for the sign.

    Raises:
        LinAlgError: when the derivative is computed, if a matrix is singular.
    """
    sign, logarithm = run_linalg(linalg.slogdet, float_matrix("linalg.slogdet", A))
    tracked = record(
        "LinalgSlogdetBackward0", wrap(logarithm), (A, lambda g: _each(g) * transposed(inv(A)))
    )
    return Slogdet(record_stepwise("LinalgSlogdetBackward0", wrap(sign), A), tracked)


def logdet(input: Tensor) -> Tensor:
    """Compute the logarithm of the determinant: -inf of 0, NaN of a negative one."""
    sign, logarithm = slogdet(input)
    return where(sign < 0, nan, logarithm)
