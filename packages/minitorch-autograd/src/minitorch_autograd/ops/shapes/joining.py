"""Joining tensors into one: `cat`, `stack` and their relatives, with their derivatives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ..core.indexing import read_at
from ..core.movement import reshape, unsqueeze

__all__ = [
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "cat",
    "column_stack",
    "dstack",
    "hstack",
    "stack",
    "vstack",
]


def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Join tensors along `dim`; all other sizes must agree.

    A tensor of shape (0,) may stand among tensors of any shape.
    """
    _refuse_no_sequence("cat", tensors)
    shapes = [unwrap(x).shape for x in tensors]
    if not shapes:
        raise ValueError("cat(): expected a non-empty list of Tensors")
    shape = next((one for one in shapes if one != (0,)), (0,))
    along = wrap_dim(dim, len(shape)) if shape != (0,) else 0
    parts = tensors
    for i, one in enumerate(shapes):
        if one == () or len(one) != len(shape):
            if one != (0,):
                raise RuntimeError(_dimensions_message(i, one, shape))
            empty = (*shape[:along], 0, *shape[along + 1 :])
            parts = [reshape(x, empty) if x.shape == (0,) else x for x in tensors]
    return _join("CatBackward0", parts, along)


def _dimensions_message(i: int, one: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """Return the message for a tensor of other dimensions than the rest."""
    if not one:
        return f"zero-dimensional tensor (at position {i}) cannot be concatenated"
    return (
        f"cat(): Tensors must have same number of dimensions: got {len(shape)} and {len(one)} "
        f"(at position {i})"
    )


def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Join tensors of the same shape along a new dimension `dim`."""
    _refuse_no_sequence("stack", tensors)
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    for i, x in enumerate(tensors):
        if unwrap(x).shape != tensors[0].shape:
            raise RuntimeError(
                f"stack expects each tensor to be equal size, but got {list(tensors[0].shape)} at "
                f"entry 0 and {list(x.shape)} at entry {i}"
            )
    layers = [unsqueeze(x, dim) for x in tensors]
    return _join("StackBackward0", layers, wrap_dim(dim, layers[0].ndim))


def _refuse_no_sequence(operation: str, tensors: Sequence[Tensor]) -> None:
    if not isinstance(tensors, tuple | list):
        raise TypeError(
            f"{operation}(): argument 'tensors' (position 1) must be tuple of Tensors, "
            f"not {type(tensors).__name__}"
        )


def _join(name: str, tensors: Sequence[Tensor], along: int) -> Tensor:
    """Join and record: each tensor's gradient is its slice of g."""
    edges = []
    start = 0
    raws = [x._raw for x in tensors]
    before = (slice(None),) * along
    for x, part in zip(tensors, raws, strict=True):
        end = start + part.shape[along]
        place = (*before, slice(start, end, 1))
        edges.append((x, lambda g, place=place: read_at(g, place)))
        start = end
    return record(name, wrap(below.cat(raws, along)), *edges)


@overload
def atleast_1d(tensor: Tensor, /) -> Tensor: ...
@overload
def atleast_1d(*tensors: Tensor) -> tuple[Tensor, ...]: ...
@overload
def atleast_1d(tensors: Sequence[Tensor], /) -> tuple[Tensor, ...]: ...
def atleast_1d(*tensors: Tensor | Sequence[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """Give each tensor at least one dimension. Views."""
    return _each(tensors, lambda x: x if x.ndim else reshape(x, 1))


@overload
def atleast_2d(tensor: Tensor, /) -> Tensor: ...
@overload
def atleast_2d(*tensors: Tensor) -> tuple[Tensor, ...]: ...
@overload
def atleast_2d(tensors: Sequence[Tensor], /) -> tuple[Tensor, ...]: ...
def atleast_2d(*tensors: Tensor | Sequence[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """Give each tensor at least two dimensions: a vector is a row. Views."""
    return _each(tensors, lambda x: x if x.ndim > 1 else reshape(x, 1, x.numel()))


@overload
def atleast_3d(tensor: Tensor, /) -> Tensor: ...
@overload
def atleast_3d(*tensors: Tensor) -> tuple[Tensor, ...]: ...
@overload
def atleast_3d(tensors: Sequence[Tensor], /) -> tuple[Tensor, ...]: ...
def atleast_3d(*tensors: Tensor | Sequence[Tensor]) -> Tensor | tuple[Tensor, ...]:
    """Give each tensor at least three dimensions: (1, n, 1) of a vector, (m, n, 1) of a matrix."""
    return _each(tensors, lambda x: x if x.ndim > 2 else unsqueeze(atleast_2d(x), 2))


def _each(
    tensors: tuple[Tensor | Sequence[Tensor], ...], widen: Callable[[Tensor], Tensor]
) -> Tensor | tuple[Tensor, ...]:
    """Apply `widen` to one tensor, or to each of several."""
    if len(tensors) == 1 and isinstance(tensors[0], Tensor):
        return widen(tensors[0])
    given = tensors[0] if len(tensors) == 1 else tensors
    return tuple(widen(x) for x in given)  # type: ignore[arg-type]  # the overloads


def hstack(tensors: Sequence[Tensor]) -> Tensor:
    """Join tensors side by side: along the second dimension; vectors along the first."""
    wide = atleast_1d(_listed("hstack", tensors))
    return cat(wide, 0 if wide[0].ndim == 1 else 1)


def vstack(tensors: Sequence[Tensor]) -> Tensor:
    """Join tensors on top of each other: along the first dimension; vectors are rows."""
    return cat(atleast_2d(_listed("vstack", tensors)), 0)


def dstack(tensors: Sequence[Tensor]) -> Tensor:
    """Join tensors behind each other: along the third dimension."""
    return cat(atleast_3d(_listed("dstack", tensors)), 2)


def column_stack(tensors: Sequence[Tensor]) -> Tensor:
    """Join tensors side by side; vectors are columns."""
    columns = _listed("column_stack", tensors)
    return hstack([reshape(x, x.numel(), 1) if x.ndim < 2 else x for x in columns])


def _listed(operation: str, tensors: Sequence[Tensor]) -> Sequence[Tensor]:
    """Return `tensors`, or raise if they are no sequence, or empty."""
    _refuse_no_sequence(operation, tensors)
    if not tensors:
        raise RuntimeError(f"{operation} expects a non-empty TensorList")
    return tensors
