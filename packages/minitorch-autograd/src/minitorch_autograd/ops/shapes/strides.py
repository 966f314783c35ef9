"""Strides: where elements lie in memory, and views by other strides.

All of it needs the extension "strides" of the tensor layer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import TYPE_CHECKING, overload

import minitorch_tensor as below

from ...arguments.extensions import strides
from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_negative, refuse_too_large, wrap_dim
from ...engine.views import record_view
from ..core.indexing import add_at, read_at
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
    """Return the step in memory from one element to the next, in each dimension or in one."""
    steps = strides.strides(self._raw)
    return steps if dim is None else steps[wrap_dim(dim, len(steps))]


def storage_offset(self: Tensor) -> int:
    """Return the place of the first element in memory."""
    return strides.storage_offset(self._raw)


def as_strided(
    input: Tensor, size: Sequence[int], stride: Sequence[int], storage_offset: int | None = None
) -> Tensor:
    """Return a view of the memory of `input` by other sizes and strides; elements may overlap.

    Gradient: summed over the elements of the result that lie in the same place; none for places
    that are not elements of `input`.

    Raises:
        RuntimeError: if the view would reach beyond the memory.
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
    value = strides.as_strided(x, tuple(size), tuple(stride), offset)
    places = _places(input.shape, strides.strides(x), strides.storage_offset(x))
    viewed = _places(tuple(size), tuple(stride), offset)
    shape = x.shape

    def rule(g: Tensor) -> Tensor:
        reach = max(int(one.amax((0,)).item()) for one in (places, viewed) if one.shape != (0,)) + 1
        memory = add_at(reshape(g, -1), (reach,), (viewed,))
        return reshape(read_at(memory, (places,)), shape)

    layout = strides.strides(x), strides.storage_offset(x)

    def same_view(other: Tensor) -> Tensor:
        # The engine calls this with a gradient, whose memory is its own, in row-major order.
        if (strides.strides(other._raw), strides.storage_offset(other._raw)) != layout:
            raise RuntimeError(
                "as_strided: a view of memory that is not in row-major order from its beginning "
                "can't be written while that is recorded"
            )
        return as_strided(other, size, stride, offset)

    return record_view("AsStridedBackward0", input, value, same_view, rule)


def _places(shape: tuple[int, ...], steps: tuple[int, ...], offset: int) -> Raw:
    """Return the place in memory of each element, flat, in row-major order."""
    places = below.full((1,) * len(shape), offset, below.int64)
    for d, (n, step) in enumerate(zip(shape, steps, strict=True)):
        along = (1,) * d + (n,) + (1,) * (len(shape) - d - 1)
        places = places + (below.arange(0, n, 1, below.int64) * step).view(along)
    return places.clone().view((prod(shape),))


def unfold(self: Tensor, dimension: int, size: int, step: int) -> Tensor:
    """Return windows of `size` elements along a dimension, `step` apart, as last dimension. A view.

    Gradient: summed where windows overlap.
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
        flat = add_at(reshape(g, -1), (count,), (places.clone().view((prod(g.shape),)),))
        return reshape(flat, shape)

    def same_view(x: Tensor) -> Tensor:
        return unfold(x, dimension, size, step)

    return record_view("UnfoldBackward0", self, windows(self._raw), same_view, rule)
