"""The largest element of each window."""

from __future__ import annotations

from math import inf, prod
from typing import Literal, overload

from minitorch_autograd import Tensor, arange, int64, no_grad, record, where, zeros

from ..common.extensions import elementwise, reductions
from ..common.sizes import Size
from .windows import Lattice, Sizes, lattice, padded, spread, views

__all__ = ["max_pool1d", "max_pool2d", "max_pool3d"]


@overload
def max_pool1d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Tensor: ...
@overload
def max_pool1d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Tensor, Tensor]: ...
@overload
def max_pool1d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]: ...
def max_pool1d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element in each window of sequences.

    Args:
        input: (N, C, L) or (C, L)
        kernel_size: the size of a window, one number or a tuple of one, as all that follow.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how much is put on either side that is never the largest.
        dilation: the steps from one element to the next in a window.
        ceil_mode: whether a last window may stick out at the end.
        return_indices: whether to return where the elements stood, too.

    Returns:
        (N, C, L_out) or (C, L_out), where
        ``L_out = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1``, or its
        ceiling; and the places, int64, of that shape.

    Raises:
        RuntimeError: if an option is out of range, or no window fits.

    Gradient: to the first of equal elements; of NaNs, which count as largest, to the last.
    """
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@overload
def max_pool2d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Tensor: ...
@overload
def max_pool2d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Tensor, Tensor]: ...
@overload
def max_pool2d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]: ...
def max_pool2d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element in each window of images; see `max_pool1d`.

    Args:
        input: (N, C, H, W) or (C, H, W)

    Returns:
        (N, C, H_out, W_out) or (C, H_out, W_out); and the places in
        each channel, counted row by row.
    """
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


@overload
def max_pool3d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Tensor: ...
@overload
def max_pool3d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Tensor, Tensor]: ...
@overload
def max_pool3d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]: ...
def max_pool3d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    dilation: Size = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element in each window of volumes; see `max_pool1d`.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)

    Returns:
        (N, C, D_out, H_out, W_out) or (C, D_out, H_out, W_out); and the places in
        each channel, counted row by row.
    """
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def _max_pool(
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    dilation: Size,
    ceil_mode: bool,
    return_indices: bool,
) -> Tensor | tuple[Tensor, Tensor]:
    name = f"max_pool{ndim}d"
    largest, grid = _pooled(name, ndim, input, kernel_size, stride, padding, dilation, ceil_mode)
    if not return_indices:
        return largest
    return largest, _flat_indices(input, largest, grid)


def pool_largest(
    input: Tensor, kernel: Sizes, return_indices: bool
) -> tuple[Tensor, Tensor | None]:
    """Pool windows side by side, with the places of the largest elements if they are asked for."""
    name = f"max_pool{len(kernel)}d"
    largest, grid = _pooled(name, len(kernel), input, kernel, None, 0, 1, False)
    return largest, _flat_indices(input, largest, grid) if return_indices else None


def _pooled(
    name: str,
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    dilation: Size,
    ceil_mode: bool,
) -> tuple[Tensor, Lattice]:
    """Find the largest element of each window: ``y[p] = max over k of x[p s + k d - padding]``.

    NaN counts as larger than all.

    Gradient: to the first of the largest; of NaNs, to the last.
    """
    grid = lattice(name, input, ndim, kernel_size, stride, padding, dilation, ceil_mode)
    with no_grad():
        first, *others = views(padded(input, grid, -inf), grid)
        largest = first * 1
        for one in others:
            largest = elementwise.maximum(largest, one)

    def rule(g: Tensor) -> Tensor:
        with no_grad():
            found = _hits(input, largest, grid)
        return spread([where(hit, g, 0.0) for hit in found], grid)

    # The rule needs what is found here, and the caller may write over what is returned.
    y = largest.clone() if input.requires_grad else largest
    return record(f"MaxPool{max(ndim, 2)}DWithIndicesBackward0", y, (input, rule)), grid


def _hits(input: Tensor, largest: Tensor, grid: Lattice) -> list[Tensor]:
    """Return for each place of a window whether its largest element stands there.

    It is the first of equal ones, and the last of NaNs.
    """
    around = padded(input, grid, -inf)
    found = [view == largest for view in views(around, grid)]
    taken = found[0]
    for k in range(1, len(found)):
        found[k] = elementwise.gt(found[k], taken)  # and not taken
        taken = elementwise.logical_or(taken, found[k])
    if not bool(reductions.all(taken)):  # NaN equals nothing
        for k, view in reversed(list(enumerate(views(around, grid)))):
            unknown = elementwise.gt(elementwise.ne(view, view), taken)
            found[k] = elementwise.logical_or(found[k], unknown)
            taken = elementwise.logical_or(taken, unknown)
    return found


def _flat_indices(input: Tensor, largest: Tensor, grid: Lattice) -> Tensor:
    """Return where the largest elements are in their channels, as if these were flat."""
    scales = [prod(grid.sizes[dim + 1 :]) for dim in range(len(grid.sizes))]
    with no_grad():
        places = zeros(largest.shape, dtype=int64)
        corners = _corners(grid, scales)
        for place, hit in zip(grid.places, _hits(input, largest, grid), strict=True):
            steps = zip(place, grid.dilation, scales, strict=True)
            places = where(hit, corners + sum(k * d * scale for k, d, scale in steps), places)
        return places


def _corners(grid: Lattice, scales: list[int]) -> Tensor:
    """Return where the windows begin."""
    corner = arange(1)
    for dim, (count, s, p) in enumerate(zip(grid.counts, grid.stride, grid.padding, strict=True)):
        shape: Sizes = (count, *(1,) * (len(scales) - dim - 1))
        corner = corner + ((arange(count) * s - p) * scales[dim]).reshape(shape)
    return corner
