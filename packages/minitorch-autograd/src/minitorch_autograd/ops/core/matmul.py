"""Matrix products, with their derivatives."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...engine.graph import record
from ...engine.value import wrap

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["dot", "matmul", "mv"]


def matmul(input: Tensor, other: Tensor) -> Tensor:
    """Compute ``Z = X Y``; leading dimensions broadcast, a vector is a row or a column.

    Args:
        input: (..., n, k) or (k,).
        other: (..., k, m) or (k,).

    Returns:
        (..., n, m); without n or m where an operand is a vector.

    Raises:
        RuntimeError: if the inner sizes or the types differ, or an operand has no dimension.
        TypeError: if an operand is not a tensor.

    Gradient: ``dX = dZ Y^T`` and ``dY = X^T dZ``.
    """
    try:
        x, y = input._raw.shape, other._raw.shape
    except AttributeError:
        raise TypeError(_no_tensor(input, other)) from None
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
        if len(y) == 1:
            return dot(input, other)
        return matmul(input.unsqueeze(0), other).reshape((*y[:-2], *y[-1:]))
    if len(y) == 1:
        return mv(input, other) if len(x) == 2 else matmul(input, other.unsqueeze(1)).squeeze(-1)
    # One matrix for the whole batch: a single large product is faster than many small ones.
    return matmul(input.reshape((prod(x[:-1]), x[-1])), other).reshape((*x[:-1], y[-1]))


def _no_tensor(input: object, other: object) -> str:
    """Return the message for an operand that is not a tensor."""
    name, one = ("input", input) if not hasattr(input, "_raw") else ("other", other)
    return f"matmul: argument '{name}' must be Tensor, not {type(one).__name__}: {one!r:.60}"


def dot(input: Tensor, tensor: Tensor) -> Tensor:
    """Compute ``sum x_i y_i`` of two vectors of the same size."""
    x, y = unwrap(input), unwrap(tensor)
    if len(x.shape) != 1 or len(y.shape) != 1:
        raise RuntimeError(
            f"dot: 1D tensors expected, but got {len(x.shape)}D and {len(y.shape)}D tensors: "
            f"{x.shape} and {y.shape}"
        )
    if x.dtype is not y.dtype:
        raise RuntimeError(
            f"dot : expected both vectors to have same dtype, but found {x.dtype} and {y.dtype}"
        )
    if x.shape != y.shape:
        raise RuntimeError(
            f"dot: inconsistent tensor size, expected tensor {list(x.shape)} and src "
            f"{list(y.shape)} to have the same number of elements"
        )
    return record(
        "DotBackward0",
        wrap(x @ y),
        (input, lambda g: g * tensor),
        (tensor, lambda g: g * input),
    )


def mv(input: Tensor, vec: Tensor) -> Tensor:
    """Multiply a matrix (n, k) by a vector (k,)."""
    x, v = unwrap(input), unwrap(vec)
    if len(x.shape) != 2 or len(v.shape) != 1:
        raise RuntimeError(
            "mv: vector + matrix @ vector expected, but input and vec have "
            f"{len(x.shape)} and {len(v.shape)} dimensions"
        )
    if x.shape[1:] != v.shape:
        raise RuntimeError(
            f"mv: size mismatch, got input ({x.shape[0]}), mat ({x.shape[0]}x{x.shape[1]}), "
            f"vec ({v.shape[0]})"
        )
    return record(
        "MvBackward0",
        wrap(x @ v),
        (input, lambda g: g.unsqueeze(1) * vec),
        (vec, lambda g: mv(input.t(), g)),
    )
