"""Normalisation by mean and variance: what batch, group and instance normalisation share.

Theory of operation. The input is seen as *rows* (R, K, L): K channels of one image, of L pixels
each. A *set* is what is normalised together, to mean 0 and variance 1:

    instance: a row of one channel     group: a row of K channels
    batch: the rows of one channel, K = 1, one from each image

A row's own mean and centred squares are found in one pass, and those of a set follow from its
rows'. All that is left is one multiplication and one addition for each element:

    y = a x + b       a = w r,   b = bias - a mean,   r = 1 / sqrt(variance + eps)

With x^ = (x - mean) r, m the number of elements in a set, and means over the set, let
``P(u) = r (u - mean(u) - x^ mean(u x^))``. Then the gradients are

    gx = P(w g)       gw = sum g x^       gb = sum g

whose sums are again found row by row in one pass, once for all three.

Source: Ioffe and Szegedy, "Batch Normalization", 2015, section 3; Wu and He, "Group
Normalization", 2018; Chan, Golub, LeVeque, "Algorithms for computing the sample variance", 1983,
for the variance of a set.
"""

from __future__ import annotations

import weakref
from math import prod
from typing import NamedTuple

from minitorch_autograd import Tensor, mul, no_grad, record, zeros

from ..common.extensions import elementwise, shaping
from ..common.fused import by_blocks, dots, sum_rows, unwritten


class Layout(NamedTuple):
    """How an input (N, C, ...) is seen as rows (R, K, L), and which rows are a set."""

    images: int  # N
    channels: int  # C
    rows: tuple[int, int, int]  # R, K, L
    together: bool  # whether a set has a row of every image

    @property
    def set_size(self) -> int:
        """The number of elements in a set."""
        return (self.images if self.together else 1) * self.rows[1] * self.rows[2]


class Sets(NamedTuple):
    """An input and its moments: those of the set that each row is in, (R, 1, 1)."""

    x: Tensor
    eps: float
    layout: Layout
    mean: Tensor
    variance: Tensor
    scale: Tensor  # r


def layout_of(shape: tuple[int, ...], groups: int, together: bool = False) -> Layout:
    """Return how an input (N, C, ...) is seen, with its channels in so many groups."""
    images, channels = shape[:2]
    rows = (images * groups, channels // groups, prod(shape[2:]))
    return Layout(images, channels, rows, together)


def sets_of(x: Tensor, eps: float, layout: Layout) -> Sets:
    """Find the moments of the sets in `x`, unrecorded."""
    with no_grad():
        mean, squares = (zeros((layout.rows[0], 1, 1), dtype=x.dtype) for _ in range(2))
        by_blocks(_moments, x.reshape(layout.rows), mean, squares)
        if layout.together:
            common = _over_images(mean, layout) / layout.images
            # The squares about the mean of the set: about a row's mean, and of that about it.
            apart = mean - common
            squares = _over_images(squares + apart * apart * layout.rows[2], layout)
            mean = common
        variance = squares / layout.set_size
        return Sets(x, eps, layout, mean, variance, elementwise.rsqrt(variance + eps))


def _moments(x: Tensor, mean: Tensor, squares: Tensor) -> None:
    size = x.shape[1] * x.shape[2]
    rows = x.reshape((x.shape[0], size))
    own = sum_rows(rows) / size
    centred = rows - own
    mean.copy_(own.unsqueeze(2))
    squares.copy_(dots(centred, centred).unsqueeze(2))


def normalise(name: str, sets: Sets, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    """Normalise each set, scale and shift the channels: ``y = x^ w + b``.

    Args:
        name: of the operation in the graph.
        sets: what is normalised, (N, C, ...) when seen as an input.
        weight: (C,)
        bias: (C,)
    """
    layout = sets.layout
    with no_grad():
        a = _scaled(sets.scale, weight, layout)
        b = -(a * sets.mean)
        value = affine(sets.x, a, b if bias is None else b + by_row(bias, layout), layout)
    sums = _Sums(sets)
    edges = [(sets.x, lambda g: _project(sets, g, weight, sums))]
    if weight is not None:
        edges.append((weight, lambda g: _correlate(sets, g, sums)))
    if bias is not None:
        edges.append((bias, lambda g: _total(layout, g, sums)))
    return record(name, value, *edges)


def affine(x: Tensor, a: Tensor, b: Tensor, layout: Layout) -> Tensor:
    """Return ``a x + b`` for a and b by row, unrecorded."""
    y = unwritten(x)
    by_blocks(_multiply_and_add, y.reshape(layout.rows), x.reshape(layout.rows), a, b)
    return y


def _multiply_and_add(y: Tensor, x: Tensor, a: Tensor, b: Tensor) -> None:
    mul(x, a, out=y).add_(b)


# --- The gradients


class _Sums:
    """The sums of g and of g (x - mean) over L, (R, K, 1), for the three rules of a pass."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self._of: weakref.ref[Tensor] | None = None  # g, which is not to be kept alive by this
        self._sums: tuple[Tensor, Tensor] | None = None

    def of(self, g: Tensor) -> tuple[Tensor, Tensor]:
        if self._sums is None or self._of is None or self._of() is not g:
            x, _, layout, mean, _, _ = self._sets
            shape = (*layout.rows[:2], 1)
            with no_grad():
                sums = zeros(shape, dtype=x.dtype), zeros(shape, dtype=x.dtype)
                by_blocks(
                    _sums_of_rows, g.reshape(layout.rows), x.reshape(layout.rows), mean, *sums
                )
            self._of, self._sums = weakref.ref(g), sums
        return self._sums


def _sums_of_rows(g: Tensor, x: Tensor, mean: Tensor, plain: Tensor, weighed: Tensor) -> None:
    count, channels, size = g.shape
    rows = g.reshape((count * channels, size))
    centred = (x - mean).reshape(rows.shape)
    plain.copy_(sum_rows(rows).reshape(plain.shape))
    # Without the products in between, which is much faster from some length on.
    sums = dots(centred, rows) if size >= 32 else sum_rows(centred * rows)
    weighed.copy_(sums.reshape(weighed.shape))


def _project(sets: Sets, g: Tensor, weight: Tensor | None, sums: _Sums) -> Tensor:
    """Return ``P(w g)``, the gradient of the input: ``a (g - b - c (x - mean))``, by row.

    That is where w is the same in all of a set, as for a row of one channel. Else it is
    ``a (w g - b - c (x - mean))``.
    """
    x, _, layout, mean, _, scale = sets
    same = layout.rows[1] == 1
    with no_grad():
        a = _scaled(scale, weight if same else None, layout)
        inner = None if same or weight is None else by_row(weight, layout)
        b, c = (_mean(one if inner is None else one * inner, layout) for one in sums.of(g))
        c = c * scale * scale
        value = unwritten(x)
        seen = [one.reshape(layout.rows) for one in (value, g, x)]
        if inner is None:
            by_blocks(_combine, *seen, mean, a, b, c)
        else:
            by_blocks(_combine_weighed, *seen, mean, a, b, c, inner)
    # P is its own transpose.
    edges = [
        (g, lambda h: by_channel(_project(sets, h, None, _Sums(sets)), weight)),
        (x, lambda h: _curve(sets, h, by_channel(g, weight))),
    ]
    if weight is not None:
        edges.append((weight, lambda h: sum_by_channel(g * _project(sets, h, None, _Sums(sets)))))
    return record("NativeBatchNormBackwardBackward0", value, *edges)


def _combine(
    value: Tensor, g: Tensor, x: Tensor, mean: Tensor, a: Tensor, b: Tensor, c: Tensor
) -> None:
    value.copy_(x).add_(-mean).mul_(-c).add_(g).add_(-b).mul_(a)


def _combine_weighed(
    value: Tensor, g: Tensor, x: Tensor, mean: Tensor, a: Tensor, b: Tensor, c: Tensor, w: Tensor
) -> None:
    value.copy_(x).add_(-mean).mul_(-c).add_(g * w).add_(-b).mul_(a)


def _correlate(sets: Sets, g: Tensor, sums: _Sums) -> Tensor:
    """Return ``sum g x^`` of each channel, the gradient of the weight."""
    layout = sets.layout
    with no_grad():
        value = (sums.of(g)[1] * sets.scale).reshape((layout.images, layout.channels)).sum(0)
    return record(
        "NativeBatchNormBackwardBackward0",
        value,
        (g, lambda h: normalise("NativeBatchNormBackward0", sets, h, None)),
        (sets.x, lambda h: _project(sets, g, h, _Sums(sets))),
    )


def _total(layout: Layout, g: Tensor, sums: _Sums) -> Tensor:
    """Return ``sum g`` of each channel, the gradient of the bias."""
    with no_grad():
        value = sums.of(g)[0].reshape((layout.images, layout.channels)).sum(0)
    shape = g.shape
    return record(
        "SumBackward1",
        value,
        (g, lambda h: shaping.broadcast_to(as_channels(h, len(shape)), shape)),
    )


def _curve(sets: Sets, h: Tensor, u: Tensor) -> Tensor:
    """Return the gradient of ``sum h P(u)`` by x, in operations that have derivatives in turn.

    With H = P(h) and U = P(u) it is ``-r (x^ mean(h U) + U mean(h x^) + H mean(u x^))``.
    """
    layout = sets.layout

    def mean(v: Tensor) -> Tensor:
        return _mean(v.sum(2, keepdim=True), layout)

    x, h, u = (one.reshape(layout.rows) for one in (sets.x, h, u))
    centred = x - mean(x)
    r = elementwise.rsqrt(mean(centred * centred) + sets.eps)
    x = centred * r
    hx, ux = mean(h * x), mean(u * x)
    h_projected = r * (h - mean(h) - x * hx)
    u_projected = r * (u - mean(u) - x * ux)
    curve = r * (x * mean(h * u_projected) + u_projected * hx + h_projected * ux)
    return -curve.reshape(sets.x.shape)


# --- Numbers by channel, by row and by set


def by_row(channels: Tensor, layout: Layout) -> Tensor:
    """Reshape numbers by channel (C,) to numbers by row (R, K, 1)."""
    all_images = shaping.broadcast_to(channels, (layout.images, layout.channels))
    return all_images.reshape((*layout.rows[:2], 1))


def as_channels(channels: Tensor, ndim: int) -> Tensor:
    """Reshape numbers by channel (C,) to (C, 1, ...), for an input (N, C, ...)."""
    return channels.reshape((-1, *(1,) * (ndim - 2)))


def by_channel(x: Tensor, weight: Tensor | None) -> Tensor:
    """Multiply the channels of `x` by `weight`, if there is one."""
    return x if weight is None else x * as_channels(weight, len(x.shape))


def sum_by_channel(x: Tensor) -> Tensor:
    """Sum (N, C, ...) to (C,)."""
    return x.reshape((*x.shape[:2], prod(x.shape[2:]))).sum(2).sum(0)


def _scaled(rows: Tensor, weight: Tensor | None, layout: Layout) -> Tensor:
    return rows if weight is None else rows * by_row(weight, layout)


def _mean(sums: Tensor, layout: Layout) -> Tensor:
    """Return the mean of each set (R, 1, 1) from sums over L (R, K, 1)."""
    return _over_images(sums.sum(1, keepdim=True), layout) / layout.set_size


def _over_images(rows: Tensor, layout: Layout) -> Tensor:
    """Sum numbers (R, 1, 1) over the rows of a set, and give each row the sum."""
    if not layout.together:
        return rows
    shape = (layout.images, layout.channels)
    return shaping.broadcast_to(rows.reshape(shape).sum(0), shape).reshape((-1, 1, 1))
