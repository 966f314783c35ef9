"""Pseudoinverse, least squares, rank and condition: for matrices that may have no inverse."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

import minitorch_tensor as below

from ...arguments.extensions import linalg
from ...arguments.operands import unwrap
from ...engine.graph import record_with_output
from ...engine.piecewise import record_stepwise
from ...engine.value import wrap
from ..core.elementwise import where
from ..core.matmul import matmul
from .matrix_norms import matrix_norm
from .operands import LinAlgError, float_matrix, identity, refuse_not_square, run_linalg, transposed
from .solve_and_inv import inv
from .svd_and_eigh import svdvals

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["pinverse"]

EPSILON = {4: 2.0**-23, 8: 2.0**-52}  # of a float of so many bytes
DRIVERS = ("gels", "gelsy", "gelsd", "gelss")


class LeastSquares(NamedTuple):
    """A solution, its squared errors, and the rank and singular values; empty if not asked for."""

    solution: Tensor
    residuals: Tensor
    rank: Tensor
    singular_values: Tensor


def _kept(
    s: Raw, shape: tuple[int, ...], atol: float | Tensor | None, rtol: float | Tensor | None
) -> Raw:
    """Return for each singular value whether it is above the tolerances."""
    if rtol is None:
        # As in torch, with an absolute tolerance the relative one is 0.
        relative: float | Raw = EPSILON[s.dtype.itemsize] * max(shape[-2:]) if not atol else 0.0
    else:
        relative = rtol if isinstance(rtol, int | float) else unwrap(rtol).view((*rtol.shape, 1))
    if atol is None:
        absolute: float | Raw = 0.0
    else:
        absolute = atol if isinstance(atol, int | float) else unwrap(atol).view((*atol.shape, 1))
    rows = (slice(None),) * (len(s.shape) - 1)
    largest = s[(*rows, slice(0, 1, 1))]
    return s > below.maximum(largest * relative, absolute)


def pinv(
    input: Tensor,
    *,
    atol: float | Tensor | None = None,
    rtol: float | Tensor | None = None,
    hermitian: bool = False,
) -> Tensor:
    """Compute the pseudoinverse: the P of least norm that makes ``A P`` closest to the identity.

    Args:
        input: A, (..., m, n).
        atol: singular values up to this count as 0; by default 0.
        rtol: so do those up to this times the largest; by default 0 if there is an `atol`, else
            ``max(m, n)`` times the distance from 1 to the next float.
        hermitian: whether A is symmetric; has no effect here.

    Returns:
        (..., n, m).

    Gradient: that at constant rank.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.pinv.html; the derivative:
    Golub and Pereyra, The Differentiation of Pseudo-Inverses, equation 4.12.
    """
    x = float_matrix("linalg.pinv", input, square=False)
    u, s, vh = run_linalg(linalg.svd, x, False)
    kept = _kept(s, x.shape, atol, rtol)
    last, front = len(s.shape) - 1, tuple(range(len(s.shape) - 1))
    across = (*front, last + 1, last)
    inverse = below.where(kept, 1 / s, 0.0).view((*s.shape[:-1], 1, s.shape[-1]))
    value = (vh.permute(across) * inverse) @ u.permute(across)
    return record_with_output(
        "LinalgPinvBackward0", wrap(value), (input, lambda g, p: _pinv_rule(input, g, p))
    )


def _pinv_rule(x: Tensor, g: Tensor, p: Tensor) -> Tensor:
    # dX = -P^T g P^T + (1 - X P) g^T (P P^T) + (P^T P) g^T (1 - P X)
    back, across = transposed(p), transposed(g)
    left = matmul(matmul(across, p), back)
    right = matmul(matmul(back, p), across)
    inside = matmul(matmul(back, g), back)
    return left - matmul(x, matmul(p, left)) + right - matmul(matmul(right, p), x) - inside


def pinverse(input: Tensor, rcond: float = 1e-15) -> Tensor:
    """Same as `linalg.pinv`, but with ``rtol=rcond``."""
    return pinv(input, atol=0.0, rtol=rcond)


def matrix_rank(
    input: Tensor,
    *,
    atol: float | Tensor | None = None,
    rtol: float | Tensor | None = None,
    hermitian: bool = False,
) -> Tensor:
    """Count the singular values above the tolerances, which are those of `pinv`: int64."""
    x = float_matrix("linalg.matrix_rank", input, square=False)
    kept = _kept(run_linalg(linalg.svd, x, False)[1], x.shape, atol, rtol)
    return wrap(kept.sum((len(kept.shape) - 1,)))


def lstsq(
    input: Tensor, b: Tensor, rcond: float | None = None, *, driver: str | None = None
) -> LeastSquares:
    """Find the X with the least ``|A X - B|^2``; of several the shortest.

    Args:
        input: A, (..., m, n).
        b: B, (..., m, k), or a vector for each matrix: (..., m).
        rcond: singular values up to this times the largest count as 0; see `pinv`.
        driver: LAPACK's name of the method, which decides what else is returned: "gelsy", the
            default, the rank; "gelsd" and "gelss" also residuals and singular values; "gels" the
            residuals. The method here is always by singular values.

    Returns:
        `solution` (..., n, k); `residuals`, the squared errors (..., k), empty unless m > n and
        every rank is n; `rank` (...); `singular_values` (..., min(m, n)).

    Raises:
        LinAlgError: if the driver is "gels" and the rank is not full.

    Gradient: for the solution, that of ``pinv(A) B``; and for the residuals.
    """
    operation = "torch.linalg.lstsq"
    x, y = float_matrix("linalg.lstsq", input, square=False), unwrap(b)
    if driver not in (None, *DRIVERS):
        raise RuntimeError(
            f"{operation}: parameter `driver` should be one of ({', '.join(DRIVERS)}), got {driver}"
        )
    if x.dtype is not y.dtype:
        raise RuntimeError(
            f"{operation}: Expected input and other to have the same dtype, but got input's dtype "
            f"{x.dtype} and other's dtype {y.dtype}"
        )
    vector = len(y.shape) == 1 or (len(y.shape) == len(x.shape) - 1 and y.shape == x.shape[:-1])
    at = -1 if vector else -2
    if not y.shape or y.shape[at] != x.shape[-2]:
        raise RuntimeError(
            f"{operation}: input.size(-2) should match other.size({at}): {x.shape} and {y.shape}"
        )
    if vector:
        found = lstsq(input, b.unsqueeze(-1), rcond, driver=driver)
        return found._replace(solution=found.solution.squeeze(-1))
    m, n = x.shape[-2:]
    s = run_linalg(linalg.svd, x, False)[1]
    rank = _kept(s, x.shape, None, rcond).sum((len(s.shape) - 1,))
    full = not (rank != min(m, n)).sum(tuple(range(len(rank.shape)))).item()
    if driver == "gels" and not full:
        raise LinAlgError(
            f"{operation}: The least squares solution could not be computed because the input "
            "matrix does not have full rank; leave out the driver for the shortest solution"
        )
    solution = matmul(pinv(input, rtol=rcond), b)
    residuals, singular_values = [wrap(below.full((0,), 0.0, x.dtype)) for _ in range(2)]
    residuals = record_stepwise("LinalgLstsqBackward0", residuals, input, b)
    if m > n and full and driver in ("gels", "gelsd", "gelss"):
        difference = matmul(input, solution) - b
        residuals = (difference * difference).sum(-2)
    return LeastSquares(
        solution,
        residuals,
        wrap(below.full((0,), 0, below.int64) if driver == "gels" else rank),
        wrap(s) if driver in ("gelsd", "gelss") else singular_values,
    )


def cond(input: Tensor, p: float | str | None = None) -> Tensor:
    """Compute the condition number: the norm of a matrix times that of its inverse.

    Args:
        input: (..., n, n); for p None, 2 or -2 also (..., m, n).
        p: the order of `matrix_norm`; None for 2.

    Returns:
        inf of a singular matrix.
    """
    x = float_matrix("linalg.cond", input, square=False)
    if p not in (None, 1, -1, 2, -2, inf, -inf, "fro", "nuc"):
        raise RuntimeError(f"linalg.cond got an invalid norm type: {p}")
    if 0 in x.shape:
        return input.sum((-2, -1))  # 0 if there are no elements, as in torch
    if p in (None, 2, -2):
        s = svdvals(input)
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]
    refuse_not_square(f"linalg.cond(ord={p})", x)
    # A singular matrix is replaced by the identity, so that the others in the batch are inverted.
    whole = run_linalg(linalg.det, x) != 0
    regular = wrap(whole.view((*whole.shape, 1, 1)))
    unit = wrap(identity(x))
    product = matrix_norm(input, p) * matrix_norm(inv(where(regular, input, unit)), p)
    return where(wrap(whole), product, inf)
