"""Numbers that are written into tensors of some element type."""

from __future__ import annotations

import functools
from math import inf
from numbers import Integral
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ._dtypes import finfo, iinfo

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype


def scalar(value: float, dtype: dtype) -> Raw:
    """Return `value` as a 0-d tensor of `dtype`; floats are truncated to integers.

    Raises:
        TypeError: if it is no number.
        RuntimeError: if it is too large for that type.
    """
    if not isinstance(value, int | float | Integral):
        raise TypeError(
            f"can't assign a {type(value).__name__} to a tensor of {dtype}: expected a number or "
            "a Tensor"
        )
    low, high = _range(dtype)
    if dtype.is_floating_point:
        fits = low <= value <= high or value != value or abs(value) == inf
    else:
        fits = low <= value <= high  # never of NaN
    if not fits:
        raise RuntimeError(f"value cannot be converted to type {dtype} without overflow: {value}")
    if dtype is below.uint8:
        value = int(value) % 256
    return below.full((), value, dtype)


@functools.cache
def _range(dtype: dtype) -> tuple[float, float]:
    if dtype is below.bool:
        return -inf, inf
    if dtype.is_floating_point:
        return -finfo(dtype).max, finfo(dtype).max
    limits = iinfo(dtype)
    # As in C, an unsigned integer takes a negative number: it counts from the end.
    return limits.min or -limits.max, limits.max
