"""Angles and hyperbolic functions. Integers become floats."""

from __future__ import annotations

import numpy as np

from ..core.ufuncs import binary, unary
from ..core.value import Tensor

__all__ = [
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cos",
    "cosh",
    "hypot",
    "sin",
    "sinh",
    "tan",
    "tanh",
]


def sin(x: Tensor, /) -> Tensor:
    """Compute the sine."""
    return unary(np.sin, x)


def cos(x: Tensor, /) -> Tensor:
    """Compute the cosine."""
    return unary(np.cos, x)


def tan(x: Tensor, /) -> Tensor:
    """Compute the tangent."""
    return unary(np.tan, x)


def asin(x: Tensor, /) -> Tensor:
    """Compute the inverse sine; NaN outside [-1, 1]."""
    return unary(np.arcsin, x)


def acos(x: Tensor, /) -> Tensor:
    """Compute the inverse cosine; NaN outside [-1, 1]."""
    return unary(np.arccos, x)


def atan(x: Tensor, /) -> Tensor:
    """Compute the inverse tangent."""
    return unary(np.arctan, x)


def sinh(x: Tensor, /) -> Tensor:
    """Compute the hyperbolic sine."""
    return unary(np.sinh, x)


def cosh(x: Tensor, /) -> Tensor:
    """Compute the hyperbolic cosine."""
    return unary(np.cosh, x)


def tanh(x: Tensor, /) -> Tensor:
    """Compute the hyperbolic tangent."""
    return unary(np.tanh, x)


def asinh(x: Tensor, /) -> Tensor:
    """Compute the inverse hyperbolic sine."""
    return unary(np.arcsinh, x)


def acosh(x: Tensor, /) -> Tensor:
    """Compute the inverse hyperbolic cosine; NaN below 1."""
    return unary(np.arccosh, x)


def atanh(x: Tensor, /) -> Tensor:
    """Compute the inverse hyperbolic tangent; NaN outside [-1, 1]."""
    return unary(np.arctanh, x)


def atan2(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Return the angle of the point whose ordinate is `x` and whose abscissa is `y`."""
    return binary(np.arctan2, x, y, "f")


def hypot(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Compute ``sqrt(x^2 + y^2)``, which does not overflow."""
    return binary(np.hypot, x, y, "f")
