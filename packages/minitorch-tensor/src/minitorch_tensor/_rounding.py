"""Whole parts and remainders. Integers stay integers."""

from __future__ import annotations

import numpy as np

from ._ufuncs import careful
from ._value import Tensor, wrap


def floor(x: Tensor, /) -> Tensor:
    """Return the largest whole number that is not above."""
    return _whole(np.floor, x)


def ceil(x: Tensor, /) -> Tensor:
    """Return the smallest whole number that is not below."""
    return _whole(np.ceil, x)


def trunc(x: Tensor, /) -> Tensor:
    """Cut off what is behind the point."""
    return _whole(np.trunc, x)


def round(x: Tensor, /) -> Tensor:
    """Return the nearest whole number, of two the even one."""
    return _whole(np.rint, x)


def _whole(ufunc: np.ufunc, x: Tensor) -> Tensor:
    a = x._array
    if a.dtype.kind == "b":
        raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
    return wrap(ufunc(a) if a.dtype.kind == "f" else a.copy())


def sign(x: Tensor, /) -> Tensor:
    """Return -1, 0 or 1, as the element is below, at or above 0; 0 of NaN."""
    a = x._array
    if a.dtype.kind == "b":
        return wrap(a.copy())
    signs = np.sign(a)
    if a.dtype.kind == "f":
        signs = np.asarray(signs)
        signs[np.isnan(a)] = 0
    return wrap(signs)


def signbit(x: Tensor, /) -> Tensor:
    """Return where the sign is minus; also of -0, and of NaN."""
    a = x._array
    return wrap(np.signbit(a) if a.dtype.kind == "f" else np.less(a, 0))


def floor_divide(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Divide and round down.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.floor_divide, x, y)


def remainder(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Return what `floor_divide` leaves: of the sign of `y`.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.remainder, x, y)


def fmod(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return what division towards 0 leaves: of the sign of `x`.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.fmod, x, y)
