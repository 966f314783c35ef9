"""Rounding, signs, and division with remainder. Integers stay integers."""

from __future__ import annotations

import numpy as np

from ..core.ufuncs import careful
from ..core.value import Tensor, wrap

__all__ = [
    "ceil",
    "floor",
    "floor_divide",
    "fmod",
    "remainder",
    "round",
    "sign",
    "signbit",
    "trunc",
]


def floor(x: Tensor, /) -> Tensor:
    """Round down."""
    return _rounded(np.floor, x)


def ceil(x: Tensor, /) -> Tensor:
    """Round up."""
    return _rounded(np.ceil, x)


def trunc(x: Tensor, /) -> Tensor:
    """Round towards 0."""
    return _rounded(np.trunc, x)


def round(x: Tensor, /) -> Tensor:
    """Round to the nearest whole number; halfway, to the even one."""
    return _rounded(np.rint, x)


def _rounded(ufunc: np.ufunc, x: Tensor) -> Tensor:
    a = x._array
    if a.dtype.kind == "b":
        raise NotImplementedError(f"{ufunc.__name__} not implemented for 'Bool': cast to int64")
    return wrap(ufunc(a) if a.dtype.kind == "f" else a.copy())


def sign(x: Tensor, /) -> Tensor:
    """Return -1, 0 or 1 for elements below, at or above 0; 0 for NaN."""
    a = x._array
    if a.dtype.kind == "b":
        return wrap(a.copy())
    signs = np.sign(a)
    if a.dtype.kind == "f":
        signs = np.asarray(signs)
        signs[np.isnan(a)] = 0
    return wrap(signs)


def signbit(x: Tensor, /) -> Tensor:
    """Return where the sign bit is set: also for -0, and for a NaN that has it."""
    a = x._array
    return wrap(np.signbit(a) if a.dtype.kind == "f" else np.less(a, 0))


def floor_divide(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Divide and round down.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.floor_divide, x, y)


def remainder(x: Tensor | float, y: Tensor | float, /) -> Tensor:
    """Return the remainder of `floor_divide`, which has the sign of `y`.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.remainder, x, y)


def fmod(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the remainder of division towards 0, which has the sign of `x`.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    return careful(np.fmod, x, y)
