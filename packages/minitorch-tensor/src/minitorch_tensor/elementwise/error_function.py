"""The error function, its complement and its inverse. NumPy has none of them.

Computed in float64 and rounded at the end; only that of float32, which networks call for every
element (GELU), has a shorter formula.

Source: W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969):
a quotient of polynomials in x² near 0, in x up to 4, in 1/x² beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ..core.ufuncs import in_float64
from ..core.value import Tensor, wrap

__all__ = ["erf", "erfc", "erfinv"]

Doubles: TypeAlias = NDArray[np.float64]

NEAR: Final = (
    (1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2),
    (3.77485237685302021e2, 3.20937758913846947e3),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2),
    (1.28261652607737228e3, 2.84423683343917062e3),
)
MIDDLE: Final = (
    (2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594),
    (6.61191906371416295e1, 2.98635138197400131e2, 8.81952221241769090e2),
    (1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3),
    (1.0, 1.57449261107098347e1, 1.17693950891312499e2),
    (5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3),
    (4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3),
)
FAR: Final = (
    (1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1),
    (1.25781726111229246e-1, 1.60837851487422766e-2, 6.58749161529837803e-4),
    (1.0, 2.56852019228982242, 1.87295284992346725),
    (5.27905102951428412e-1, 6.05183413124413191e-2, 2.33520497626869185e-3),
)


def _near(x: Doubles) -> Doubles:
    """Return erf for |x| <= 0.46875."""
    return x * _fraction(x * x, NEAR[0] + NEAR[1], NEAR[2] + NEAR[3])


def _complement(y: Doubles) -> Doubles:
    """Return erfc for y > 0.46875."""
    inverse = 1 / (y * y)
    tail = inverse * _fraction(inverse, FAR[0] + FAR[1], FAR[2] + FAR[3])
    scaled = np.where(
        y <= 4,
        _fraction(y, MIDDLE[0] + MIDDLE[1] + MIDDLE[2], MIDDLE[3] + MIDDLE[4] + MIDDLE[5]),
        (1 / sqrt(pi) - tail) / y,
    )
    # e^(-y²) as two factors: the square of a number of 16ths is exact, and the rest is small.
    coarse = np.trunc(y * 16) / 16
    value: Doubles = np.exp(-coarse * coarse) * np.exp((coarse - y) * (coarse + y)) * scaled
    return np.where(y > 27, 0.0, value)  # below the smallest float64


def _erf(x: Doubles) -> Doubles:
    y = np.abs(x)
    return np.where(y <= 0.46875, _near(x), np.copysign(1 - _complement(y), x))


def _erfc(x: Doubles) -> Doubles:
    y = np.abs(x)
    tail = _complement(y)
    return np.where(y <= 0.46875, 1 - _near(x), np.where(x < 0, 2 - tail, tail))


def _erfinv(x: Doubles) -> Doubles:
    # M. Giles, Approximating the erfinv function (2011), to 7 digits; then Halley's method.
    w = -np.log((1 - x) * (1 + x))
    central = np.polyval(
        [2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3,
         -4.17768164e-3, 2.46640727e-1, 1.50140941], w - 2.5
    )  # fmt: skip
    outer = np.polyval(
        [-2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3,
         -7.6224613e-3, 9.43887047e-3, 1.00167406, 2.83297682], np.sqrt(w) - 3
    )  # fmt: skip
    y = np.abs(x)
    z = y * np.where(w < 5, central, outer)
    for _ in range(4):
        miss = np.where(y < 0.5, _erf(z) - y, (1 - y) - _erfc(z)) * sqrt(pi) / 2 * np.exp(z * z)
        z = z - miss / (1 + z * miss)
    return np.copysign(np.where(y == 1, np.inf, z), x)


# For float32: x times a quotient of polynomials in x² for |x| <= 4 (beyond, erf rounds to 1), the
# lowest power last. These are Eigen's and XLA's coefficients; the error is below 4e-7.
ABOVE: Final = (-2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6,
                -5.69250639462346e-5, -7.34990630326855e-4, -2.95459980854025e-3,
                -1.60960333262415e-2)  # fmt: skip
BELOW: Final = (-1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3,
                -7.37332916720468e-3, -1.42647390514189e-2)  # fmt: skip
PART: Final = 2**15  # elements at a time, which stay in the cache through all these passes


def _erf_of_float32(x: NDArray[np.float32]) -> NDArray[np.float32]:
    value = np.empty_like(x)
    for start in range(0, x.size, PART):
        part = np.clip(x[start : start + PART], np.float32(-4), np.float32(4))
        square = part * part
        quotient = part * _polynomial(ABOVE, square) / _polynomial(BELOW, square)
        np.clip(quotient, np.float32(-1), np.float32(1), out=value[start : start + PART])
    return value


def _polynomial(coefficients: Sequence[float], z: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute a polynomial by Horner's rule."""
    value = z * np.float32(coefficients[0])
    for one in coefficients[1:-1]:
        value += np.float32(one)
        value *= z
    value += np.float32(coefficients[-1])
    return value


def erf(x: Tensor, /) -> Tensor:
    """Compute ``2 / sqrt(pi)`` times the integral of ``e^(-t²)`` from 0 to x."""
    if x._array.dtype == np.float32:
        a = x._array.astype(np.float32, copy=False)
        with np.errstate(all="ignore"):
            return wrap(_erf_of_float32(a.reshape(-1)).reshape(a.shape))
    return in_float64(_erf, x)


def erfc(x: Tensor, /) -> Tensor:
    """Compute ``1 - erf(x)``, accurate where that is small."""
    return in_float64(_erfc, x)


def erfinv(x: Tensor, /) -> Tensor:
    """Compute the inverse of `erf`: infinite at -1 and 1, NaN beyond."""
    return in_float64(_erfinv, x)


def _fraction(z: Doubles, above: Sequence[float], below: Sequence[float]) -> Doubles:
    """Compute a quotient of polynomials in `z`, coefficients from the highest power down."""
    quotient: Doubles = np.polyval(above, z) / np.polyval(below, z)
    return quotient
