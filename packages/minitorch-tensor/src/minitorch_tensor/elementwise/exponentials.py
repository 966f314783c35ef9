"""Exponentials and logarithms. Integers become floats."""

from __future__ import annotations

import numpy as np

from ..core.ufuncs import binary, unary
from ..core.value import Tensor

__all__ = ["exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "logaddexp"]


def exp(x: Tensor, /) -> Tensor:
    """Compute ``e^x``."""
    return unary(np.exp, x)


def log(x: Tensor, /) -> Tensor:
    """Compute the natural logarithm: -inf of 0, NaN of a negative."""
    return unary(np.log, x)


def expm1(x: Tensor, /) -> Tensor:
    """Compute ``e^x - 1``, accurate near 0."""
    return unary(np.expm1, x)


def log1p(x: Tensor, /) -> Tensor:
    """Compute ``log(1 + x)``, accurate near 0."""
    return unary(np.log1p, x)


def exp2(x: Tensor, /) -> Tensor:
    """Compute ``2^x``."""
    return unary(np.exp2, x)


def log2(x: Tensor, /) -> Tensor:
    """Compute the logarithm to base 2."""
    return unary(np.log2, x)


def log10(x: Tensor, /) -> Tensor:
    """Compute the logarithm to base 10."""
    return unary(np.log10, x)


def logaddexp(x: Tensor, y: Tensor | float, /) -> Tensor:
    """Compute ``log(e^x + e^y)``, which does not overflow."""
    return binary(np.logaddexp, x, y, "f")
