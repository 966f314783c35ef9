"""The mean of each window."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, record

from ..common.extensions import creation
from ..common.fused import float16, in_float32
from ..common.sizes import Size
from .windows import Lattice, Sizes, lattice, padded, spread, views

__all__ = ["avg_pool1d", "avg_pool2d", "avg_pool3d"]


def avg_pool1d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """Return the mean of each window of sequences.

    Args:
        input: (N, C, L) or (C, L)
        kernel_size: the size of a window, one number or a tuple of one, as all that follow.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how many zeros are put on either side.
        ceil_mode: whether a last window may stick out at the end.
        count_include_pad: whether those zeros count.

    Returns:
        (N, C, L_out) or (C, L_out), where
        ``L_out = floor((L + 2 padding - kernel_size) / stride) + 1``, or its ceiling

    Raises:
        RuntimeError: if an option is out of range, or no window fits.
    """
    return _pooled(1, input, kernel_size, stride, padding, ceil_mode, count_include_pad, None)


def avg_pool2d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the mean of each window of images; see `avg_pool1d`.

    Args:
        input: (N, C, H, W) or (C, H, W)
        divisor_override: what sums are divided by, in place of the number of elements.
    """
    return _pooled(
        2, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
    )


def avg_pool3d(
    input: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    """Return the mean of each window of volumes; see `avg_pool1d`.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)
        divisor_override: what sums are divided by, in place of the number of elements.
    """
    return _pooled(
        3, input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override
    )


def _pooled(
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor: int | None,
) -> Tensor:
    """Compute the mean of each window: ``y[p] = sum over k of x[p s + k - padding] / divisor``."""
    name = f"avg_pool{ndim}d"
    grid = lattice(name, input, ndim, kernel_size, stride, padding, 1, ceil_mode)
    if divisor == 0:
        raise RuntimeError(f"{name}: divisor must be not zero")
    if input.dtype is float16:
        sizes = (kernel_size, stride, padding, ceil_mode, count_include_pad, divisor)
        return in_float32(_pooled, ndim, input, *sizes)
    with no_grad():
        shares = _shares(input, grid, count_include_pad, divisor)
        total, *others = views(padded(input, grid, 0.0), grid)
        for one in others:
            total = total + one
        value = total * shares

    def rule(g: Tensor) -> Tensor:
        return spread([g * shares] * prod(grid.kernel), grid)

    return record(f"AvgPool{max(ndim, 2)}DBackward0", value, (input, rule))


def _shares(
    input: Tensor, grid: Lattice, count_include_pad: bool, divisor: int | None
) -> Tensor | float:
    """Return what each element of a window counts for: 1 / divisor."""
    if divisor is not None:
        return 1 / divisor
    lengths = [_lengths(grid, dim, count_include_pad) for dim in range(len(grid.sizes))]
    if all(len(set(one)) == 1 for one in lengths):
        return 1 / prod(one[0] for one in lengths)
    shares = creation.ones((), dtype=input.dtype)
    for dim, one in enumerate(lengths):
        shape: Sizes = (len(one), *(1,) * (len(lengths) - dim - 1))
        shares = shares / creation.tensor(one, dtype=input.dtype).reshape(shape)
    return shares


def _lengths(grid: Lattice, dim: int, count_include_pad: bool) -> list[int]:
    """Return how many elements of a dimension each window counts."""
    n, p, k = grid.sizes[dim], grid.padding[dim], grid.kernel[dim]
    first, last = (-p, n + p) if count_include_pad else (0, n)
    starts = (i * grid.stride[dim] - p for i in range(grid.counts[dim]))
    return [min(start + k, last) - max(start, first) for start in starts]
