"""Splitting along a dimension: `select`, `narrow`, `split`, `chunk`, `unbind`; views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.outputs import record_several
from ...engine.value import Tensor, alias
from ...engine.views import become_view
from ..core.indexing import read_at
from .joining import cat, stack

if TYPE_CHECKING:
    from ...arguments.indices import RawIndex

__all__ = ["chunk", "narrow", "select", "split", "tensor_split", "unbind"]

MOST_PARTS: Final = 2**31


def select(input: Tensor, dim: int, index: int) -> Tensor:
    """Return the slice at `index` along `dim`: ``x[:, index]`` for dim 1."""
    shape = unwrap(input).shape
    if not shape:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    along = wrap_dim(dim, len(shape))
    size = shape[along]
    if not -size <= index < size:
        raise IndexError(
            f"select(): index {index} out of range for tensor of size {list(shape)} "
            f"at dimension {along}"
        )
    return read_at(input, (*_all(along), index % size))


def narrow(input: Tensor, dim: int, start: int | Tensor, length: int) -> Tensor:
    """Return the slice of `length` elements along `dim` from `start` on."""
    shape = unwrap(input).shape
    if not shape:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    along = wrap_dim(dim, len(shape))
    size, first = shape[along], int(start)
    if length < 0:
        raise RuntimeError(f"narrow(): length must be non-negative, got {length}.")
    if not -size <= first <= size:
        raise IndexError(
            f"start out of range (expected to be in range of [{-size}, {size}], but got {first})"
        )
    first = first + size if first < 0 else first
    if first + length > size:
        raise RuntimeError(
            f"start ({first}) + length ({length}) exceeds dimension size ({size}): "
            f"dimension {along} of shape {shape}"
        )
    return _part(input, along, first, first + length)


def split(
    tensor: Tensor, split_size_or_sections: int | Sequence[int], dim: int = 0
) -> tuple[Tensor, ...]:
    """Split along `dim` into parts of one size (the last may be smaller), or of given sizes."""
    shape = unwrap(tensor).shape
    if not shape:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    along = wrap_dim(dim, len(shape))
    size, sizes = shape[along], split_size_or_sections
    if isinstance(sizes, int):
        if sizes < 0 or (not sizes and size):
            raise RuntimeError(
                f"split expects split_size be non-negative, and 0 only of nothing: got {sizes} "
                f"for a dimension of size {size}"
            )
        ends = [*range(0, size, sizes or 1), size] if size else [0, 0]
    else:
        if any(n < 0 for n in sizes) or sum(sizes) != size:
            raise RuntimeError(
                f"split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's "
                f"size at dimension {along}), but got split_sizes={list(sizes)}"
            )
        ends = [sum(sizes[:i]) for i in range(len(sizes) + 1)]
    return _cut("SplitBackward0", tensor, along, ends)


def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """Split along `dim` into at most `chunks` parts of one size; the last may be smaller."""
    shape = unwrap(input).shape
    if not shape:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    if chunks < 1:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    size = shape[wrap_dim(dim, len(shape))]
    if not size:
        return split(input, [0] * chunks, dim)
    return split(input, -(-size // chunks), dim)


def tensor_split(
    input: Tensor, indices_or_sections: int | Sequence[int] | Tensor, dim: int = 0
) -> tuple[Tensor, ...]:
    """Split along `dim` before each of the indices, or into a number of nearly equal parts."""
    shape = unwrap(input).shape
    if not shape:
        raise RuntimeError(
            "tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims"
        )
    along = wrap_dim(dim, len(shape))
    size, where = shape[along], indices_or_sections
    if isinstance(where, Tensor):
        listed = where.tolist()
        where = [int(i) for i in listed] if isinstance(listed, list) else int(listed)  # type: ignore[arg-type]
    if isinstance(where, int):
        if where < 1:
            raise RuntimeError(f"number of sections must be larger than 0, got {where}")
        if where > MOST_PARTS:
            raise RuntimeError(f"tensor_split: {where} parts are more than there is memory for")
        small, larger = divmod(size, where)
        ends = [i * small + min(i, larger) for i in range(where + 1)]
        return _cut("SplitBackward0", input, along, ends)
    # As in slices, an index beyond the end gives an empty part.
    cuts = [slice(i, None).indices(size)[0] for i in where]
    parts = zip([0, *cuts], [*cuts, size], strict=True)
    return tuple(_part(input, along, start, max(start, end)) for start, end in parts)


def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """Return the slice at each index along `dim`."""
    shape = unwrap(input).shape
    if not shape:
        raise IndexError("Dimension specified as 0 but tensor has no dimensions")
    along = wrap_dim(dim, len(shape))
    places: list[RawIndex] = [(*_all(along), i) for i in range(shape[along])]
    return _parts("UnbindBackward0", input, places, lambda *gs: stack(gs, along))


def _all(count: int) -> tuple[slice, ...]:
    """Return the index of all of the first `count` dimensions."""
    return (slice(None),) * count


def _part(x: Tensor, along: int, start: int, end: int) -> Tensor:
    """Return the slice from `start` to `end`."""
    return read_at(x, (*_all(along), slice(start, end, 1)))


def _cut(name: str, x: Tensor, along: int, ends: Sequence[int]) -> tuple[Tensor, ...]:
    """Return the slices between neighbours of `ends`."""
    places: list[RawIndex] = [(*_all(along), slice(start, end, 1)) for start, end in pairwise(ends)]
    return _parts(name, x, places, lambda *gs: cat(gs, along))


def _parts(
    name: str, x: Tensor, places: Sequence[RawIndex], join: Callable[..., Tensor]
) -> tuple[Tensor, ...]:
    """Return the views of `x` at `places`; `join` makes one tensor of them again.

    They have one node together, so that their gradients are joined once.
    """
    if not places:
        return ()
    views = [alias(x, x._raw[at]) for at in places]
    record_several(name, views, (x, join))
    for view, at in zip(views, places, strict=True):
        become_view(view, x, partial(_seen, at))
    return tuple(views)


def _seen(at: RawIndex, x: Tensor) -> Tensor:
    return read_at(x, at)
