"""Broadcasting: repeating dimensions of size 1 without a copy, so that shapes fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_negative
from ..core.movement import expand, expand_to

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["broadcast_shapes", "broadcast_tensors", "broadcast_to"]


def expand_as(self: Tensor, other: Tensor) -> Tensor:
    """Same as `expand`, but to the shape of `other`."""
    return expand(self, unwrap(other).shape)


def broadcast_to(input: Tensor, size: Sequence[int]) -> Tensor:
    """Same as `expand`, but with one sequence of sizes."""
    return expand(input, size)


def broadcast_shapes(*shapes: int | Sequence[int]) -> tuple[int, ...]:
    """Return the shape to which all of `shapes` broadcast."""
    sizes = [(one,) if isinstance(one, int) else tuple(one) for one in shapes]
    ndim = max((len(one) for one in sizes), default=0)
    result = [1] * ndim
    for shape in sizes:
        refuse_negative(shape)
        for d, n in enumerate(shape, ndim - len(shape)):
            if n != 1 and result[d] not in (1, n):
                raise RuntimeError(
                    f"Attempting to broadcast a dimension of length {n} at {d - ndim}, where "
                    f"another has {result[d]}: shapes {', '.join(map(str, sizes))}"
                )
            result[d] = n if n != 1 else result[d]
    return tuple(result)


def broadcast_tensors(*tensors: Tensor) -> tuple[Tensor, ...]:
    """Broadcast all tensors to one shape, without copies; one of that shape is returned itself."""
    shape = broadcast_shapes(*[unwrap(x).shape for x in tensors])
    return tuple(x if x._raw.shape == shape else expand_to(x, shape) for x in tensors)
