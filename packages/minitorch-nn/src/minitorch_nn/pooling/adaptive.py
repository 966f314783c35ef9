"""Pooling to a size that is given, whatever the input's: each dimension is cut into bins.

Of n elements in m bins, bin i has those from ``floor(i n / m)`` to ``ceil((i + 1) n / m)``; so bins
may overlap by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal, TypeAlias, overload

from minitorch_autograd import Tensor, arange, int64, record, zeros

from ..common.extensions import creation, indexing, reductions, shaping
from ..common.sizes import ensure_room
from .maximum import pool_largest
from .windows import Sizes

__all__ = [
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "adaptive_max_pool3d",
]

OutputSize: TypeAlias = "int | Sequence[int | None] | None"


def bins(n: int, m: int) -> list[range]:
    """Return the elements in each of the m bins of n."""
    return [range(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]


def adaptive_avg_pool1d(input: Tensor, output_size: OutputSize) -> Tensor:
    """Return the means of bins of sequences: as many as `output_size` says.

    Args:
        input: (N, C, L) or (C, L)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.
    """
    return _averages(1, input, output_size)


def adaptive_avg_pool2d(input: Tensor, output_size: OutputSize) -> Tensor:
    """Return the means of bins of images: as many as `output_size` says.

    Args:
        input: (N, C, H, W) or (C, H, W)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.
    """
    return _averages(2, input, output_size)


def adaptive_avg_pool3d(input: Tensor, output_size: OutputSize) -> Tensor:
    """Return the means of bins of volumes: as many as `output_size` says.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.
    """
    return _averages(3, input, output_size)


def _averages(ndim: int, input: Tensor, output_size: OutputSize) -> Tensor:
    wanted = _wanted(f"adaptive_avg_pool{ndim}d", ndim, input, output_size)
    lead = len(input.shape) - ndim
    if all(m == 1 for m in wanted):
        return reductions.mean(input, tuple(range(lead, len(input.shape))), keepdim=True)
    for dim, m in enumerate(wanted, start=lead):
        n = input.shape[dim]
        if m and n % m == 0:
            input = reductions.mean(shaping.unflatten(input, dim, (m, n // m)), (dim + 1,))
        elif m:
            means = [
                reductions.mean(shaping.narrow(input, dim, one.start, len(one)), (dim,))
                for one in bins(n, m)
            ]
            input = shaping.stack(means, dim)
        else:
            input = shaping.narrow(input, dim, 0, 0)
    return input


@overload
def adaptive_max_pool1d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[False] = False
) -> Tensor: ...
@overload
def adaptive_max_pool1d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[True]
) -> tuple[Tensor, Tensor]: ...
@overload
def adaptive_max_pool1d(
    input: Tensor, output_size: OutputSize, return_indices: bool
) -> Tensor | tuple[Tensor, Tensor]: ...
def adaptive_max_pool1d(
    input: Tensor, output_size: OutputSize, return_indices: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest elements of bins of sequences: as many as `output_size` says.

    Args:
        input: (N, C, L) or (C, L)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether to return where they stood, too, counted row by row.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.

    Gradient: to the first of equal elements.
    """
    return _largest(1, input, output_size, return_indices)


@overload
def adaptive_max_pool2d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[False] = False
) -> Tensor: ...
@overload
def adaptive_max_pool2d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[True]
) -> tuple[Tensor, Tensor]: ...
@overload
def adaptive_max_pool2d(
    input: Tensor, output_size: OutputSize, return_indices: bool
) -> Tensor | tuple[Tensor, Tensor]: ...
def adaptive_max_pool2d(
    input: Tensor, output_size: OutputSize, return_indices: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest elements of bins of images: as many as `output_size` says.

    Args:
        input: (N, C, H, W) or (C, H, W)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether to return where they stood, too, counted row by row.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.

    Gradient: to the first of equal elements.
    """
    return _largest(2, input, output_size, return_indices)


@overload
def adaptive_max_pool3d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[False] = False
) -> Tensor: ...
@overload
def adaptive_max_pool3d(
    input: Tensor, output_size: OutputSize, return_indices: Literal[True]
) -> tuple[Tensor, Tensor]: ...
@overload
def adaptive_max_pool3d(
    input: Tensor, output_size: OutputSize, return_indices: bool
) -> Tensor | tuple[Tensor, Tensor]: ...
def adaptive_max_pool3d(
    input: Tensor, output_size: OutputSize, return_indices: bool = False
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest elements of bins of volumes: as many as `output_size` says.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether to return where they stood, too, counted row by row.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit, or one is negative.

    Gradient: to the first of equal elements.
    """
    return _largest(3, input, output_size, return_indices)


def _largest(
    ndim: int, input: Tensor, output_size: OutputSize, return_indices: bool
) -> Tensor | tuple[Tensor, Tensor]:
    wanted = _wanted(f"adaptive_max_pool{ndim}d", ndim, input, output_size)
    lead = len(input.shape) - ndim
    sizes = input.shape[lead:]
    nothing = (*input.shape[:lead], *wanted)
    if 0 in nothing:
        value = record(
            f"AdaptiveMaxPool{max(ndim, 2)}DBackward0",
            zeros(nothing, dtype=input.dtype),
            (input, lambda g: zeros(input.shape, dtype=g.dtype)),
        )
        return (value, creation.full(nothing, 0, dtype=int64)) if return_indices else value
    # Bins of one length, the shorter ones filled up with their last element, are windows.
    places = arange(prod(sizes)).reshape(sizes)
    kernel = []
    for dim, (n, m) in enumerate(zip(sizes, wanted, strict=True)):
        cut = bins(n, m)
        longest = max(map(len, cut))
        kernel.append(longest)
        if longest * m != n:
            filled = [one[min(k, len(one) - 1)] for one in cut for k in range(longest)]
            index = creation.tensor(filled, dtype=int64)
            input = indexing.index_select(input, lead + dim, index)
            places = indexing.index_select(places, dim, index)
    largest, found = pool_largest(input, tuple(kernel), return_indices)
    if found is None:
        return largest
    flat = indexing.index_select(places.reshape((-1,)), 0, found.reshape((-1,)))
    return largest, flat.reshape(found.shape)


def _wanted(name: str, ndim: int, input: Tensor, output_size: OutputSize) -> Sizes:
    shape = input.shape
    if len(shape) not in (ndim + 1, ndim + 2):
        raise RuntimeError(
            f"{name}(): Expected {ndim + 1}D or {ndim + 2}D tensor, but got {list(shape)}: "
            f"Expected {ndim + 1} to {ndim + 2} dimensions, but got {len(shape)}-dimensional tensor"
        )
    asked = (
        (output_size,) * ndim
        if output_size is None or isinstance(output_size, int)
        else tuple(output_size)
    )
    if len(asked) != ndim:
        raise RuntimeError(f"{name}: output_size must be {ndim}, got {len(asked)} numbers: {asked}")
    sizes = shape[len(shape) - ndim :]
    wanted = tuple(n if m is None else m for n, m in zip(sizes, asked, strict=True))
    if min(wanted) < 0:
        raise RuntimeError(
            f"{name}: elements of output_size must be greater than or equal to 0 but received "
            f"{wanted}"
        )
    if 0 in sizes:
        raise RuntimeError(
            f"{name}(): Expected input to have non-zero size for non-batch dimensions, but input "
            f"has sizes {list(shape)}"
        )
    ensure_room((*shape[: len(shape) - ndim], *wanted))
    return wanted
