"""Sliding windows: what convolution and pooling read, and the way back."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from . import _tensor

if TYPE_CHECKING:
    from ._tensor import Tensor

    Array = NDArray[np.generic]
    Sizes = tuple[int, ...]


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


def _positions(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Sizes:
    return tuple(
        (size - (k - 1) * d - 1) // s + 1
        for size, k, s, d in zip(sizes, kernel, stride, dilation, strict=True)
    )
