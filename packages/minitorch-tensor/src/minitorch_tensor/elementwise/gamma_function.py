"""The logarithm of the gamma function, and its derivatives.

Computed in float64: far from 0 by Stirling's series, whose coefficients are Bernoulli numbers;
nearer by the recurrence, one step at a time; below 1/2 by reflection (Abramowitz and Stegun,
6.1.15, 6.1.40, 6.3.18, 6.4.11). NumPy has none of them.
"""

from __future__ import annotations

from math import factorial, log, pi
from typing import Final, TypeAlias

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from ..core.ufuncs import in_float64
from ..core.value import Tensor

__all__ = ["digamma", "lgamma", "polygamma"]

Doubles: TypeAlias = NDArray[np.float64]

BERNOULLI: Final = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510)
FAR_ENOUGH: Final = 10
LARGEST: Final = np.finfo(np.float64).max


def _lgamma(x: Doubles) -> Doubles:
    y = np.where(x < 0.5, 1 - x, x)
    z, passed = y, np.ones_like(y)
    for _ in range(FAR_ENOUGH):
        near = z < FAR_ENOUGH
        passed = np.where(near, passed * z, passed)
        z = np.where(near, z + 1, z)
    series = sum(
        b / (2 * k * (2 * k - 1) * z ** (2 * k - 1)) for k, b in enumerate(BERNOULLI, start=1)
    )
    value = (z - 0.5) * np.log(z) - z + log(2 * pi) / 2 + series - np.log(passed)
    value = np.where(np.isposinf(y), np.inf, value)
    distance = np.abs(x - np.round(x))  # to the nearest pole
    sine = np.sin(pi * distance) / pi
    mirrored = -np.log(np.where(distance < 1e-10, distance, sine)) - value
    value = np.where(x < 0.5, np.where(distance == 0, np.inf, mirrored), value)
    value = np.where((x == 1) | (x == 2), 0, value)
    return np.where(np.isinf(x), np.inf, value)


def _polygamma(n: int, x: Doubles) -> Doubles:
    """Compute the n-th derivative of digamma, n >= 0."""
    z = np.where(x < 0.5, 1 - x, x)
    value = np.zeros_like(z)
    for _ in range(FAR_ENOUGH + 1):
        near = z < FAR_ENOUGH
        value = np.where(near, value + factorial(n) / z ** (n + 1), value)
        z = np.where(near, z + 1, z)
    tail = factorial(n) / (2 * z ** (n + 1)) + (-np.log(z) if not n else factorial(n - 1) / z**n)
    for k, b in enumerate(BERNOULLI, start=1):
        tail = tail + b * factorial(2 * k + n - 1) / (factorial(2 * k) * z ** (2 * k + n))
    value = (-1) ** (n + 1) * (value + tail)
    # The n-th derivative of cot(pi x) is a polynomial of cot(pi x) itself.
    derivative: Polynomial = Polynomial([0, 1])
    for _ in range(n):
        derivative = -pi * Polynomial([1, 0, 1]) * derivative.deriv()
    # At the poles it is made finite, since 0 times infinity is NaN.
    cotangent = np.clip(1 / np.tan(pi * (x - np.round(x))), -LARGEST, LARGEST)
    mirrored: Doubles = (-1) ** n * value - pi * derivative(cotangent)
    return np.where(x < 0.5, mirrored, value)


def _digamma(x: Doubles) -> Doubles:
    value = np.where((x < 0) & (x == np.round(x)), np.nan, _polygamma(0, x))
    return np.where(x == 0, np.copysign(np.inf, -x), np.where(np.isposinf(x), np.inf, value))


def lgamma(x: Tensor, /) -> Tensor:
    """Compute the logarithm of the absolute value of the gamma function."""
    return in_float64(_lgamma, x)


def digamma(x: Tensor, /) -> Tensor:
    """Compute the derivative of `lgamma`."""
    return in_float64(_digamma, x)


def polygamma(n: int, x: Tensor, /) -> Tensor:
    """Compute the n-th derivative of `digamma`, n >= 1."""
    return in_float64(lambda a: _polygamma(n, a), x)
