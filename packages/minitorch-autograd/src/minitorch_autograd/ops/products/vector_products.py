"""Products of vectors: `inner`, `outer` and `cross`; `dot` is in `core.matmul`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import wrap
from ..core.matmul import dot
from .matrix_products import refuse_other_dims, tensordot

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["cross", "ger", "inner", "outer", "vdot"]


def vdot(input: Tensor, other: Tensor) -> Tensor:
    """Same as `dot`; only of complex numbers it would differ."""
    return dot(input, other)


def inner(input: Tensor, other: Tensor) -> Tensor:
    """Multiply, and sum over the last dimension of both; with a 0-d operand only multiply."""
    x, y = unwrap(input).shape, unwrap(other).shape
    if not x or not y:
        return input * other
    if x[-1] != y[-1]:
        raise RuntimeError(
            "inner() the last dimension must match on both input tensors but got shapes "
            f"{list(x)} and {list(y)}"
        )
    return tensordot(input, other, dims=([-1], [-1]))


def outer(input: Tensor, vec2: Tensor) -> Tensor:
    """Compute ``z_ij = x_i y_j`` of two vectors."""
    refuse_other_dims("outer", 1, self=unwrap(input), vec2=unwrap(vec2))
    return input.unsqueeze(1) * vec2


def ger(input: Tensor, vec2: Tensor) -> Tensor:
    """Same as `outer`, but by its old name."""
    return outer(input, vec2)


def cross(input: Tensor, other: Tensor, dim: int | None = None) -> Tensor:
    """Compute the cross product ``x × y`` of vectors of three elements; broadcasts.

    Args:
        input: x, of size 3 along `dim`.
        other: y, the same, of as many dimensions.
        dim: the dimension of the vectors; None for the first one of size 3.

    Gradient: ``dx = y × g`` and ``dy = g × x``.
    """
    x, y = unwrap(input), unwrap(other)
    if len(x.shape) != len(y.shape):
        raise RuntimeError(
            f"linalg.cross: inputs must have the same number of dimensions: {x.shape} and {y.shape}"
        )
    if dim is None:
        if 3 not in x.shape:
            raise RuntimeError(f"cross: no dimension of size 3 in input: {x.shape}")
        dim = x.shape.index(3)
    at = wrap_dim(dim, len(x.shape))
    if not x.shape or x.shape[at] != 3 or y.shape[at] != 3:
        raise RuntimeError(
            f"linalg.cross: inputs dimension {dim} must have length 3: {x.shape} and {y.shape}"
        )
    if x.dtype is not y.dtype:
        raise RuntimeError(
            f"cross: expected scalar type {x.dtype} but found {y.dtype} for the second input"
        )
    (x0, x1, x2), (y0, y1, y2) = _thirds(x, at), _thirds(y, at)
    parts = x1 * y2 - x2 * y1, x2 * y0 - x0 * y2, x0 * y1 - x1 * y0
    return record(
        "LinalgCrossBackward0",
        wrap(below.cat(parts, at)),
        (input, lambda g: cross(other.expand(g.shape), g, at)),
        (other, lambda g: cross(g, input.expand(g.shape), at)),
    )


def _thirds(x: Raw, dim: int) -> list[Raw]:
    """Return the three components along `dim`, which stays, of size 1."""
    return [x[(slice(None),) * dim + (slice(i, i + 1, 1),)] for i in range(3)]


def linalg_cross(input: Tensor, other: Tensor, *, dim: int = -1) -> Tensor:
    """Same as `cross`, but `dim` is by default the last.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.linalg.cross.html
    """
    return cross(input, other, dim)
