"""Indices, brought into the form that the tensor layer takes.

That form (see `requires.py`) has an int, a slice or an int64 tensor for each dimension, and None
for a new one. A user may omit dimensions, count from the end, and write lists, masks, NumPy's
arrays and numbers, and True or False, which `get` and `set_` replace by a dimension first.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Integral
from types import EllipsisType
from typing import TYPE_CHECKING, Protocol, TypeAlias

import minitorch_tensor as below

from ..engine.modes import switch
from ..engine.value import Tensor, wrap
from .extensions import numpy
from .operands import unwrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ..requires import Nested

    Listed: TypeAlias = "int | Tensor | Sequence[Listed]"
    Entry: TypeAlias = "int | slice | Tensor | Sequence[Listed] | ArrayLike | EllipsisType | None"
    Index: TypeAlias = "Entry | Sequence[Entry]"
    Plain: TypeAlias = "int | slice | Tensor | EllipsisType | None"
    RawIndex: TypeAlias = "tuple[int | slice | Raw | None, ...]"


class ArrayLike(Protocol):
    """An array or a number of NumPy."""

    def __array__(self) -> object: ...


def entries_of(index: Index) -> list[Plain]:
    """Return the entries of an index: lists and arrays become tensors, 0-d masks become bools."""
    if isinstance(index, tuple):
        return [_plain_entry(one) for one in index]
    if isinstance(index, Sequence) and _stands_for_a_tuple(index):
        return [_plain_entry(one) for one in index]
    return [_plain_entry(index)]  # type: ignore[arg-type]  # a list of entries was taken above


def normalise(entries: Sequence[Plain], shape: tuple[int, ...]) -> RawIndex:
    """Return the index of the tensor layer for `entries`, without bools, of a tensor of `shape`."""
    consumed = 0
    for one in entries:
        consumed += dims_consumed(one)
    if consumed > len(shape):
        hint = "" if shape else ": invalid index of a 0-dim tensor. Use `tensor.item()`"
        raise IndexError(
            f"too many indices for tensor of dimension {len(shape)}: {consumed} for {shape}{hint}"
        )
    result: list[int | slice | Raw | None] = []
    dim, skipped = 0, len(shape) - consumed
    for one in entries:
        if one is None:
            result.append(None)
        elif one is Ellipsis:
            result += [slice(None)] * skipped
            dim, skipped = dim + skipped, 0  # a second one stands for no dimension
        elif isinstance(one, Tensor) and one.dtype is below.bool:
            _refuse_other_shape(one, shape, dim)
            result += mask_indices(one)
            dim += one.ndim
        else:
            result.append(_normalise_entry(one, shape[dim], dim))
            dim += 1
    return tuple(result)


def mask_indices(mask: Tensor) -> list[Raw]:
    """Return the indices of the True elements of `mask`, a tensor for each of its dimensions."""
    rows = below.nonzero(mask._raw)
    return [rows[slice(None), d] for d in range(mask.ndim)]


def has_tensor(index: RawIndex) -> bool:
    """Return whether a tensor is in the index; if so, indexing makes a copy, not a view."""
    return any(isinstance(one, below.Tensor) for one in index)


# --- One entry


def _stands_for_a_tuple(index: Sequence[object]) -> bool:
    """Return whether a list is taken for a tuple of entries, by a rule of old torch and NumPy."""
    return len(index) < 32 and any(
        one is None or one is Ellipsis or isinstance(one, Tensor | slice | Sequence)
        for one in index
    )


def _plain_entry(one: Entry) -> Plain:
    """Return an entry as an int, a bool, a slice, a tensor, `...` or None."""
    if isinstance(one, Tensor):
        if one.dtype is below.uint8:  # a mask, in old torch
            one = wrap(one._raw != 0)
        return bool(one._raw.item()) if one.dtype is below.bool and not one.ndim else one
    if one is None or one is Ellipsis or isinstance(one, bool | int | slice):
        return one
    if isinstance(one, Integral):
        return int(one)
    if isinstance(one, Sequence) and not isinstance(one, str):
        listed = below.tensor(_numbers(one))
        return wrap(listed if 0 not in listed.shape else listed.to(below.int64))
    try:
        return _plain_entry(wrap(numpy.from_numpy(one)))
    except (TypeError, NotImplementedError):
        raise IndexError(
            "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are "
            f"valid indices (got {type(one).__name__})"
        ) from None


def _numbers(listed: Sequence[Listed]) -> list[Nested]:
    """Return a nested list, with each tensor in it replaced by its numbers."""
    result: list[Nested] = []
    for one in listed:
        if isinstance(one, Tensor):
            result.append(one.tolist())
        elif isinstance(one, Sequence) and not isinstance(one, str):
            result.append(_numbers(one))
        else:
            result.append(one)
    return result


def dims_consumed(one: Plain) -> int:
    """Return the number of dimensions that an entry indexes."""
    if one is None or one is Ellipsis:
        return 0
    return one.ndim if isinstance(one, Tensor) and one.dtype is below.bool else 1


def _normalise_entry(one: Plain, size: int, dim: int) -> int | slice | Raw:
    """Return the index of one dimension, of `size` elements, for the tensor layer."""
    if isinstance(one, slice):
        start, stop, step = one.indices(size)
        if step < 1:
            raise ValueError(
                f"slice step must be positive, got {step}: step must be greater than zero; "
                "use flip to reverse"
            )
        return slice(start, max(start, stop), step)
    if isinstance(one, Tensor):
        if one.dtype.is_floating_point or (one.ndim and one.dtype in NARROW):
            raise IndexError(
                "tensors used as indices must be long, int, byte or bool tensors, "
                f"but one has dtype {one.dtype}"
            )
        if one.ndim:
            return own_int64(one._raw)
        one = int(one._raw.item())
    assert isinstance(one, int), "entries are plain"
    if not -size <= one < size:
        raise IndexError(f"index {one} is out of bounds for dimension {dim} with size {size}")
    return one % size


# Refused as in torch, unless 0-d.
NARROW = (below.int8, below.int16)


def _refuse_other_shape(mask: Tensor, shape: tuple[int, ...], dim: int) -> None:
    """Raise IndexError if `mask` is not of the shape of the dimensions from `dim` on."""
    for d, n in enumerate(mask.shape):
        if n != shape[dim + d]:
            raise IndexError(
                f"The shape of the mask {list(mask.shape)} at index {d} does not match the shape "
                f"of the indexed tensor {list(shape)} at index {dim + d}"
            )


# --- Indices that are arguments of an operation


def index_along(
    operation: str, role: str, shape: tuple[int, ...], dim: int, index: Tensor
) -> RawIndex:
    """Return the index for `gather` and the like: `index` in `dim`, positions in the others.

    A 0-d tensor is taken as 1-d. An index without elements may have any shape.

    Args:
        operation: for the error.
        role: the operation's name for the tensor that is indexed, for the error.
        shape: the shape of that tensor.
        dim: the dimension along which `index` points.
        index: of as many dimensions as `shape`, and no larger except along `dim`.

    Raises:
        RuntimeError: if the types or shapes don't fit, or an index is out of range.
    """
    indices = int64_indices(operation, index)
    sizes, ndim = indices.shape or (1,), max(len(shape), 1)
    if 0 in sizes:
        return (indices.view((0,)),) * ndim
    if len(sizes) != ndim:
        raise RuntimeError(
            f"{operation}(): Index tensor must have the same number of dimensions as {role} "
            f"tensor: {indices.shape} and {shape}"
        )
    refuse_out_of_range(indices, shape[dim] if shape else 1, dim, RuntimeError)
    if ndim == 1:
        return (indices.view(sizes),)
    entries: list[Raw] = []
    for d, n in enumerate(sizes):
        if d == dim:
            entries.append(indices)
            continue
        if n > shape[d]:
            raise RuntimeError(
                f"{operation}(): Expected index {list(sizes)} to be no larger than self "
                f"{list(shape)} apart from dimension {dim}"
            )
        positions = below.arange(0, n, 1, below.int64)
        entries.append(positions.view((1,) * d + (n,) + (1,) * (ndim - d - 1)))
    return tuple(entries)


def int64_indices(operation: str, index: Tensor, accepted: str = "dtype int32/int64") -> Raw:
    """Return a tensor of indices as int64; raise RuntimeError if its type is not accepted."""
    indices = unwrap(index)
    if indices.dtype is not below.int64 and not (
        indices.dtype is below.int32 and accepted.endswith("int32/int64")
    ):
        raise RuntimeError(f"{operation}(): Expected {accepted} for index, but got {indices.dtype}")
    return own_int64(indices)


def own_int64(indices: Raw) -> Raw:
    """Return indices as int64; while recording a copy, as rules keep them and users may write."""
    if switch.recording and indices.dtype is below.int64:
        return indices.clone()
    return indices.to(below.int64)


def refuse_out_of_range(indices: Raw, size: int, dim: int, error: type[Exception]) -> None:
    """Raise `error` if an index is negative, or not below `size`."""
    if 0 in indices.shape:
        return
    all_dims = tuple(range(len(indices.shape)))
    for extreme in (indices.amin(all_dims).item(), indices.amax(all_dims).item()):
        if not 0 <= extreme < size:
            raise error(f"index {extreme} is out of bounds for dimension {dim} with size {size}")
