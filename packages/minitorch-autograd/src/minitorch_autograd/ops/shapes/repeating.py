"""Repeating a tensor or its elements: `repeat`, `tile`, `repeat_interleave`; copies."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import one_shape, refuse_negative, shape_of, wrap_dim
from ...engine.value import Tensor
from ..core.indexing import read_at
from ..core.movement import expand, reshape

__all__ = ["repeat_interleave", "tile"]


def repeat(self: Tensor, *repeats: int | Sequence[int]) -> Tensor:
    """Repeat the tensor so many times in each dimension; new dimensions come in front."""
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
    """Same as `repeat`, but missing numbers in front are 1."""
    return repeat(input, (1,) * (len(unwrap(input).shape) - len(dims)) + tuple(dims))


def repeat_interleave(
    input: Tensor, repeats: int | Tensor, dim: int | None = None, *, output_size: int | None = None
) -> Tensor:
    """Repeat each element along `dim` before the next: 1 1 2 2.

    Args:
        input: the tensor to read.
        repeats: how often; or an int64 tensor, with a number for each element along `dim`.
        dim: the dimension; None flattens first.
        output_size: the expected size of the result along `dim`, which is checked.
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
    # Raises if there is no memory for so many, before the list grows.
    below.full(shape_of("repeat_interleave", (sum(counts),)), 0, below.int64)
    places = [i for i, n in enumerate(counts) for _ in range(n)]
    if output_size is not None and output_size != len(places):
        raise RuntimeError(
            f"repeat_interleave: allocated size does not match required size: output_size is "
            f"{output_size}, the result's {len(places)}"
        )
    return read_at(x, (*[slice(None)] * along, below.tensor(places, below.int64)))


def _counts(repeats: Tensor, size: int, dim: int) -> list[int]:
    """Return how often each element is repeated, checked."""
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
