"""Bitwise operations on integers, and logical ones on bools."""

from __future__ import annotations

import numpy as np

from ..core.promotion import result_type
from ..core.ufuncs import careful
from ..core.value import Tensor, wrap

__all__ = ["bitwise_and", "bitwise_not", "bitwise_or", "bitwise_xor", "left_shift", "right_shift"]


def bitwise_and(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the bits that are set in both."""
    return _bitwise(np.bitwise_and, x, y)


def bitwise_or(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the bits that are set in either."""
    return _bitwise(np.bitwise_or, x, y)


def bitwise_xor(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the bits that are set in exactly one."""
    return _bitwise(np.bitwise_xor, x, y)


def bitwise_not(x: Tensor, /) -> Tensor:
    """Invert every bit."""
    _refuse_floats("bitwise_not", x._array.dtype)
    return wrap(np.invert(x._array))


def left_shift(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Compute ``x * 2^y`` by moving bits; 0 if all of them are moved out."""
    return _bitwise(np.left_shift, x, y)


def right_shift(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Compute ``x / 2^y``, rounded down, by moving bits."""
    return _bitwise(np.right_shift, x, y)


def _bitwise(ufunc: np.ufunc, x: Tensor | float, y: Tensor | float) -> Tensor:
    common = result_type(x, y)
    _refuse_floats(ufunc.__name__, common)
    if common.kind == "b" and ufunc in (np.left_shift, np.right_shift):
        raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
    return careful(ufunc, x, y)


def _refuse_floats(operation: str, dtype: np.dtype[np.generic]) -> None:
    if dtype.kind == "f":
        raise NotImplementedError(
            f"{operation} not implemented for 'Float': {dtype.name} has no bits"
        )
