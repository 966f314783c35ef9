"""Activation functions, elementwise."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record, where


def tanh(input: Tensor) -> Tensor:
    """Take the hyperbolic tangent elementwise."""
    return input.tanh()


def sigmoid(input: Tensor) -> Tensor:
    """Take ``1 / (1 + e^-x)`` elementwise."""
    return input.sigmoid()


def relu(input: Tensor) -> Tensor:
    """Take ``max(x, 0)`` elementwise; the gradient is 0 at 0."""
    return input.relu()


def leaky_relu(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Take x where it is positive, ``negative_slope * x`` elsewhere.

    Gradient: `negative_slope` at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html
    """
    with no_grad():
        value = where(input > 0, input, input * negative_slope)
    return record(
        "LeakyReluBackward0", value, (input, lambda g: where(input > 0, g, g * negative_slope))
    )
