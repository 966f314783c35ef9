"""The mean of each window."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, record

from .._extensions import creation
from ._pooling import Lattice, Sizes, lattice, padded, spread, views
from ._sizes import Size


def average_pool(
    name: str,
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    ceil_mode: bool,
    count_include_pad: bool,
    divisor: int | None,
) -> Tensor:
    """Take the mean of each window: ``y[p] = sum over k of x[p s + k - padding] / divisor``."""
    grid = lattice(name, input, ndim, kernel_size, stride, padding, 1, ceil_mode)
    if divisor == 0:
        raise RuntimeError(f"{name}: divisor must be not zero")
    with no_grad():
        shares = _shares(input, grid, count_include_pad, divisor)
        total, *others = views(padded(input, grid, 0.0), grid)
        for one in others:
            total = total + one
        value = total * shares

    def rule(g: Tensor) -> Tensor:
        return spread([g * shares] * prod(grid.kernel), grid)

    return record(f"AvgPool{ndim}DBackward0", value, (input, rule))


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
