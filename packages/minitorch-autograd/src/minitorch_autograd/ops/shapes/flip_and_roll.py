"""Reversing, rolling and rotating: the same elements in other places; copies."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import one_shape, wrap_dim, wrap_dims
from ...engine.value import Tensor
from ..core.indexing import read_at
from ..core.movement import reshape, transpose
from .joining import cat
from .splitting import narrow

__all__ = ["flip", "fliplr", "flipud", "roll", "rot90"]


def flip(input: Tensor, *dims: int | Sequence[int]) -> Tensor:
    """Reverse the order along each of `dims`."""
    listed, ndim = one_shape(dims), len(unwrap(input).shape)
    result = input
    for d in wrap_dims(listed, ndim) if listed else ():
        backwards = below.arange(input.shape[d] - 1, -1, -1, below.int64)
        result = read_at(result, (*[slice(None)] * d, backwards))
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
    """Move elements by `shifts` along `dims`; what leaves at the end comes back at the beginning.

    Without `dims` the tensor is flattened for it.
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
    """Roll along one dimension."""
    if not x.ndim:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    size = x.shape[dim]
    step = step % size if size else 0
    if not step:
        return x.clone()
    return cat([narrow(x, dim, size - step, step), narrow(x, dim, 0, size - step)], dim)


def rot90(input: Tensor, k: int = 1, dims: Sequence[int] = (0, 1)) -> Tensor:
    """Rotate by `k` times 90 degrees from the first to the second of two dimensions."""
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
