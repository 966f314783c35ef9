"""Numbers that are written into a tensor: they have to be in the range of its type."""

from __future__ import annotations

import functools
from math import inf
from numbers import Real
from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ..engine.value import Tensor
from .dtypes import finfo, iinfo, name_of

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype


NUMBERS: Final = (int, float, Real)


def scalar(value: float, dtype: dtype) -> Raw:
    """Return `value` as a 0-d tensor of `dtype`; floats are truncated to integers.

    Raises: as `check_fits`.
    """
    value = check_fits(value, dtype)
    if dtype is below.uint8:
        value = int(value) % 256
    return below.full((), value, dtype)


def check_fits(value: float, dtype: dtype) -> float:
    """Return `value` if an element of `dtype` can hold it.

    Raises:
        TypeError: if it is no number.
        RuntimeError: if it is too large for that type, or NaN for an integer type.
        OverflowError: if it is an integer of more than 64 bits.
    """
    if not isinstance(value, NUMBERS):
        raise TypeError(
            f"can't assign a {type(value).__name__} to a tensor of {dtype}: expected a number or "
            "a Tensor"
        )
    low, high = _range(dtype)
    if dtype is below.uint8 and isinstance(value, float):
        low = 0.0
    if dtype.is_floating_point:
        if low <= value <= high or value != value or abs(value) == inf:
            return value if abs(value) < 2**63 else float(value)
    elif low <= value <= high or dtype is below.bool:
        return value
    if isinstance(value, int) and not -(2**63) <= value < 2**64:
        raise OverflowError(f"int too big to convert: {name_of(dtype)} can't hold {value}")
    raise RuntimeError(
        f"value cannot be converted to type {name_of(dtype)} without overflow: {value}"
    )


def check_fits_beside(value: Tensor | float, x: Tensor | float) -> Tensor | float:
    """Return `value`, an operand beside `x`: an int has to fit if `x` is a tensor of integers.

    Raises: as `check_fits`.
    """
    if value.__class__ is int and isinstance(x, Tensor) and not x.dtype.is_floating_point:
        check_fits(value, below.int64 if x.dtype is below.bool else x.dtype)
    return value


@functools.cache
def _range(dtype: dtype) -> tuple[float, float]:
    """Return the smallest and the largest number that an element of `dtype` can hold."""
    if dtype is below.bool:
        return -inf, inf
    if dtype.is_floating_point:
        return -finfo(dtype).max, finfo(dtype).max
    limits = iinfo(dtype)
    # As in C, a negative integer is accepted for an unsigned type: it wraps around.
    return limits.min or -limits.max, limits.max
