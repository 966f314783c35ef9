"""The three products of convolution, each of which is the derivative of the other two.

Theory of operation. For an input x, a weight w and a gradient g of the output, the sum

    S(x, w, g) = sum over n, o, p, c, k of  g[n, o, p] w[o, c, k] x[n, c, p stride + k dilation]

is linear in each of the three. The convolution is its derivative by g, the gradient of the input
its derivative by x, the gradient of the weight its derivative by w; and the derivatives of each of
these are the other two again, so that all higher derivatives are there as well.

Each is a product of matrices. The *columns* of an image hold, for each position p, all that its
window sees: (C k, L), a copy k times as large as the image. The tensor layer makes them of a few
images at a time, which bounds the memory, and they are not kept for the backward pass: making them
again is cheaper than fetching them from the main memory.

    y = w @ columns(x)       gw = sum over n of g @ columns(x)^T       gx = spread_windows(w^T @ g)

Channels in groups are so many convolutions side by side, by one dimension more of each matrix.

Source: Chellapilla, Puri, Simard, "High Performance Convolutional Neural Networks for Document
Processing", 2006.
"""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from minitorch_autograd import Tensor, no_grad, record, zeros

from ..common.extensions import creation, shaping, windows

Sizes = tuple[int, ...]


class Steps(NamedTuple):
    """How windows lie: a number for each spatial dimension."""

    stride: Sizes
    padding: Sizes  # zeros on either side
    dilation: Sizes
    groups: int


def convolve(x: Tensor, w: Tensor, bias: Tensor | None, steps: Steps) -> Tensor:
    """Return the derivative of S by g: x (N, C, *sizes) seen by w (O, C / groups, *kernel)."""
    sizes, kernel = x.shape, w.shape[2:]
    with no_grad():
        value = _convolve(x, w, bias, steps)
    edges = [
        (x, lambda g: convolve_input(g, w, sizes, steps)),
        (w, lambda g: convolve_weight(x, g, kernel, steps)),
    ]
    if bias is not None:
        edges.append((bias, lambda g: g.reshape((*g.shape[:2], prod(g.shape[2:]))).sum(-1).sum(0)))
    return record("ConvolutionBackward0", value, *edges)


def convolve_input(g: Tensor, w: Tensor, sizes: Sizes, steps: Steps) -> Tensor:
    """Return the derivative of S by x, of `sizes` (N, C, *sizes): the windows add what they saw."""
    kernel = w.shape[2:]
    turned = _turned(steps, w.shape)
    with no_grad():
        if turned is None:
            value = _spread(g, w, sizes, steps)
        else:
            # Windows one step apart see each other: the same sum is a convolution of g by the
            # weight turned round, whose columns are copied and not added.
            opposite = shaping.flip(shaping.transpose(w, 0, 1), tuple(range(2, len(w.shape))))
            value = _convolve(g, opposite, None, turned)
    return record(
        "ConvolutionBackward0",
        value,
        (g, lambda h: convolve(h, w, None, steps)),
        (w, lambda h: convolve_weight(h, g, kernel, steps)),
    )


def convolve_weight(x: Tensor, g: Tensor, kernel: Sizes, steps: Steps) -> Tensor:
    """Return the derivative of S by w, (O, C / groups, *kernel)."""
    outputs, sizes = g.shape[1], x.shape
    with no_grad():
        groups = steps.groups
        matrices = g.reshape((g.shape[0], groups, outputs // groups, prod(g.shape[2:])))
        value = windows.outer_windows(matrices, _seen(x, kernel, steps))
        value = value.reshape((outputs, sizes[1] // groups, *kernel))
    return record(
        "ConvolutionBackward0",
        value,
        (x, lambda h: convolve_input(g, h, sizes, steps)),
        (g, lambda h: convolve(x, h, None, steps)),
    )


def _convolve(x: Tensor, w: Tensor, bias: Tensor | None, steps: Steps) -> Tensor:
    matrix = w.reshape((steps.groups, w.shape[0] // steps.groups, prod(w.shape[1:])))
    value = windows.matmul_windows(matrix, _seen(x, w.shape[2:], steps))
    if bias is not None:
        value.add_(bias.reshape((*matrix.shape[:2], 1)))
    positions = _positions(x.shape[2:], w.shape[2:], steps)
    return value.reshape((x.shape[0], w.shape[0], *positions))


def _spread(g: Tensor, w: Tensor, sizes: Sizes, steps: Steps) -> Tensor:
    groups, outputs = steps.groups, w.shape[0] // steps.groups
    matrix = w.reshape((groups, outputs, prod(w.shape[1:])))
    columns = g.reshape((g.shape[0], groups, outputs, prod(g.shape[2:])))
    room = tuple(n + 2 * p for n, p in zip(sizes[2:], steps.padding, strict=True))
    sums = windows.spread_windows(
        matrix, columns, (*sizes[:2], *room), w.shape[2:], steps.stride, steps.dilation
    )
    return creation.clone(_inside(sums, steps.padding)) if any(steps.padding) else sums


def _seen(x: Tensor, kernel: Sizes, steps: Steps) -> Tensor:
    """Return what the windows of each image see."""
    return windows.sliding_windows(
        _zero_padded(x, steps.padding), kernel, steps.stride, steps.dilation
    )


def _positions(sizes: Sizes, kernel: Sizes, steps: Steps) -> Sizes:
    """Return how many windows there are in each dimension."""
    return tuple(
        (n + 2 * p - (k - 1) * d - 1) // s + 1
        for n, k, s, p, d in zip(
            sizes, kernel, steps.stride, steps.padding, steps.dilation, strict=True
        )
    )


def _turned(steps: Steps, shape: Sizes) -> Steps | None:
    """Return the steps of the convolution that is the gradient of the input; None if none is.

    Its columns have as many rows as there are outputs, and each is copied once; otherwise there
    are as many as inputs, and each is read, added and written.
    """
    padding = tuple(
        (k - 1) * d - p for k, d, p in zip(shape[2:], steps.dilation, steps.padding, strict=True)
    )
    dense = steps.groups == 1 and all(s == 1 for s in steps.stride) and min(padding) >= 0
    return steps._replace(padding=padding) if dense and shape[0] <= 2 * shape[1] else None


def _zero_padded(images: Tensor, padding: Sizes) -> Tensor:
    if not any(padding):
        return images
    sizes = (n + 2 * p for n, p in zip(images.shape[2:], padding, strict=True))
    room = zeros((*images.shape[:2], *sizes), dtype=images.dtype)
    _inside(room, padding).copy_(images)
    return room


def _inside(images: Tensor, padding: Sizes) -> Tensor:
    """Return the view without the padding."""
    for dim, p in enumerate(padding, start=2):
        if p:
            images = shaping.narrow(images, dim, p, images.shape[dim] - 2 * p)
    return images
