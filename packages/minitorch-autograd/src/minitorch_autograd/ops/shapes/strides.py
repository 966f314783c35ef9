"""Where elements lie in memory, and views by that. All of it needs the extension "strides"."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, overload

import minitorch_tensor as below

from ...arguments.extensions import strides
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_negative, refuse_too_large, wrap_dim
from ...engine.views import record_view
from ..core.indexing import put, take
from ..core.movement import reshape

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["as_strided"]


@overload
def stride(self: Tensor) -> tuple[int, ...]: ...
@overload
def stride(self: Tensor, dim: int) -> int: ...
def stride(self: Tensor, dim: int | None = None) -> int | tuple[int, ...]:
    """Return how many elements lie from one to the next, in each dimension or in one."""
    steps = strides.strides(self._raw)
    return steps if dim is None else steps[wrap_dim(dim, len(steps))]


def storage_offset(self: Tensor) -> int:
    """Return how many elements of its memory lie before the first one."""
    return strides.storage_offset(self._raw)


def as_strided(
    input: Tensor, size: Sequence[int], stride: Sequence[int], storage_offset: int | None = None
) -> Tensor:
    """See the memory of `input` by other strides. A view, whose elements may overlap.

    Gradient: what several elements of the result have in one place adds up; places that `input`
    does not see have none.

    Raises:
        RuntimeError: if the view would leave the memory.
    """
    if len(size) != len(stride):
        raise RuntimeError(
            f"mismatch in length of strides and shape: sizes {list(size)}, strides {list(stride)}"
        )
    refuse_negative(size)
    refuse_too_large("as_strided", size)
    if any(step < 0 for step in stride):
        raise RuntimeError(f"as_strided: Negative strides are not supported: {list(stride)}")
    x = unwrap(input)
    offset = strides.storage_offset(x) if storage_offset is None else storage_offset
    seen = strides.as_strided(x, tuple(size), tuple(stride), offset)
    places = _places(input.shape, strides.strides(x), strides.storage_offset(x))
    shown = _places(tuple(size), tuple(stride), offset)
    shape = x.shape

    def rule(g: Tensor) -> Tensor:
        reach = max(int(one.amax((0,)).item()) for one in (places, shown) if one.shape != (0,)) + 1
        memory = put(reshape(g, -1), (reach,), (shown,))
        return reshape(take(memory, (places,)), shape)

    layout = strides.strides(x), strides.storage_offset(x)

    def way(other: Tensor) -> Tensor:
        # A gradient lies in memory of its own, in row-major order.
        if (strides.strides(other._raw), strides.storage_offset(other._raw)) != layout:
            raise RuntimeError(
                "as_strided: a view of memory that is not in row-major order from its beginning "
                "can't be written while that is recorded"
            )
        return as_strided(other, size, stride, offset)

    return record_view("AsStridedBackward0", input, seen, way, rule)


def _places(shape: tuple[int, ...], steps: tuple[int, ...], offset: int) -> Raw:
    """Return the places in memory of all elements, flat, in row-major order."""
    places = below.full((1,) * len(shape), offset, below.int64)
    for d, (n, step) in enumerate(zip(shape, steps, strict=True)):
        along = (1,) * d + (n,) + (1,) * (len(shape) - d - 1)
        places = places + (below.arange(0, n, 1, below.int64) * step).view(along)
    return places.clone().view((prod(shape),))


def unfold(self: Tensor, dimension: int, size: int, step: int) -> Tensor:
    """See windows of `size` elements along a dimension, `step` apart, as a last dimension. A view.

    Gradient: windows that overlap add up.
    """
    shape = self.shape
    along = wrap_dim(dimension, len(shape))
    length = shape[along] if shape else 1
    if size < 0:
        raise RuntimeError(f"size is {size} but must be >= 0")
    if size > length:
        raise RuntimeError(
            f"maximum size for tensor at dimension {along} is {length} but size is {size}"
        )
    if step <= 0:
        raise RuntimeError(f"step is {step} but must be > 0")

    def windows(x: Raw) -> Raw:
        steps = strides.strides(x)
        own = steps[along] if shape else 1
        count = (length - size) // step + 1
        sizes = (*shape[:along], count, *shape[along + 1 :], size) if shape else (size,)
        jumps = (*steps[:along], own * step, *steps[along + 1 :], own) if shape else (own,)
        return strides.as_strided(x, sizes, jumps, strides.storage_offset(x))

    def rule(g: Tensor) -> Tensor:
        count = prod(shape)
        places = windows(below.arange(0, count, 1, below.int64).view(shape))
        flat = put(reshape(g, -1), (count,), (places.clone().view((prod(g.shape),)),))
        return reshape(flat, shape)

    def way(x: Tensor) -> Tensor:
        return unfold(x, dimension, size, step)

    return record_view("UnfoldBackward0", self, windows(self._raw), way, rule)
