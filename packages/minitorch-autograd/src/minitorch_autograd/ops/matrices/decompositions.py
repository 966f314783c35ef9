"""Matrices as products of simpler ones, with their derivatives.

Theory of operation. The outputs of a decomposition depend on each other: the derivative of the
eigenvectors is said by the eigenvalues, and the reverse. Rules that mentioned other outputs would
keep each other alive in a circle. So where gradients are tracked, a copy of all outputs lies end to
end in one vector, the *joint* output, which has a node of its own; the rules of the outputs mention
that. Its own rule, needed for second derivatives, is the sum of theirs.

In the rules `gX` is the gradient of the output X. Matrices are the last two dimensions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate
from math import prod
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import minitorch_tensor as below

from ...arguments.extensions import linalg
from ...engine.graph import record, record_with_output
from ...engine.modes import is_grad_enabled
from ...engine.value import wrap
from ..core.matmul import matmul
from ..shapes.joining import cat
from .solving import asked, identity, matrix, solve, turned

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

    # From the gradient of one output, and all outputs.
    PartRule: TypeAlias = Callable[..., Tensor]


class QR(NamedTuple):
    """A matrix with orthonormal columns, and an upper triangular one."""

    Q: Tensor
    R: Tensor


class SVD(NamedTuple):
    """Left vectors as columns, singular values in descending order, right vectors as rows."""

    U: Tensor
    S: Tensor
    Vh: Tensor


class Eigen(NamedTuple):
    """Eigenvalues in ascending order, and the vectors as columns."""

    eigenvalues: Tensor
    eigenvectors: Tensor


def _recorded(
    name: str, input: Tensor, raws: Sequence[Raw], rules: Sequence[PartRule]
) -> list[Tensor]:
    """Make outputs of one operation; each rule takes its gradient and then all outputs."""
    if not (input.requires_grad and is_grad_enabled()):
        return [wrap(one) for one in raws]
    shapes = [one.shape for one in raws]
    ends = list(accumulate(prod(shape) for shape in shapes))

    def parts(joint: Tensor) -> list[Tensor]:
        pairs = zip([0, *ends], ends, shapes, strict=False)
        return [joint[start:end].reshape(shape) for start, end, shape in pairs]

    def joint_rule(g: Tensor, y: Tensor) -> Tensor:
        outputs = parts(y)
        first, *others = [rule(one, *outputs) for rule, one in zip(rules, parts(g), strict=True)]
        for one in others:
            first = first + one
        return first

    flat = below.cat([one.clone().view((prod(one.shape),)) for one in raws], 0)
    joint = record_with_output(name, wrap(flat), (input, joint_rule))

    def output(one: Raw, rule: PartRule) -> Tensor:
        return record(name, wrap(one), (input, lambda g: rule(g, *parts(joint))))

    return [output(one, rule) for one, rule in zip(raws, rules, strict=True)]


def _symmetric(m: Tensor) -> Tensor:
    """Return the symmetric matrix that has the lower triangle of `m`."""
    counting = below.arange(0, m.shape[-1], 1, below.int64)
    rows = counting[(slice(None), None)]
    lower = m * wrap(((rows > counting).to(m.dtype) + (rows >= counting).to(m.dtype)) / 2)
    return lower + turned(lower)


# --- Cholesky


def cholesky(input: Tensor, *, upper: bool = False) -> Tensor:
    """Take a positive-definite matrix apart: ``A = L L^T`` with L lower triangular.

    Args:
        input: A, symmetric, (..., n, n); only the lower triangle is read, with `upper` the upper.
        upper: return ``L^T`` instead.

    Raises:
        LinAlgError: if a matrix is not positive-definite.

    Gradient: that of a function of symmetric matrices, hence symmetric.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.cholesky.html; the
    derivative: Murray, Differentiation of the Cholesky decomposition, equation 10.
    """
    x = matrix("linalg.cholesky", input)
    if upper:
        return turned(cholesky(turned(input)))
    return record_with_output(
        "LinalgCholeskyExBackward0",
        wrap(asked(linalg.cholesky, x)),
        (input, _cholesky_rule),
    )


def _cholesky_rule(g: Tensor, lower: Tensor) -> Tensor:
    # dA = L^-T S L^-1 / 2, where S is symmetric with the lower triangle of L^T gL.
    across = turned(lower)
    half = solve(across, _symmetric(matmul(across, g)))
    return solve(across, turned(half)) / 2


# --- QR


def qr(A: Tensor, mode: str = "reduced") -> QR:  # noqa: N803  (torch's name)
    """Take a matrix apart: ``A = Q R``, Q with orthonormal columns, R upper triangular.

    Args:
        A: (..., m, n).
        mode: "reduced", where Q has min(m, n) columns; "complete", where it has m; or "r", where Q
            is left empty.

    Gradient: where the first min(m, n) columns are independent. None for "complete" with m > n,
    since any basis would do for the further columns of Q.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.qr.html; the derivative:
    Walter and Lehmann, Algorithmic Differentiation of Linear Algebra Functions, section 3.
    """
    x = matrix("linalg.qr", A, square=False)
    if mode not in ("reduced", "complete", "r"):
        raise RuntimeError(
            f"linalg.qr received unrecognized mode '{mode}' but expected one of 'reduced' "
            "(default), 'r', or 'complete'"
        )
    m, n = x.shape[-2:]
    if mode == "r":
        return QR(wrap(below.full((0,), 0.0, x.dtype)), qr(A).R)
    if m < n and A.requires_grad:
        # What is right of the square part is that much of R: A = [A1 A2] = Q [R1 Q^T A2].
        q, r = qr(A[..., :m])
        return QR(q, cat([r, matmul(turned(q), A[..., m:].clone())], -1))
    raws = asked(linalg.qr, x, mode == "complete")
    rules = (_refuse_rule, _refuse_rule) if mode == "complete" and m > n else (_q_rule, _r_rule)
    return QR(*_recorded("LinalgQrBackward0", A, raws, rules))


def _q_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    # dA = (gQ - Q S) R^-T, where S is symmetric with the lower triangle of gQ^T Q.
    inside = g - matmul(q, _symmetric(matmul(turned(g), q)))
    return turned(solve(r, turned(inside)))


def _r_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    # dA = Q S R^-T, where S is symmetric with the lower triangle of R gR^T.
    inside = matmul(q, _symmetric(matmul(r, turned(g))))
    return turned(solve(r, turned(inside)))


def _refuse_rule(g: Tensor, q: Tensor, r: Tensor) -> Tensor:
    raise RuntimeError(
        "linalg.qr: The QR decomposition is not differentiable when mode='complete' and nrows > "
        f"ncols ({q.shape[-2]} > {r.shape[-1]}): use mode='reduced'"
    )


# --- Singular values


def svd(A: Tensor, full_matrices: bool = True) -> SVD:  # noqa: N803  (torch's name)
    """Take a matrix apart: ``A = U diag(S) Vh``, U and V with orthonormal columns, S descending.

    Args:
        A: (..., m, n).
        full_matrices: whether U is (..., m, m) and Vh (..., n, n), or both have min(m, n) vectors.

    Gradient: of the vectors, where the singular values differ, and for what doesn't depend on the
    vectors' signs. Further vectors (`full_matrices`), for which any basis would do, pass on none.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.svd.html; the derivative:
    Townsend, Differentiating the Singular Value Decomposition, section 3.
    """
    x = matrix("linalg.svd", A, square=False)
    raws = asked(linalg.svd, x, full_matrices)
    return SVD(*_recorded("LinalgSvdBackward0", A, raws, (_u_rule, _s_rule, _vh_rule)))


def svdvals(A: Tensor) -> Tensor:  # noqa: N803  (torch's name)
    """Return the singular values, descending; the gradient is defined where they are equal, too."""
    return svd(A, full_matrices=False).S


def _thin(u: Tensor, s: Tensor, vh: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    k = s.shape[-1]
    return u[..., :k], s, vh[..., :k, :]


def _s_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, _, vh = _thin(*outputs)
    return matmul(u * g.unsqueeze(-2), vh)


def _u_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, s, vh = _thin(*outputs)
    g = g[..., : s.shape[-1]]
    ug = matmul(turned(u), g)
    inside = _skewed(ug, s) * s.unsqueeze(-2)
    # What of gU is at right angles to all of U.
    outside = (g - matmul(u, ug)) / s.unsqueeze(-2)
    return matmul(matmul(u, inside) + outside, vh)


def _vh_rule(g: Tensor, *outputs: Tensor) -> Tensor:
    u, s, vh = _thin(*outputs)
    g = g[..., : s.shape[-1], :]
    vg = matmul(vh, turned(g))
    inside = s.unsqueeze(-1) * _skewed(vg, s)
    outside = (g - matmul(turned(vg), vh)) / s.unsqueeze(-1)
    return matmul(u, matmul(inside, vh) + outside)


def _skewed(x: Tensor, s: Tensor) -> Tensor:
    """Return ``(x_ij - x_ji) / (s_j^2 - s_i^2)``, 0 on the diagonal."""
    wide, high = s.unsqueeze(-2), s.unsqueeze(-1)
    # The product, and not the difference of squares, which cancels.
    return (x - turned(x)) / ((wide - high) * (wide + high) + wrap(identity(s._raw)))


# --- Eigenvalues of symmetric matrices


def eigh(input: Tensor, UPLO: str = "L") -> Eigen:  # noqa: N803  (torch's name)
    """Take a symmetric matrix apart: ``A = V diag(w) V^T``, V orthogonal, w ascending.

    Args:
        input: A, symmetric, (..., n, n).
        UPLO: "L" or "U", which triangle is read.

    Gradient: of the vectors, where the eigenvalues differ, and for what doesn't depend on the
    vectors' signs.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.eigh.html; the derivative:
    Giles, Collected Matrix Derivative Results for Forward and Reverse Mode AD, section 3.1.
    """
    x = matrix("linalg.eigh", input)
    if UPLO.upper() not in ("L", "U"):
        raise RuntimeError(f"linalg.eigh: Expected UPLO argument to be 'L' or 'U', but got {UPLO}")
    if UPLO.upper() == "U":
        return eigh(turned(input))
    raws = asked(linalg.eigh, x)
    return Eigen(*_recorded("LinalgEighBackward0", input, raws, (_values_rule, _vectors_rule)))


def eigvalsh(input: Tensor, UPLO: str = "L") -> Tensor:  # noqa: N803  (torch's name)
    """Return the eigenvalues of a symmetric matrix, ascending; differentiable where equal, too."""
    return eigh(input, UPLO).eigenvalues


def _values_rule(g: Tensor, w: Tensor, v: Tensor) -> Tensor:
    return matmul(v * g.unsqueeze(-2), turned(v))


def _vectors_rule(g: Tensor, w: Tensor, v: Tensor) -> Tensor:
    # dA = V ((V^T gV) / E) V^T, where E_ij = w_j - w_i, without the diagonal.
    one = wrap(identity(w._raw))
    apart = w.unsqueeze(-2) - w.unsqueeze(-1) + one
    return matmul(matmul(v, matmul(turned(v), g) * (1 - one) / apart), turned(v))
