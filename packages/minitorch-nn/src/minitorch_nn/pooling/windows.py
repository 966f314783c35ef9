"""What the poolings share: where their windows lie.

The elements that all windows have at one place are a strided view. Pooling runs over these few
views, one for each place in a window, and never gathers a window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import inf
from typing import NamedTuple

from minitorch_autograd import Tensor, no_grad

from ..common.extensions import creation, shaping, windows
from ..common.sizes import Size, each

Sizes = tuple[int, ...]


class Lattice(NamedTuple):
    """How windows lie over the last dimensions: a number for each of them."""

    sizes: Sizes
    kernel: Sizes
    stride: Sizes
    padding: Sizes
    dilation: Sizes
    counts: Sizes  # of windows

    @property
    def places(self) -> Iterator[Sizes]:
        """The places in a window, the last dimension fastest."""
        return product(*map(range, self.kernel))

    @property
    def room(self) -> Sizes:
        """The sizes that all windows together need, from the padding before on."""
        return tuple(
            max((count - 1) * s + (k - 1) * d + 1, n + p)
            for count, s, k, d, n, p in zip(
                self.counts,
                self.stride,
                self.kernel,
                self.dilation,
                self.sizes,
                self.padding,
                strict=True,
            )
        )


def lattice(
    name: str,
    input: Tensor,
    ndim: int,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    dilation: Size,
    ceil_mode: bool,
) -> Lattice:
    """Check the options of a pooling, and return where its windows lie.

    Raises:
        RuntimeError: if the shape, the kernel, the stride or the padding is not possible.
    """
    shape = input.shape
    if len(shape) not in (ndim + 1, ndim + 2) or 0 in shape[len(shape) - ndim - 1 :]:
        raise RuntimeError(
            f"{name}: Expected {ndim + 1}D or {ndim + 2}D (batch mode) tensor with optional 0 dim "
            f"batch size for input, but got: {list(shape)}"
        )
    kernel = each("kernel_size", kernel_size, ndim, "pooling")
    own = stride is None or stride == ()  # the kernel's
    steps = kernel if own or stride is None else each("stride", stride, ndim, "pooling")
    around = each("padding", padding, ndim, "pooling")
    apart = each("dilation", dilation, ndim, "pooling")
    if min(kernel) <= 0 or min(steps) <= 0 or min(apart) <= 0:
        raise RuntimeError(
            f"{name}: kernel size, stride and dilation should be greater than zero, but got "
            f"kernel_size={kernel}, stride={steps}, dilation={apart} (stride should not be zero)"
        )
    sizes = shape[len(shape) - ndim :]
    if min(around) < 0 or any(
        p > ((k - 1) * d + 1) // 2 for p, k, d in zip(around, kernel, apart, strict=True)
    ):
        raise RuntimeError(
            f"{name}: pad should be at most half of effective kernel size, but got "
            f"padding={around} and kernel_size={kernel} with dilation={apart}"
        )
    counts = tuple(
        _count(n, k, s, p, d, ceil_mode)
        for n, k, s, p, d in zip(sizes, kernel, steps, around, apart, strict=True)
    )
    if min(counts) < 1:
        raise RuntimeError(
            f"{name}: Given input size: {tuple(shape[-ndim - 1 :])}. Calculated output size: "
            f"{(shape[-ndim - 1], *counts)}. Output size is too small"
        )
    return Lattice(sizes, kernel, steps, around, apart, counts)


def _count(n: int, k: int, s: int, p: int, d: int, ceil_mode: bool) -> int:
    free = n + 2 * p - (k - 1) * d - 1
    if not ceil_mode:
        return free // s + 1
    count = -(-free // s) + 1
    # A window must not begin in the padding after.
    return count - 1 if (count - 1) * s >= n + p else count


def padded(input: Tensor, grid: Lattice, value: float) -> Tensor:
    """Return `input` where the windows see nothing else; otherwise with `value` around."""
    if grid.room == grid.sizes:
        return input
    lead = len(input.shape) - len(grid.sizes)
    if not input.dtype.is_floating_point and value == -inf:
        value = -(2**63)
    with no_grad():
        room = creation.full((*input.shape[:lead], *grid.room), value, dtype=input.dtype)
        inside(room, grid).copy_(input)
    return room


def inside(room: Tensor, grid: Lattice) -> Tensor:
    """Return the view of `room` without what was put around."""
    lead = len(room.shape) - len(grid.sizes)
    for dim, (n, p) in enumerate(zip(grid.sizes, grid.padding, strict=True), start=lead):
        if room.shape[dim] != n:
            room = shaping.narrow(room, dim, p, n)
    return room


def views(x: Tensor, grid: Lattice) -> Iterator[Tensor]:
    """Yield what all windows of a padded `x` have at each place: (..., *counts)."""
    seen = windows.sliding_windows(x, grid.kernel, grid.stride, grid.dilation)
    lead = len(x.shape) - len(grid.sizes)
    for dim, count in enumerate(grid.counts, start=lead + len(grid.sizes)):
        if seen.shape[dim] != count:  # the last padding may leave room for one more
            seen = shaping.narrow(seen, dim, 0, count)
    yield from at_places(seen, lead, grid)


def at_places(seen: Tensor, lead: int, grid: Lattice) -> Iterator[Tensor]:
    """Yield the parts of (..., *kernel, *counts) at each place of the kernel."""
    for place in grid.places:
        part = seen
        for k in place:
            part = shaping.select(part, lead, k)
        yield part


def spread(parts: Sequence[Tensor], grid: Lattice) -> Tensor:
    """Add up (..., *counts) for each place, where the windows have it: (..., *sizes)."""
    first = parts[0]
    lead = first.shape[: len(first.shape) - len(grid.counts)]
    seen = shaping.stack(parts, len(lead)).reshape((*lead, *grid.kernel, *grid.counts))
    return inside(windows.add_windows(seen, (*lead, *grid.room), grid.stride, grid.dilation), grid)
