"""Trigonometric and hyperbolic functions, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import elementary
from ...arguments.operands import unwrap, unwrap_operand
from ...engine.graph import record, record_with_output
from ...engine.value import wrap
from ..core.elementwise import sqrt, unary, unary_with_output, where

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = [
    "acos",
    "acosh",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cos",
    "cosh",
    "deg2rad",
    "hypot",
    "rad2deg",
    "sin",
    "sinc",
    "sinh",
    "tan",
]


def sin(input: Tensor) -> Tensor:
    """Compute the sine; the derivative is ``cos x``."""
    return unary("SinBackward0", elementary.sin, input, lambda g: g * cos(input))


def cos(input: Tensor) -> Tensor:
    """Compute the cosine; the derivative is ``-sin x``."""
    return unary("CosBackward0", elementary.cos, input, lambda g: g * -sin(input))


def tan(input: Tensor) -> Tensor:
    """Compute the tangent; the derivative is ``1 + y^2``."""
    return unary_with_output("TanBackward0", elementary.tan, input, lambda g, y: g * (1 + y * y))


def asin(input: Tensor) -> Tensor:
    """Compute the arc sine, NaN outside [-1, 1]; the derivative is ``1 / sqrt(1 - x^2)``."""
    return unary("AsinBackward0", elementary.asin, input, lambda g: g / sqrt(1 - input * input))


def acos(input: Tensor) -> Tensor:
    """Compute the arc cosine, NaN outside [-1, 1]; the derivative is ``-1 / sqrt(1 - x^2)``."""
    return unary("AcosBackward0", elementary.acos, input, lambda g: -g / sqrt(1 - input * input))


def atan(input: Tensor) -> Tensor:
    """Compute the arc tangent; the derivative is ``1 / (1 + x^2)``."""
    return unary("AtanBackward0", elementary.atan, input, lambda g: g / (1 + input * input))


def atan2(input: Tensor, other: Tensor) -> Tensor:
    """Compute the angle of the point (x, y), from -pi to pi; y comes first; broadcasts.

    Gradient: ``x / (x^2 + y^2)`` by y, ``-y / (x^2 + y^2)`` by x; 0 at the origin.
    """

    def inverse() -> Tensor:
        """Return ``1 / (x^2 + y^2)``, 0 at the origin."""
        squares = input * input + other * other
        return where(squares == 0, 0.0, 1 / squares)

    return record(
        "Atan2Backward0",
        wrap(elementary.atan2(unwrap(input), unwrap(other))),
        (input, lambda g: g * (other * inverse())),
        (other, lambda g: g * (-input * inverse())),
    )


def sinh(input: Tensor) -> Tensor:
    """Compute the hyperbolic sine; the derivative is ``cosh x``."""
    return unary("SinhBackward0", elementary.sinh, input, lambda g: g * cosh(input))


def cosh(input: Tensor) -> Tensor:
    """Compute the hyperbolic cosine; the derivative is ``sinh x``."""
    return unary("CoshBackward0", elementary.cosh, input, lambda g: g * sinh(input))


def asinh(input: Tensor) -> Tensor:
    """Compute the inverse of `sinh`; the derivative is ``1 / sqrt(x^2 + 1)``."""
    return unary("AsinhBackward0", elementary.asinh, input, lambda g: g / sqrt(input * input + 1))


def acosh(input: Tensor) -> Tensor:
    """Compute the inverse of `cosh`, NaN below 1; the derivative is ``1 / sqrt(x^2 - 1)``."""
    return unary("AcoshBackward0", elementary.acosh, input, lambda g: g / sqrt(input * input - 1))


def atanh(input: Tensor) -> Tensor:
    """Compute the inverse of `tanh`, NaN outside [-1, 1]; the derivative is ``1 / (1 - x^2)``."""
    return unary("AtanhBackward0", elementary.atanh, input, lambda g: g / (1 - input * input))


def hypot(input: Tensor, other: Tensor) -> Tensor:
    """Compute the hypotenuse ``z = sqrt(x^2 + y^2)``; broadcasts.

    Gradient: ``x / z`` by x, ``y / z`` by y; NaN at the origin.
    """
    return record_with_output(
        "HypotBackward0",
        wrap(elementary.hypot(unwrap(input), unwrap_operand(other))),
        (input, lambda g, y: g * (input / y)),
        (other, lambda g, y: g * (other / y)),
    )


def sinc(input: Tensor) -> Tensor:
    """Compute ``sin(pi x) / (pi x)``, 1 at 0.

    Gradient: ``(cos(pi x) - sinc x) / x``; near 0, where the two cancel, its series.
    """
    angle = unwrap(input) * pi
    value = below.where(angle == 0, 1.0, elementary.sin(angle) / angle)

    def rule(g: Tensor) -> Tensor:
        angle = input * pi
        square = angle * angle
        near = square < 0.01
        # -1/3 a + 1/30 a^3 - 1/840 a^5 + 1/45360 a^7, in nested form.
        series = angle / -3 * (1 - square / 10 * (1 - square / 28 * (1 - square / 54)))
        far = where(near, 1.0, angle)
        return g * pi * where(near, series, (far * cos(far) - sin(far)) / (far * far))

    return record("SincBackward0", wrap(value), (input, rule))


def deg2rad(input: Tensor) -> Tensor:
    """Convert degrees to radians: ``pi x / 180``."""
    return input * (pi / 180)


def rad2deg(input: Tensor) -> Tensor:
    """Convert radians to degrees: ``180 x / pi``."""
    return input * (180 / pi)


# Other names that torch has for them.
arccos = acos
arccosh = acosh
arcsin = asin
arcsinh = asinh
arctan = atan
arctan2 = atan2
arctanh = atanh
