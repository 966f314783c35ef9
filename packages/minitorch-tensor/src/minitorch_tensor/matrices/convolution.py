"""The products that a convolution is made of: a matrix times what the windows of images see."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod
from typing import Final

import numpy as np

from ..core.dtypes import float32
from ..core.value import Array, Tensor, wrap
from ..movement.sliding_windows import Sizes, add_into, window_counts, write_rounded
from ..threads.sharing import cuts, share
from .matmul import WORTH_A_THREAD

__all__ = ["add_matmul_windows", "matmul_windows", "outer_windows"]

COLUMNS: Final = 2**18  # elements copied at a time: 1 MB of float32 stays in the cache
SUMS: Final = 4  # partial sums over images


def matmul_windows(matrix: Tensor, seen: Tensor, /) -> Tensor:
    """Compute ``matrix @ columns``, where the columns are the windows of each image.

    Args:
        matrix: (G, O, R)
        seen: the `windows` of images, (N, C, *kernel, *positions). Their *columns*, (N, G, R, L)
            with G R = C k and L positions, are copied for a few images at a time.

    Returns:
        (N, G, O, L)
    """
    m, a = _wide(matrix), seen._array
    count, (groups, outputs, rows) = a.shape[0], m.shape
    length = prod(a.shape[a.ndim // 2 + 1 :])
    result = np.empty((count, groups, outputs, length), m.dtype)

    def run(parts: Iterator[slice]) -> None:
        for part, columns in _columns(a, parts, (groups, rows, length), m.dtype):
            np.matmul(m, columns, out=result[part])

    share(_images(count, groups * rows * length), run, result.size * rows >= WORTH_A_THREAD)
    return wrap(result).to(matrix.dtype)


def add_matmul_windows(
    x: Tensor,
    matrix: Tensor,
    g: Tensor,
    kernel: Sizes,
    stride: Sizes,
    dilation: Sizes,
    /,
) -> Tensor:
    """Add ``matrix^T @ g``, the columns of windows, to the elements of images that are in them.

    Args:
        x: (N, C, *sizes), written in place.
        matrix: (G, O, R) with G R = C k
        g: (N, G, O, L)
        kernel: the sizes of a window of k elements, which has L positions.
        stride: the step from one window to the next.
        dilation: the step from one element of a window to the next.
    """
    if x._array.dtype == np.float16:
        x32, matrix, g = x.to(float32), matrix.to(float32), g.to(float32)
        return write_rounded(x, add_matmul_windows(x32, matrix, g, kernel, stride, dilation))
    a, m, b = x._array, matrix._array.transpose(0, 2, 1), g._array
    groups, rows, length = m.shape[0], m.shape[1], b.shape[3]
    counts = window_counts(a.shape[2:], kernel, stride, dilation)

    def run(parts: Iterator[slice]) -> None:
        for part in parts:
            columns = np.empty((part.stop - part.start, groups, rows, length), b.dtype)
            np.matmul(m, b[part], out=columns)
            values = columns.reshape((len(columns), a.shape[1], *kernel, *counts))
            add_into(a[part], values, stride, dilation)

    share(_images(a.shape[0], groups * rows * length), run, b.size * rows >= WORTH_A_THREAD)
    return x


def outer_windows(g: Tensor, seen: Tensor, /) -> Tensor:
    """Compute the sum of ``g @ columns^T`` over images.

    Args:
        g: (N, G, O, L)
        seen: (N, C, *kernel, *positions), as for `matmul_windows`.

    Returns:
        (G, O, R)
    """
    b, a = _wide(g), seen._array
    count, groups, outputs, length = b.shape
    rows = prod(a.shape[1 : a.ndim // 2 + 1]) // groups
    # A few sums, each over the same images for any number of threads, so that rounding is the same.
    totals = np.zeros((SUMS, groups, outputs, rows), b.dtype)
    shares = list(zip(totals, cuts(count, -(-count // SUMS) or 1), strict=False))

    def run(shares: Iterator[tuple[Array, slice]]) -> None:
        product = np.empty(totals.shape[1:], b.dtype)
        for total, images in shares:
            own, parts = b[images], _images(images.stop - images.start, groups * rows * length)
            cut = _columns(a[images], iter(parts), (groups, rows, length), b.dtype)
            for part, columns in cut:
                for one, other in zip(own[part], columns, strict=True):
                    np.matmul(one, other.transpose(0, 2, 1), out=product)
                    np.add(total, product, out=total)

    share(shares, run, b.size * rows >= WORTH_A_THREAD)
    return wrap(totals.sum(0)).to(g.dtype)


def _wide(x: Tensor) -> Array:
    """Return the array of `x`, float16 as float32: BLAS has no float16."""
    return x.to(float32)._array if x._array.dtype == np.float16 else x._array


def _images(count: int, size: int) -> list[slice]:
    """Cut images into parts; the columns of each image have `size` elements."""
    return cuts(count, max(1, COLUMNS // max(size, 1)))


def _columns(
    a: Array, parts: Iterator[slice], shape: tuple[int, int, int], dtype: np.dtype[np.generic]
) -> Iterator[tuple[slice, Array]]:
    """Copy the columns of a few images at a time: yield which images, and (n, G, R, L)."""
    most = max(1, COLUMNS // max(prod(shape), 1))
    room = np.empty((min(most, a.shape[0]), *a.shape[1:]), dtype)
    for part in parts:
        block = room[: part.stop - part.start]
        block[()] = a[part]
        yield part, block.reshape((len(block), *shape))
