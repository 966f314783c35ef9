"""Sliding windows: what convolution and pooling read, and how gradients get back from there."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

import numpy as np
from numpy.lib.stride_tricks import as_strided

from ..core.dtypes import float32
from ..core.value import Array, Tensor, wrap

__all__ = ["add_windows", "windows"]

Sizes: TypeAlias = tuple[int, ...]


def windows(x: Tensor, kernel: Sizes, stride: Sizes, dilation: Sizes, /) -> Tensor:
    """Return a view of the windows over the last dimensions of `x`.

    Returns:
        (..., *kernel, *positions): element [..., k, p] is ``x[..., p stride + k dilation]``. It
        cannot be written to, since windows overlap.
    """
    a = x._array
    lead = a.ndim - len(kernel)
    counts = window_counts(a.shape[lead:], kernel, stride, dilation)
    steps = a.strides[lead:]
    seen = as_strided(
        a,
        (*a.shape[:lead], *kernel, *counts),
        (
            *a.strides[:lead],
            *(step * d for step, d in zip(steps, dilation, strict=True)),
            # With a single position the stride does not matter.
            *(
                step * s if count > 1 else 0
                for step, s, count in zip(steps, stride, counts, strict=True)
            ),
        ),
        writeable=False,
    )
    return wrap(seen)


def add_windows(x: Tensor, values: Tensor, stride: Sizes, dilation: Sizes, /) -> Tensor:
    """Add `values` of each window to the elements of `x` that are in it.

    Args:
        x: (..., *sizes), written in place.
        values: (..., *kernel, *positions), as `windows` has them.
    """
    if x._array.dtype == np.float16:
        return write_rounded(x, add_windows(x.to(float32), values, stride, dilation))
    add_into(x._array, values._array, stride, dilation)
    return x


def write_rounded(x: Tensor, wide: Tensor) -> Tensor:
    """Write a float32 result into the float16 tensor `x`."""
    with np.errstate(over="ignore"):
        np.copyto(x._array, wide._array, casting="same_kind")
    return x


def add_into(a: Array, v: Array, stride: Sizes, dilation: Sizes) -> None:
    """Same as `add_windows`, but on arrays."""
    n = len(stride)
    lead = a.ndim - n
    kernel, counts = v.shape[lead : lead + n], v.shape[lead + n :]
    whole: tuple[slice, ...] = (slice(None),)
    for place in product(*map(range, kernel)):
        # The elements at this place of all windows.
        part = tuple(
            slice(k * d, k * d + (count - 1) * s + 1, s)
            for k, d, s, count in zip(place, dilation, stride, counts, strict=True)
        )
        seen = a[whole * lead + part]
        np.add(seen, v[whole * lead + place + whole * n], out=seen)


def window_counts(sizes: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Sizes:
    """Return how many windows fit into each of `sizes`."""
    return tuple(
        (size - (k - 1) * d - 1) // s + 1
        for size, k, s, d in zip(sizes, kernel, stride, dilation, strict=True)
    )
