"""Making tensors from values."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from .core.dtypes import DTYPES, Default, dtype
from .core.value import Nested, Tensor, wrap

__all__ = ["arange", "empty", "full", "tensor"]

SMALL: Final = 2**31  # below it NumPy counts integers exactly
LARGEST: Final = 2**60  # elements of one tensor


def tensor(values: Nested, dtype: dtype | None = None) -> Tensor:
    """Make a tensor from nested sequences of numbers.

    Without `dtype` it is bool, int64 or the default float: the first that holds all the values.
    """
    try:
        array = np.array(values)
    except ValueError:
        raise ValueError(_ragged_message(values)) from None
    if dtype is not None:
        return wrap(array.astype(dtype.numpy))
    if array.dtype.kind == "f" and not isinstance(values, np.ndarray):
        return wrap(array.astype(Default.float.numpy))
    if array.dtype not in DTYPES:
        raise TypeError(f"tensor: expected nested sequences of numbers, got {values!r:.80}")
    return wrap(array)


def _ragged_message(values: Nested) -> str:
    """Return a message about the first sequence whose length differs from its neighbours'."""
    level, dim = [values], 0
    while True:
        lengths = [len(one) if isinstance(one, Sequence) else 0 for one in level]
        for length in lengths:
            if length != lengths[0]:
                return f"expected sequence of length {lengths[0]} at dim {dim} (got {length})"
        level = [inner for one in level if isinstance(one, Sequence) for inner in one]
        dim += 1


def full(shape: tuple[int, ...], value: float, dtype: dtype) -> Tensor:
    """Make a tensor that is filled with one value."""
    if value.__class__ is int:
        if value == 0:
            return wrap(np.zeros(shape, dtype.numpy))  # touches no memory yet
        if value < 0 and dtype.numpy.kind == "u":
            value %= 256  # wraps around, as a cast does
    array = np.empty(shape, dtype.numpy)
    array.fill(value)  # `np.full` would be one more Python call
    return wrap(array)


def empty(shape: tuple[int, ...], dtype: dtype) -> Tensor:
    """Make a tensor without setting its elements, which are to be overwritten."""
    return wrap(np.empty(shape, dtype.numpy))


def arange(start: float, end: float, step: float, dtype: dtype) -> Tensor:
    """Return start, start + step, ..., as long as it is before `end`."""
    whole = start.__class__ is end.__class__ is step.__class__ is int
    small = -SMALL < start < SMALL and -SMALL < end < SMALL and -SMALL < step < SMALL
    if whole and small and dtype.itemsize > 2:
        # For others NumPy computes the count in float64, and needs the first two to fit the type.
        return wrap(np.arange(start, end, step, dtype=dtype.numpy))
    if not (end - start) / step < LARGEST:
        raise RuntimeError(f"arange: invalid size, possible overflow? {start} to {end} by {step}")
    # Rounded up; for integers exactly.
    count = max(0, -((start - end) // step) if whole else math.ceil((end - start) / step))
    if dtype.numpy.kind != "f":
        start, step = int(start), int(step)
        return wrap((np.arange(count) * step + start).astype(dtype.numpy))
    # In float64: NumPy would add in the type itself, in which the step is rounded.
    return wrap((np.arange(count) * float(step) + start).astype(dtype.numpy))
