"""Inverses, powers, and solutions of linear equations, with their derivatives.

Matrices are the last two dimensions, batches are in front.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...arguments.extensions import linalg
from ...arguments.operands import unwrap
from ...engine.graph import record_with_output
from ...engine.piecewise import record_stepwise
from ...engine.value import wrap
from ..core.matmul import matmul
from .operands import float_matrix, identity, refuse_not_square, run_linalg, transposed

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["inverse", "matrix_power"]


# --- Inverses


def inv(A: Tensor) -> Tensor:  # noqa: N803  (torch's name)
    """Invert square matrices.

    Raises:
        LinAlgError: if a matrix is singular.

    Gradient: ``-Y^T g Y^T``.
    """
    return record_with_output(
        "LinalgInvExBackward0",
        wrap(run_linalg(linalg.inv, float_matrix("linalg.inv", A))),
        (A, lambda g, y: -matmul(matmul(transposed(y), g), transposed(y))),
    )


def inverse(input: Tensor) -> Tensor:
    """Same as `linalg.inv`."""
    return inv(input)


def solve(A: Tensor, B: Tensor, *, left: bool = True) -> Tensor:  # noqa: N803  (torch's name)
    """Solve ``A X = B`` for X; with ``left=False``, ``X A = B``.

    Args:
        A: (..., n, n).
        B: (..., n, k), whose batches broadcast; or (..., n), of the shape of A but for its last
            dimension, or (n,): a vector for each matrix.
        left: whether A stands on the left of X.

    Raises:
        LinAlgError: if a matrix is singular.

    Gradient: ``dB = A^-T g`` and ``dA = -dB X^T``.
    """
    a, b = float_matrix("linalg.solve", A), unwrap(B)
    if a.dtype is not b.dtype:
        raise RuntimeError(
            "linalg.solve: Expected A and B to have the same dtype, but found A of type "
            f"{a.dtype} and B of type {b.dtype} instead"
        )
    if not b.shape:
        raise RuntimeError("linalg.solve: B must have at least 1 dimension, got a 0-d tensor")
    vector = len(b.shape) == 1 or (len(b.shape) == len(a.shape) - 1 and b.shape == a.shape[:-1])
    height, width = (b.shape[-1], 1) if vector else b.shape[-2:]
    if a.shape[-1] != (height if left else width):
        equation = "AX = B" if left else "XA = B"
        raise RuntimeError(
            f"linalg.solve: Incompatible shapes of A and B for the equation {equation} "
            f"({a.shape[-2]}x{a.shape[-1]} and {height}x{width})"
        )
    if vector:
        return solve(A, B.unsqueeze(-1), left=left).squeeze(-1)
    if not left:
        return transposed(solve(transposed(A), transposed(B)))
    return record_with_output(
        "LinalgSolveExBackward0",
        wrap(run_linalg(linalg.solve, a, b)),
        (A, lambda g, x: -matmul(solve(transposed(A), g), transposed(x))),
        (B, lambda g, x: solve(transposed(A), g)),
    )


def matrix_power(input: Tensor, n: int) -> Tensor:
    """Compute ``A^n`` of square matrices; for negative n, a power of the inverse."""
    x = unwrap(input)
    if not isinstance(n, int):
        raise TypeError(f"linalg.matrix_power: argument 'n' must be int, not {type(n).__name__}")
    refuse_not_square("linalg.matrix_power", x)
    if n < 0:
        return matrix_power(inv(input), -n)
    if n == 0:
        return record_stepwise("CopyBackwards", wrap(identity(x).expand(x.shape).clone()), input)
    # By the binary digits of n, the lowest first: A, A^2, A^4, ...
    square = input
    while n % 2 == 0:
        square = matmul(square, square)
        n //= 2
    result = square
    while n > 1:
        n //= 2
        square = matmul(square, square)
        if n % 2:
            result = matmul(result, square)
    return result.clone() if result is input else result
