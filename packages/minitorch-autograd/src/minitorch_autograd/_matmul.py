"""Matrix products, with their derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._graph import record, wrap

if TYPE_CHECKING:
    from ._tensor import Tensor


def matmul(input: Tensor, other: Tensor) -> Tensor:
    """Multiply matrices: ``Z = X Y``; leading dimensions broadcast, a vector is a row or a column.

    Args:
        input: (..., n, k) or (k,).
        other: (..., k, m) or (k,).

    Returns:
        (..., n, m), without the dimension that a vector lacks.

    Raises:
        RuntimeError: if the inner sizes or the types differ, or an operand has no dimension.

    Gradient: ``dX = dZ Y^T`` and ``dY = X^T dZ``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.matmul.html
    """
    x, y = input._raw.shape, other._raw.shape
    if len(x) == len(y) == 2:
        return record(
            "MmBackward0",
            wrap(input._raw @ other._raw),
            (input, lambda g: matmul(g, other.t())),
            (other, lambda g: matmul(input.t(), g)),
        )
    if (len(x) > 1 and len(y) > 2) or not x or not y:
        return record(
            "BmmBackward0",
            wrap(input._raw @ other._raw),
            (input, lambda g: matmul(g, other.transpose(-2, -1))),
            (other, lambda g: matmul(input.transpose(-2, -1), g)),
        )
    if len(x) == 1:
        return matmul(input.unsqueeze(0), other if len(y) > 1 else other.unsqueeze(1)).reshape(
            (*y[:-2], *y[-1:]) if len(y) > 1 else ()
        )
    if len(y) == 1:
        return matmul(input, other.unsqueeze(1)).squeeze(-1)
    # One matrix for a whole batch: one product, not a broadcast one.
    return matmul(input.reshape((-1, x[-1])), other).reshape((*x[:-1], y[-1]))
