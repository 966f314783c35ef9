"""Powers and logarithms, angles and hyperbolas: NumPy's functions. Integers become floats."""

from __future__ import annotations

import numpy as np

from ._ufuncs import binary, unary
from ._value import Tensor


def expm1(x: Tensor, /) -> Tensor:
    """Return ``e^x - 1``, exact near 0."""
    return unary(np.expm1, x)


def log1p(x: Tensor, /) -> Tensor:
    """Return ``log(1 + x)``, exact near 0."""
    return unary(np.log1p, x)


def exp2(x: Tensor, /) -> Tensor:
    """Raise 2 to the power of each element."""
    return unary(np.exp2, x)


def log2(x: Tensor, /) -> Tensor:
    """Take the logarithm to base 2."""
    return unary(np.log2, x)


def log10(x: Tensor, /) -> Tensor:
    """Take the logarithm to base 10."""
    return unary(np.log10, x)


def sin(x: Tensor, /) -> Tensor:
    """Take the sine."""
    return unary(np.sin, x)


def cos(x: Tensor, /) -> Tensor:
    """Take the cosine."""
    return unary(np.cos, x)


def tan(x: Tensor, /) -> Tensor:
    """Take the tangent."""
    return unary(np.tan, x)


def asin(x: Tensor, /) -> Tensor:
    """Take the angle whose sine it is: NaN beyond 1."""
    return unary(np.arcsin, x)


def acos(x: Tensor, /) -> Tensor:
    """Take the angle whose cosine it is: NaN beyond 1."""
    return unary(np.arccos, x)


def atan(x: Tensor, /) -> Tensor:
    """Take the angle whose tangent it is."""
    return unary(np.arctan, x)


def sinh(x: Tensor, /) -> Tensor:
    """Take the hyperbolic sine."""
    return unary(np.sinh, x)


def cosh(x: Tensor, /) -> Tensor:
    """Take the hyperbolic cosine."""
    return unary(np.cosh, x)


def asinh(x: Tensor, /) -> Tensor:
    """Invert the hyperbolic sine."""
    return unary(np.arcsinh, x)


def acosh(x: Tensor, /) -> Tensor:
    """Invert the hyperbolic cosine: NaN below 1."""
    return unary(np.arccosh, x)


def atanh(x: Tensor, /) -> Tensor:
    """Invert the hyperbolic tangent: NaN beyond 1."""
    return unary(np.arctanh, x)


def atan2(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the angle of the point (y, x): `x` is the ordinate."""
    return binary(np.arctan2, x, y, "f")


def hypot(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the length of the hypotenuse: ``sqrt(x^2 + y^2)``."""
    return binary(np.hypot, x, y, "f")


def logaddexp(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return ``log(e^x + e^y)``."""
    return binary(np.logaddexp, x, y, "f")
