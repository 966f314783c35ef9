"""Repeating, reversing and turning; all of them are copies."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import one_shape, refuse_negative, shape_of, wrap_dim, wrap_dims
from ...engine.value import Tensor
from ..core.indexing import take
from ..core.movement import expand, reshape, transpose
from .joining import cat
from .splitting import narrow

__all__ = ["flip", "fliplr", "flipud", "repeat_interleave", "roll", "rot90", "tile"]


def repeat(self: Tensor, *repeats: int | Sequence[int]) -> Tensor:
    """Lay copies side by side, so many in each dimension; new dimensions come in front."""
    times, shape = one_shape(repeats), self.shape
    if len(times) < len(shape):
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of "
            f"tensor: {list(times)} for shape {shape}"
        )
    refuse_negative(times)
    shape = (1,) * (len(times) - len(shape)) + shape
    apart = [size for n in shape for size in (1, n)]
    spread = [size for m, n in zip(times, shape, strict=True) for size in (m, n)]
    joined = tuple(m * n for m, n in zip(times, shape, strict=True))
    return reshape(expand(reshape(self, apart), spread).clone(), joined)


def tile(input: Tensor, dims: Sequence[int]) -> Tensor:
    """Do as `repeat`, where missing numbers in front are 1."""
    return repeat(input, (1,) * (len(unwrap(input).shape) - len(dims)) + tuple(dims))


def repeat_interleave(
    input: Tensor, repeats: int | Tensor, dim: int | None = None, *, output_size: int | None = None
) -> Tensor:
    """Repeat each element along `dim` (of all, flat) before the next: 1 1 2 2.

    Args:
        input: the tensor to read.
        repeats: how often; a tensor (int64) says it for each element along `dim`.
        dim: the dimension; None flattens first.
        output_size: the size along `dim` that is expected of the result, which is checked.
    """
    x = reshape(input, -1) if dim is None else input
    if not unwrap(x).shape:
        raise IndexError("repeat_interleave: a 0-d tensor has no dimension to repeat along")
    along = wrap_dim(dim or 0, x.ndim)
    size = x.shape[along]
    if isinstance(repeats, Tensor):
        counts = _counts(repeats, size, along)
    elif repeats < 0:
        raise RuntimeError(f"Repeats must be non-negative, got {repeats}")
    else:
        counts = [repeats] * size
    # Before the list of them grows: is there room for so many?
    below.full(shape_of("repeat_interleave", (sum(counts),)), 0, below.int64)
    places = [i for i, n in enumerate(counts) for _ in range(n)]
    if output_size is not None and output_size != len(places):
        raise RuntimeError(
            f"repeat_interleave: allocated size does not match required size: output_size is "
            f"{output_size}, the result's {len(places)}"
        )
    return take(x, (*[slice(None)] * along, below.tensor(places, below.int64)))


def _counts(repeats: Tensor, size: int, dim: int) -> list[int]:
    if repeats.dtype.is_floating_point or repeats.dtype is below.bool:
        raise NotImplementedError(
            f"repeat_interleave is not implemented for repeats of {repeats.dtype}: cast to int64"
        )
    if repeats.ndim > 1:
        raise RuntimeError("repeats must be 0-dim or 1-dim tensor")
    count = repeats.numel()
    if count not in (1, size):
        raise RuntimeError(
            f"repeats must have the same size as input along dim, but got repeats.size(0) = "
            f"{count} and input.size({dim}) = {size}"
        )
    flat = reshape(repeats, -1)
    counts = [int(flat._raw[(i,)].item()) for i in range(count)]
    if any(n < 0 for n in counts):
        raise RuntimeError(f"repeats can not be negative: {counts}")
    return counts * size if count == 1 else counts


def flip(input: Tensor, *dims: int | Sequence[int]) -> Tensor:
    """Reverse the order along each of `dims`."""
    listed, ndim = one_shape(dims), len(unwrap(input).shape)
    result = input
    for d in wrap_dims(listed, ndim) if listed else ():
        backwards = below.arange(input.shape[d] - 1, -1, -1, below.int64)
        result = take(result, (*[slice(None)] * d, backwards))
    return result.clone() if result is input else result


def fliplr(input: Tensor) -> Tensor:
    """Reverse the columns: `flip` along dimension 1."""
    if len(unwrap(input).shape) < 2:
        raise RuntimeError(f"Input must be >= 2-d: fliplr of a tensor of shape {input.shape}")
    return flip(input, 1)


def flipud(input: Tensor) -> Tensor:
    """Reverse the rows: `flip` along dimension 0."""
    if not unwrap(input).shape:
        raise RuntimeError("Input must be >= 1-d: flipud of a 0-d tensor")
    return flip(input, 0)


def roll(
    input: Tensor, shifts: int | Sequence[int], dims: int | Sequence[int] | None = None
) -> Tensor:
    """Move elements on by `shifts` along `dims`; what leaves at the end comes in in front.

    Without `dims` the tensor is flat for it.
    """
    steps = (shifts,) if isinstance(shifts, int) else tuple(shifts)
    along = () if dims is None else (dims,) if isinstance(dims, int) else tuple(dims)
    if not steps:
        raise RuntimeError("`shifts` required")
    shape = unwrap(input).shape
    if not along and len(steps) == 1:
        return reshape(_rolled(reshape(input, -1), steps[0], 0), shape)
    if 0 in shape:
        return input.clone()
    if len(steps) != len(along):
        raise RuntimeError(
            f"shifts and dimensions must align. shifts: {len(steps)}, dims:{len(along)}"
        )
    result = input
    for step, d in zip(steps, along, strict=True):
        result = _rolled(result, step, wrap_dim(d, len(shape)))
    return result


def _rolled(x: Tensor, step: int, dim: int) -> Tensor:
    if not x.ndim:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    size = x.shape[dim]
    step = step % size if size else 0
    if not step:
        return x.clone()
    return cat([narrow(x, dim, size - step, step), narrow(x, dim, 0, size - step)], dim)


def rot90(input: Tensor, k: int = 1, dims: Sequence[int] = (0, 1)) -> Tensor:
    """Turn by `k` right angles in the plane of two dimensions, from the first to the second."""
    ndim = len(unwrap(input).shape)
    if len(dims) != 2:
        raise RuntimeError(f"expected total rotation dims == 2, but got dims = {len(dims)}")
    if ndim < 2:
        raise RuntimeError(f"expected total dims >= 2, but got total dims = {ndim}")
    i, j = (wrap_dim(d, ndim) for d in dims)
    if i == j:
        raise RuntimeError(
            f"expected rotation dims to be different, but got dim0 = {dims[0]} and dim1 = {dims[1]}"
        )
    if k % 4 == 0:
        return input.clone()
    if k % 4 == 2:
        return flip(input, i, j)
    return transpose(flip(input, j), i, j) if k % 4 == 1 else flip(transpose(input, i, j), j)
