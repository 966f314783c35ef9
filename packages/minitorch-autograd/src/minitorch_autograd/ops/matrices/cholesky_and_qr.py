"""Cholesky and QR decompositions, with their derivatives.

In the rules `gX` is the gradient of the output X. Matrices are the last two dimensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import minitorch_tensor as below

from ...arguments.extensions import linalg
from ...engine.graph import record_with_output
from ...engine.value import wrap
from ..core.matmul import matmul
from ..shapes.joining import cat
from .joint_outputs import record_jointly
from .operands import float_matrix, run_linalg, transposed
from .solve_and_inv import solve

if TYPE_CHECKING:
    from ...engine.value import Tensor


class QR(NamedTuple):
    """A matrix with orthonormal columns, and an upper triangular one."""

    Q: Tensor
    R: Tensor


def _symmetric(m: Tensor) -> Tensor:
    """Return the symmetric matrix that has the lower triangle of `m`."""
    counting = below.arange(0, m.shape[-1], 1, below.int64)
    rows = counting[(slice(None), None)]
    lower = m * wrap(((rows > counting).to(m.dtype) + (rows >= counting).to(m.dtype)) / 2)
    return lower + transposed(lower)


# --- Cholesky


def cholesky(input: Tensor, *, upper: bool = False) -> Tensor:
    """Decompose a positive-definite matrix, ``A = L L^T``: L is lower triangular.

    Args:
        input: A, symmetric, (..., n, n); only the lower triangle is read, with `upper` the upper.
        upper: whether to return ``L^T`` instead.

    Raises:
        LinAlgError: if a matrix is not positive-definite.

    Gradient: symmetric, as that of a function of symmetric matrices.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html; the
    derivative: Murray, Differentiation of the Cholesky decomposition, equation 10.
    """
    x = float_matrix("linalg.cholesky", input)
    if upper:
        return transposed(cholesky(transposed(input)))
    return record_with_output(
        "LinalgCholeskyExBackward0",
        wrap(run_linalg(linalg.cholesky, x)),
        (input, _cholesky_rule),
    )


def _cholesky_rule(g: Tensor, lower: Tensor) -> Tensor:
    # dA = L^-T S L^-1 / 2, where S is symmetric with the lower triangle of L^T gL.
    across = transposed(lower)
    half = solve(across, _symmetric(matmul(across, g)))
    return solve(across, transposed(half)) / 2


# --- QR


def qr(A: Tensor, mode: str = "reduced") -> QR:  # noqa: N803  (torch's name)
    """Decompose ``A = Q R``: Q has orthonormal columns, R is upper triangular.

    Args:
        A: (..., m, n).
        mode: "reduced": Q has min(m, n) columns; "complete": Q has m columns; "r": Q is empty.

    Gradient: if the first min(m, n) columns are independent. None for "complete" with m > n, where
    the additional columns of Q are arbitrary.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.qr.html; the derivative:
    Walter and Lehmann, Algorithmic Differentiation of Linear Algebra Functions, section 3.
    """
    x = float_matrix("linalg.qr", A, square=False)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"linalg.qr received unrecognized mode '{mode}' but expected one of 'reduced' "
            "(default), 'r', or 'complete'"
        )
    m, n = x.shape[-2:]
    if mode == "r":
        return QR(wrap(below.full((0,), 0.0, x.dtype)), qr(A).R)
    if m < n and A.requires_grad:
        # A = [A1 A2] = Q [R1 Q^T A2], with A1 square.
        q, r = qr(A[..., :m])
        return QR(q, cat([r, matmul(transposed(q), A[..., m:].clone())], -1))
    raws = run_linalg(linalg.qr, x, mode == "complete")
    rules = (_refuse_rule, _refuse_rule) if mode == "complete" and m > n else (_q_rule, _r_rule)
    return QR(*record_jointly("LinalgQrBackward0", A, raws, rules))


def _q_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    # dA = (gQ - Q S) R^-T, where S is symmetric with the lower triangle of gQ^T Q.
    inside = g - matmul(q, _symmetric(matmul(transposed(g), q)))
    return transposed(solve(r, transposed(inside)))


def _r_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    # dA = Q S R^-T, where S is symmetric with the lower triangle of R gR^T.
    inside = matmul(q, _symmetric(matmul(r, transposed(g))))
    return transposed(solve(r, transposed(inside)))


def _refuse_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    raise RuntimeError(
        "linalg.qr: The QR decomposition is not differentiable when mode='complete' and nrows > "
        f"ncols ({q.shape[-2]} > {r.shape[-1]}): use mode='reduced'"
    )
