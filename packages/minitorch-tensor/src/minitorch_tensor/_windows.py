"""Sliding windows: what convolution and pooling read, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ._blocks import cuts, share
from ._dtypes import float32
from ._matmul import WORTH_A_THREAD
from ._value import Array, Tensor, wrap

if TYPE_CHECKING:
    Sizes = tuple[int, ...]


COLUMNS: Final = 2**18  # elements that are copied at a time: 1 MB of float32 stays in the cache
SUMS: Final = 4


def windows(x: Tensor, kernel: Sizes, stride: Sizes, dilation: Sizes, /) -> Tensor:
    """See the windows of the last dimensions of `x`, without a copy.

    Returns:
        (..., *kernel, *positions): element [..., k, p] is ``x[..., p stride + k dilation]``. A view
        that is not to be written to, since windows overlap.
    """
    a = x._array
    lead = a.ndim - len(kernel)
    counts = _positions(a.shape[lead:], kernel, stride, dilation)
    steps = a.strides[lead:]
    seen = as_strided(
        a,
        (*a.shape[:lead], *kernel, *counts),
        (
            *a.strides[:lead],
            *(step * d for step, d in zip(steps, dilation, strict=True)),
            # Of a single position the stride is never taken.
            *(
                step * s if count > 1 else 0
                for step, s, count in zip(steps, stride, counts, strict=True)
            ),
        ),
        writeable=False,
    )
    return wrap(seen)


def add_windows(x: Tensor, values: Tensor, stride: Sizes, dilation: Sizes, /) -> Tensor:
    """Add to each element of `x` what `values` has for it in all the windows that see it.

    Args:
        x: (..., *sizes), written in place.
        values: (..., *kernel, *positions), as `windows` has them.
    """
    if x._array.dtype == np.float16:
        return _written(x, add_windows(x.to(float32), values, stride, dilation))
    _add(x._array, values._array, stride, dilation)
    return x


def _written(x: Tensor, wide: Tensor) -> Tensor:
    """Write into float16 what was summed in float32."""
    with np.errstate(over="ignore"):
        np.copyto(x._array, wide._array, casting="same_kind")
    return x


def _add(a: Array, v: Array, stride: Sizes, dilation: Sizes) -> None:
    n = len(stride)
    lead = a.ndim - n
    kernel, counts = v.shape[lead : lead + n], v.shape[lead + n :]
    whole: tuple[slice, ...] = (slice(None),)
    for place in product(*map(range, kernel)):
        # What is seen there, from all positions.
        part = tuple(
            slice(k * d, k * d + (count - 1) * s + 1, s)
            for k, d, s, count in zip(place, dilation, stride, counts, strict=True)
        )
        seen = a[whole * lead + part]
        np.add(seen, v[whole * lead + place + whole * n], out=seen)


def matmul_windows(matrix: Tensor, seen: Tensor, /) -> Tensor:
    """Multiply a matrix by what the windows of each image see: ``matrix @ columns``.

    Args:
        matrix: (G, O, R)
        seen: a view of images by `windows`, (N, C, *kernel, *positions): their *columns* are
            (N, G, R, L), with G R = C k and L positions, and are copied of a few images at a time.

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
    """Add ``matrix^T @ g`` to each element of images, from all the windows that see it.

    Args:
        x: (N, C, *sizes), written in place.
        matrix: (G, O, R) with G R = C k
        g: (N, G, O, L)
        kernel: the sizes of a window, of k elements, at L positions.
        stride: the steps from one window to the next.
        dilation: the steps from one element to the next in a window.
    """
    if x._array.dtype == np.float16:
        x32, matrix, g = x.to(float32), matrix.to(float32), g.to(float32)
        return _written(x, add_matmul_windows(x32, matrix, g, kernel, stride, dilation))
    a, m, b = x._array, matrix._array.transpose(0, 2, 1), g._array
    groups, rows, length = m.shape[0], m.shape[1], b.shape[3]
    counts = _positions(a.shape[2:], kernel, stride, dilation)

    def run(parts: Iterator[slice]) -> None:
        for part in parts:
            columns = np.empty((part.stop - part.start, groups, rows, length), b.dtype)
            np.matmul(m, b[part], out=columns)
            values = columns.reshape((len(columns), a.shape[1], *kernel, *counts))
            _add(a[part], values, stride, dilation)

    share(_images(a.shape[0], groups * rows * length), run, b.size * rows >= WORTH_A_THREAD)
    return x


def outer_windows(g: Tensor, seen: Tensor, /) -> Tensor:
    """Multiply by what windows see on the other side: the sum of ``g @ columns^T`` over images.

    Args:
        g: (N, G, O, L)
        seen: (N, C, *kernel, *positions), as for `matmul_windows`.

    Returns:
        (G, O, R)
    """
    b, a = _wide(g), seen._array
    count, groups, outputs, length = b.shape
    rows = prod(a.shape[1 : a.ndim // 2 + 1]) // groups
    # A few sums, each of the same images whatever the number of threads, and so of one rounding.
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
    """Return float16 as float32, in which BLAS multiplies and sums."""
    return x.to(float32)._array if x._array.dtype == np.float16 else x._array


def _images(count: int, size: int) -> list[slice]:
    """Cut images, of whose columns each has `size` elements, into parts."""
    return cuts(count, max(1, COLUMNS // max(size, 1)))


def _columns(
    a: Array, parts: Iterator[slice], shape: tuple[int, int, int], dtype: np.dtype[np.generic]
) -> Iterator[tuple[slice, Array]]:
    """Copy what is seen in some images at a time: yield which these are, and (n, G, R, L)."""
    most = max(1, COLUMNS // max(prod(shape), 1))
    room = np.empty((min(most, a.shape[0]), *a.shape[1:]), dtype)
    for part in parts:
        block = room[: part.stop - part.start]
        block[()] = a[part]
        yield part, block.reshape((len(block), *shape))


def _positions(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Sizes:
    return tuple(
        (size - (k - 1) * d - 1) // s + 1
        for size, k, s, d in zip(sizes, kernel, stride, dilation, strict=True)
    )
