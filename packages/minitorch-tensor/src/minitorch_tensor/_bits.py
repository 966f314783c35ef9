"""Integers as bits, and bools."""

from __future__ import annotations

import numpy as np

from ._ufuncs import careful, meeting_type
from ._value import Tensor, wrap


def bitwise_and(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Keep the bits that both have."""
    return _of_bits(np.bitwise_and, x, y)


def bitwise_or(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Keep the bits that either has."""
    return _of_bits(np.bitwise_or, x, y)


def bitwise_xor(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Keep the bits that one has and the other has not."""
    return _of_bits(np.bitwise_xor, x, y)


def bitwise_not(x: Tensor, /) -> Tensor:
    """Turn all bits over."""
    _refuse("bitwise_not", x._array.dtype)
    return wrap(np.invert(x._array))


def left_shift(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Move bits up by so many places: 0 where none is left."""
    return _of_bits(np.left_shift, x, y)


def right_shift(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Move bits down by so many places; the sign stays."""
    return _of_bits(np.right_shift, x, y)


def _of_bits(ufunc: np.ufunc, x: Tensor | float, y: Tensor | float) -> Tensor:
    meeting = meeting_type(x, y)
    _refuse(ufunc.__name__, meeting)
    if meeting.kind == "b" and ufunc in (np.left_shift, np.right_shift):
        raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
    return careful(ufunc, x, y)


def _refuse(operation: str, dtype: np.dtype[np.generic]) -> None:
    if dtype.kind == "f":
        raise NotImplementedError(
            f"{operation} not implemented for 'Float': {dtype.name} has no bits"
        )
