"""Activations that squeeze the line into an interval, and their integrals."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.dtypes import require_floats
from ..common.extensions import elementwise
from ..common.inplace import write_over

__all__ = ["tanh", "sigmoid", "softsign", "logsigmoid", "softplus", "hardsigmoid"]


def tanh(input: Tensor) -> Tensor:
    """Compute the hyperbolic tangent elementwise."""
    return input.tanh()


def sigmoid(input: Tensor) -> Tensor:
    """Compute ``1 / (1 + e^-x)`` elementwise."""
    return input.sigmoid()


def softsign(input: Tensor) -> Tensor:
    """Compute ``x / (1 + |x|)`` elementwise.

    Gradient: 1 at 0.
    """
    return input / (elementwise.abs(input) + 1)


def logsigmoid(input: Tensor) -> Tensor:
    """Compute ``log(1 / (1 + e^-x))`` elementwise.

    Gradient: ``sigmoid(-x)``.
    """
    require_floats("logsigmoid", input)
    with no_grad():
        # = min(x, 0) - log(1 + e^-|x|), in which no exponential overflows
        value = elementwise.clamp(input, max=0.0) - elementwise.log1p(
            (-elementwise.abs(input)).exp()
        )
    return record("LogSigmoidBackward0", value, (input, lambda g: g * (-input).sigmoid()))


def softplus(input: Tensor, beta: float = 1.0, threshold: float = 20.0) -> Tensor:
    """Compute ``log(1 + e^(beta x)) / beta``, which is x itself where ``beta x > threshold``.

    Gradient: ``sigmoid(beta x)``, and 1 beyond the threshold.
    """
    require_floats("softplus", input)
    with no_grad():
        # log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), in which no exponential overflows
        scaled = input * beta
        soft = (
            elementwise.clamp(scaled, min=0.0) + elementwise.log1p((-elementwise.abs(scaled)).exp())
        ) / beta
        value = where(scaled > threshold, input, soft)

    def rule(g: Tensor) -> Tensor:
        return where(input * beta > threshold, g, g * (input * beta).sigmoid())

    return record("SoftplusBackward0", value, (input, rule))


def hardsigmoid(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``x / 6 + 1 / 2``, clamped to [0, 1].

    Gradient: 0 at the bounds.
    """
    require_floats("hardsigmoid", input)
    if inplace:
        return write_over(input, hardsigmoid)
    with no_grad():
        value = elementwise.clamp(input + 3, 0.0, 6.0) / 6

    def rule(g: Tensor) -> Tensor:
        return where((input > -3) * (input < 3), g / 6, 0.0)

    return record("HardsigmoidBackward0", value, (input, rule))
