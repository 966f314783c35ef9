"""Singular values and eigenvalues of matrices, and their vectors, with their derivatives.

In the rules `gX` is the gradient of the output X. Matrices are the last two dimensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...arguments.extensions import linalg
from ...engine.value import wrap
from ..core.matmul import matmul
from .joint_outputs import record_jointly
from .operands import float_matrix, identity, run_linalg, transposed

if TYPE_CHECKING:
    from ...engine.value import Tensor


class SVD(NamedTuple):
    """Left singular vectors as columns, singular values descending, right vectors as rows."""

    U: Tensor
    S: Tensor
    Vh: Tensor


class Eigen(NamedTuple):
    """Eigenvalues in ascending order, and eigenvectors as columns."""

    eigenvalues: Tensor
    eigenvectors: Tensor


# --- Singular values


def svd(A: Tensor, full_matrices: bool = True) -> SVD:  # noqa: N803  (torch's name)
    """Decompose ``A = U diag(S) Vh``: U and V have orthonormal columns, S descends.

    Args:
        A: (..., m, n).
        full_matrices: whether U is (..., m, m) and Vh (..., n, n), or both have min(m, n) vectors.

    Gradient: for the vectors if the singular values differ, and for results that don't depend on
    the signs of vectors. None for the additional vectors of `full_matrices`, which are arbitrary.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html; the derivative:
    Townsend, Differentiating the Singular Value Decomposition, section 3.
    """
    x = float_matrix("linalg.svd", A, square=False)
    raws = run_linalg(linalg.svd, x, full_matrices)
    return SVD(*record_jointly("LinalgSvdBackward0", A, raws, (_u_rule, _s_rule, _vh_rule)))


def svdvals(A: Tensor) -> Tensor:  # noqa: N803  (torch's name)
    """Return the singular values, descending; differentiable even where they are equal."""
    return svd(A, full_matrices=False).S


def _thin(u: Tensor, s: Tensor, vh: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the outputs without the additional vectors of `full_matrices`."""
    k = s.shape[-1]
    return u[..., :k], s, vh[..., :k, :]


def _s_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, _, vh = _thin(*outputs)
    return matmul(u * g.unsqueeze(-2), vh)


def _u_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, s, vh = _thin(*outputs)
    g = g[..., : s.shape[-1]]
    ug = matmul(transposed(u), g)
    inside = _skewed(ug, s) * s.unsqueeze(-2)
    # The part of gU that is orthogonal to all of U.
    outside = (g - matmul(u, ug)) / s.unsqueeze(-2)
    return matmul(matmul(u, inside) + outside, vh)


def _vh_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, s, vh = _thin(*outputs)
    g = g[..., : s.shape[-1], :]
    vg = matmul(vh, transposed(g))
    inside = s.unsqueeze(-1) * _skewed(vg, s)
    outside = (g - matmul(transposed(vg), vh)) / s.unsqueeze(-1)
    return matmul(u, matmul(inside, vh) + outside)


def _skewed(x: Tensor, s: Tensor) -> Tensor:
    """Return ``(x_ij - x_ji) / (s_j^2 - s_i^2)``, 0 on the diagonal."""
    wide, high = s.unsqueeze(-2), s.unsqueeze(-1)
    # (s_j - s_i) (s_j + s_i), since the difference of squares would cancel.
    return (x - transposed(x)) / ((wide - high) * (wide + high) + wrap(identity(s._raw)))


# --- Eigenvalues of symmetric matrices


def eigh(input: Tensor, UPLO: str = "L") -> Eigen:  # noqa: N803  (torch's name)
    """Decompose a symmetric matrix, ``A = V diag(w) V^T``: V is orthogonal, w ascends.

    Args:
        input: A, symmetric, (..., n, n).
        UPLO: "L" or "U", the triangle that is read.

    Gradient: for the vectors if the eigenvalues differ, and for results that don't depend on the
    signs of vectors.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html; the derivative:
    Giles, Collected Matrix Derivative Results for Forward and Reverse Mode AD, section 3.1.
    """
    x = float_matrix("linalg.eigh", input)
    if UPLO.upper() not in ("L", "U"):
        raise RuntimeError(f"linalg.eigh: Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    if UPLO.upper() == "U":
        return eigh(transposed(input))
    raws = run_linalg(linalg.eigh, x)
    return Eigen(*record_jointly("LinalgEighBackward0", input, raws, (_values_rule, _vectors_rule)))


def eigvalsh(input: Tensor, UPLO: str = "L") -> Tensor:  # noqa: N803  (torch's name)
    """Return the eigenvalues of a symmetric matrix, ascending; differentiable even if equal."""
    return eigh(input, UPLO).eigenvalues


def _values_rule(g: Tensor, w: Tensor, v: Tensor) -> Tensor:
    return matmul(v * g.unsqueeze(-2), transposed(v))


def _vectors_rule(g: Tensor, w: Tensor, v: Tensor) -> Tensor:
    # dA = V ((V^T gV) / E) V^T, where E_ij = w_j - w_i, without the diagonal.
    one = wrap(identity(w._raw))
    apart = w.unsqueeze(-2) - w.unsqueeze(-1) + one
    return matmul(matmul(v, matmul(transposed(v), g) * (1 - one) / apart), transposed(v))
