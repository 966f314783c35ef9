"""Resampling along dimensions: every output is a weighted sum of a few inputs, its *taps*.

Theory of operation. All kinds of interpolation are linear and act on one dimension after the other,
so that each is a small table for each dimension: to every output position the taps, pairs of an
input position and a weight. The transpose of the same tables gives the gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor
from struct import pack, unpack
from typing import TypeAlias

from minitorch_autograd import Tensor, no_grad, record, zeros

from ..common.extensions import creation, indexing

Taps: TypeAlias = "list[list[tuple[int, float]]]"  # of each output position


def resample(name: str, x: Tensor, tables: Sequence[Taps]) -> Tensor:
    """Resample the last dimensions of `x`, each by its table."""
    sizes = x.shape
    first = len(sizes) - len(tables)
    with no_grad():
        value = x
        for dim, taps in enumerate(tables, first):
            parts = [
                indexing.index_select(value, dim, index) * weight
                for index, weight in _columns(taps, x, dim)
            ]
            value = parts[0]
            for part in parts[1:]:
                value = value + part
    return record(name, value, (x, lambda g: _spread(name, g, tables, sizes)))


def _spread(name: str, g: Tensor, tables: Sequence[Taps], sizes: tuple[int, ...]) -> Tensor:
    """Add each element to its taps, by their weights: the transpose of `resample`."""
    first = len(sizes) - len(tables)
    with no_grad():
        value = g
        for dim, taps in enumerate(tables, first):
            shape = value.shape
            total = zeros((*shape[:dim], sizes[dim], *shape[dim + 1 :]), dtype=g.dtype)
            for index, weight in _columns(taps, g, dim):
                total = indexing.index_add(total, dim, index, value * weight)
            value = total
    return record(name, value, (g, lambda h: resample(name, h, tables)))


def _columns(taps: Taps, like: Tensor, dim: int) -> list[tuple[Tensor, Tensor]]:
    """Return the first taps of all positions, the second ones, ...: indices and weights."""
    most = max(map(len, taps))
    # Positions that have fewer taps get more of weight 0.
    full = [one + [(one[-1][0], 0.0)] * (most - len(one)) for one in taps]
    shape = (-1, *(1,) * (len(like.shape) - dim - 1))
    return [
        (
            creation.tensor([one[k][0] for one in full]),
            creation.tensor([one[k][1] for one in full], dtype=like.dtype).reshape(shape),
        )
        for k in range(most)
    ]


# --- The tables of a dimension of `size` elements, which becomes one of `new`


def step(size: int, new: int, factor: float | None, align_corners: bool) -> float:
    """Return how far apart the outputs are, in inputs.

    Args:
        size: the number of inputs.
        new: the number of outputs.
        factor: the factor that was asked for, if any, of which `new` is only the whole part.
        align_corners: whether the first and last centres meet, rather than the outer edges.
    """
    if align_corners:
        return (size - 1) / (new - 1) if new > 1 else 0.0
    return 1 / factor if factor else size / new


def nearest(size: int, new: int, factor: float | None, offset: float) -> Taps:
    """Return one input each: the one at ``floor((i + offset) step)``."""
    if size == new:
        return [[(i, 1.0)] for i in range(new)]
    # In float32, as torch reckons for all types: in others the floor may be another one.
    scale = _single(step(size, new, factor, False))
    return [[(min(floor(_single(_single(i + offset) * scale)), size - 1), 1.0)] for i in range(new)]


def linear(size: int, new: int, factor: float | None, align_corners: bool) -> Taps:
    """Return the two inputs around a position, each weighed by its nearness."""
    taps = []
    for position in _positions(size, new, factor, align_corners):
        within = max(position, 0.0)
        low = min(floor(within), size - 1)
        t = min(max(within - low, 0.0), 1.0)
        taps.append([(low, 1 - t), (min(low + 1, size - 1), t)])
    return taps


def cubic(size: int, new: int, factor: float | None, align_corners: bool) -> Taps:
    """Return the four inputs around a position, weighed by Keys' kernel with a = -3/4."""
    taps = []
    for position in _positions(size, new, factor, align_corners):
        low = floor(position)
        t = position - low
        taps.append(
            [(min(max(low + k, 0), size - 1), cubic_kernel(t - k, -0.75)) for k in (-1, 0, 1, 2)]
        )
    return taps


def average(size: int, new: int) -> Taps:
    """Compute the mean over all inputs that an output covers, be it in part."""
    spans = ((i * size // new, ceil((i + 1) * size / new)) for i in range(new))
    return [[(k, 1 / (end - start)) for k in range(start, end)] for start, end in spans]


def smooth(
    kernel: Callable[[float], float],
    reach: float,
    size: int,
    new: int,
    factor: float | None,
    align_corners: bool,
) -> Taps:
    """Weigh all inputs under a kernel, which is as wide as an output where that is wider.

    Args:
        kernel: the weight of a distance.
        reach: the distance from which on it is 0.
        size: the number of inputs.
        new: the number of outputs.
        factor: the factor that was asked for, if any.
        align_corners: whether the first and last centres meet.
    """
    scale = step(size, new, factor, align_corners)
    width = max(scale, 1.0)
    taps = []
    for i in range(new):
        centre = scale * (i + 0.5)
        start = max(int(centre - reach * width + 0.5), 0)
        end = min(int(centre + reach * width + 0.5), size)
        weights = [kernel((k - centre + 0.5) / width) for k in range(start, end)]
        taps.append([(k, w / sum(weights)) for k, w in enumerate(weights, start)])
    return taps


def linear_kernel(x: float) -> float:
    """Return ``1 - |x|`` where that is positive."""
    return max(1 - abs(x), 0.0)


def cubic_kernel(x: float, a: float) -> float:
    """Return the cubic convolution kernel.

    Source: Keys, "Cubic Convolution Interpolation for Digital Image Processing", 1981, equation 4
    """
    x = abs(x)
    if x <= 1:
        return ((a + 2) * x - (a + 3)) * x * x + 1
    return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a if x < 2 else 0.0


def _positions(size: int, new: int, factor: float | None, align_corners: bool) -> list[float]:
    """Return where the outputs are among the inputs."""
    if size == new:
        return [float(i) for i in range(new)]
    scale = step(size, new, factor, align_corners)
    return [scale * i if align_corners else scale * (i + 0.5) - 0.5 for i in range(new)]


def _single(x: float) -> float:
    rounded: float = unpack("f", pack("f", x))[0]
    return rounded
