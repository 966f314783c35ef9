"""Filling parameters before training, in place and unrecorded.

Source: https://docs.pytorch.org/docs/stable/nn.init.html
"""

from __future__ import annotations

from math import prod, sqrt
from typing import Literal

from minitorch_autograd import Generator, Tensor, no_grad, zeros

__all__ = ["calculate_gain", "kaiming_uniform_", "ones_", "uniform_", "zeros_"]


def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw from the uniform distribution on [a, b); return `tensor`."""
    with no_grad():
        return tensor.uniform_(a, b, generator=generator)


def zeros_(tensor: Tensor) -> Tensor:
    """Fill with zeros; return `tensor`."""
    with no_grad():
        return tensor.copy_(zeros(tensor.shape, dtype=tensor.dtype))


def ones_(tensor: Tensor) -> Tensor:
    """Fill with ones; return `tensor`."""
    with no_grad():
        return tensor.copy_(zeros(tensor.shape, dtype=tensor.dtype) + 1)


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Return the factor by which a nonlinearity asks for larger weights.

    1 for linear maps and sigmoid, 5/3 for tanh, sqrt(2) for relu, and sqrt(2 / (1 + slope^2)) for
    leaky_relu, whose slope is `param` (0.01 unless told); 3/4 for selu.

    Raises:
        ValueError: for any other name.
    """
    gains = {"linear": 1.0, "sigmoid": 1.0, "tanh": 5 / 3, "relu": sqrt(2.0), "selu": 3 / 4}
    if nonlinearity == "leaky_relu":
        return sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    if nonlinearity not in gains:
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}")
    return gains[nonlinearity]


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: Literal["fan_in", "fan_out"] = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Draw from U(-bound, bound), ``bound = gain sqrt(3 / fan)``; return `tensor`.

    Args:
        tensor: a weight (out, in, ...), whose fans are the sizes of what goes in and out.
        a: the slope of leaky_relu, where that is the nonlinearity.
        mode: which fan: to keep the variance going forward ("fan_in") or back ("fan_out").
        nonlinearity: what follows, see `calculate_gain`.
        generator: the stream to draw from.

    Raises:
        ValueError: for a tensor of fewer than two dimensions, or another mode.

    Source: He et al., "Delving Deep into Rectifiers", 2015, equation 14
    """
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    if len(tensor.shape) < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = prod(tensor.shape[2:])
    fan = field * (tensor.shape[1] if mode == "fan_in" else tensor.shape[0])
    if not fan:
        return tensor
    bound = calculate_gain(nonlinearity, a) * sqrt(3.0 / fan)
    return uniform_(tensor, -bound, bound, generator)
