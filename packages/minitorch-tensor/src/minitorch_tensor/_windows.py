"""Sliding windows: what convolution and pooling read, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from . import _tensor

if TYPE_CHECKING:
    from ._tensor import Tensor

    Array = NDArray[np.generic]
    Sizes = tuple[int, ...]


COLUMNS: Final = 2**18  # elements that are copied at a time: 1 MB of float32 stays in the cache


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
            *(step * s for step, s in zip(steps, stride, strict=True)),
        ),
        writeable=False,
    )
    return _tensor.Tensor(seen)


def add_windows(x: Tensor, values: Tensor, stride: Sizes, dilation: Sizes, /) -> Tensor:
    """Add to each element of `x` what `values` has for it in all the windows that see it.

    Args:
        x: (..., *sizes), written in place.
        values: (..., *kernel, *positions), as `windows` has them.
    """
    a, v = x._array, values._array
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
    return x


def matmul_windows(matrix: Tensor, seen: Tensor, /) -> Tensor:
    """Multiply a matrix by what the windows of each image see: ``matrix @ columns``.

    Args:
        matrix: (G, O, R)
        seen: a view of images by `windows`, (N, ...) of N G R L elements: their *columns* are
            (N, G, R, L), and are copied of a few images at a time.

    Returns:
        (N, G, O, L)
    """
    m, a = matrix._array, seen._array
    count, (groups, outputs, rows) = a.shape[0], m.shape
    length = prod(a.shape[1:]) // (groups * rows) if rows else 0
    result = np.empty((count, groups, outputs, length), m.dtype)
    for part, columns in _columns(a, groups, rows, length):
        np.matmul(m, columns, out=result[part])
    return _tensor.Tensor(result)


def outer_windows(g: Tensor, seen: Tensor, /) -> Tensor:
    """Multiply by what windows see on the other side: the sum of ``g @ columns^T`` over images.

    Args:
        g: (N, G, O, L)
        seen: of N G R L elements, as for `matmul_windows`.

    Returns:
        (G, O, R)
    """
    b, a = g._array, seen._array
    _, groups, outputs, length = b.shape
    rows = prod(a.shape[1:]) // (groups * length) if groups * length else 0
    total = np.zeros((groups, outputs, rows), b.dtype)
    for part, columns in _columns(a, groups, rows, length):
        for own, other in zip(b[part], columns, strict=True):
            total += own @ other.transpose(0, 2, 1)
    return _tensor.Tensor(total)


def _columns(a: Array, groups: int, rows: int, length: int) -> Iterator[tuple[slice, Array]]:
    """Copy what is seen in a few images at a time: yield which these are, and (n, G, R, L)."""
    count, size = a.shape[0], groups * rows * length
    most = min(count, max(1, COLUMNS // max(size, 1)))
    room = np.empty((most, *a.shape[1:]), a.dtype)
    for start in range(0, count, max(most, 1)):
        part = slice(start, min(start + most, count))
        block = room[: part.stop - start]
        block[()] = a[part]
        yield part, block.reshape((-1, groups, rows, length))


def _positions(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Sizes:
    return tuple(
        (size - (k - 1) * d - 1) // s + 1
        for size, k, s, d in zip(sizes, kernel, stride, dilation, strict=True)
    )
