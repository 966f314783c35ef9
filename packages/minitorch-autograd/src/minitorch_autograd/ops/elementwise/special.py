"""Special functions: `erf`, `lgamma` and their relatives, and `logit`, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

from math import pi, sqrt
from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ...arguments.extensions import special
from ...arguments.operands import unwrap
from ...engine.graph import record
from ...engine.value import wrap
from ..core.elementwise import exp, unary, where

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["digamma", "erf", "erfc", "erfinv", "lgamma", "logit", "polygamma"]

MOST: Final = 150  # the highest derivative; beyond it the factorials overflow


def erf(input: Tensor) -> Tensor:
    """Compute the error function; the derivative is ``2 / sqrt(pi) e^(-x^2)``."""
    return unary(
        "ErfBackward0", special.erf, input, lambda g: g * (2 / sqrt(pi) * exp(-input * input))
    )


def erfc(input: Tensor) -> Tensor:
    """Compute ``1 - erf(x)``, exact also where it is tiny.

    Gradient: ``-2 / sqrt(pi) e^(-x^2)``.
    """
    return unary(
        "ErfcBackward0", special.erfc, input, lambda g: g * (-2 / sqrt(pi) * exp(-input * input))
    )


def erfinv(input: Tensor) -> Tensor:
    """Compute the inverse of `erf`: infinite at ±1, NaN beyond.

    Gradient: ``sqrt(pi) / 2 e^(y^2)``.
    """
    return unary(
        "ErfinvBackward0",
        special.erfinv,
        input,
        lambda g: g * (sqrt(pi) / 2 * exp(erfinv(input) ** 2)),
    )


def lgamma(input: Tensor) -> Tensor:
    """Compute ``log |gamma(x)|``; the derivative is `digamma`."""
    return unary("LgammaBackward0", special.lgamma, input, lambda g: g * digamma(input))


def digamma(input: Tensor) -> Tensor:
    """Compute the derivative of `lgamma`; its own derivative is `polygamma` of 1."""
    return unary("DigammaBackward0", special.digamma, input, lambda g: g * polygamma(1, input))


def polygamma(n: int, input: Tensor) -> Tensor:
    """Compute the n-th derivative of `digamma`; for n = 0 `digamma` itself."""
    if n < 0:
        raise RuntimeError(f"polygamma(n, x) does not support negative n: got {n}")
    if n > MOST:
        raise NotImplementedError(f"polygamma(n, x) is here for n up to {MOST}: got {n}")
    if not n:
        return digamma(input)
    value = special.polygamma(n, unwrap(input))
    return record("PolygammaBackward0", wrap(value), (input, lambda g: g * polygamma(n + 1, input)))


def logit(input: Tensor, eps: float | None = None) -> Tensor:
    """Compute ``log(x / (1 - x))``, the inverse of `sigmoid`; NaN outside [0, 1].

    Args:
        input: the probabilities.
        eps: if given, `input` is clamped to [eps, 1 - eps] first; outside it the gradient is 0.

    Gradient: ``1 / (x (1 - x))``.
    """
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        x = x.to(below.get_default_dtype())
    if eps is not None:
        x = below.minimum(below.maximum(x, eps), 1 - eps)
    value = below.log(x / (1 - x))

    def rule(g: Tensor) -> Tensor:
        slope = g / (input * (1 - input))
        if eps is None:
            return where((input < 0) + (input > 1), float("nan"), slope)
        return where((input < eps) + (input > 1 - eps), 0.0, slope)

    return record("LogitBackward0", wrap(value), (input, rule))
