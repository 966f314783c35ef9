"""Activations that let x through by a share of it: ``x`` times something between 0 and 1."""

from __future__ import annotations

from math import pi, sqrt
from typing import Final

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.dtypes import require_floats
from ..common.extensions import creation, elementwise, shaping
from ..common.inplace import write_over

__all__ = ["silu", "gelu", "mish", "hardswish", "glu"]

CUBIC: Final = 0.044715  # of the approximation of GELU


def silu(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``x s(x)`` for the sigmoid s, also called swish.

    Gradient: ``s (1 + x (1 - s))``.

    Source: Elfwing et al., "Sigmoid-Weighted Linear Units", 2017
    """
    require_floats("silu", input)
    if inplace:
        return write_over(input, silu)
    with no_grad():
        value = input * input.sigmoid()

    def rule(g: Tensor) -> Tensor:
        share = input.sigmoid()
        return g * (share * (input * (-share + 1) + 1))

    return record("SiluBackward0", value, (input, rule))


def gelu(input: Tensor, *, approximate: str = "none") -> Tensor:
    """Compute ``x Phi(x)``, by the probability Phi that a number from N(0, 1) is smaller than x.

    Phi is ``(1 + erf(x / sqrt 2)) / 2``, or approximately ``(1 + tanh u) / 2`` of
    ``u = sqrt(2 / pi) (x + 0.044715 x^3)``.

    Args:
        input: any shape.
        approximate: "none" or "tanh".

    Raises:
        RuntimeError: for any other `approximate`.

    Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016
    """
    require_floats("gelu", input)
    if approximate not in ("none", "tanh"):
        raise RuntimeError(
            f"gelu: approximate argument must be either none or tanh, got {approximate!r}"
        )
    share, slope = (_erf, _erf_slope) if approximate == "none" else (_tanh, _tanh_slope)
    with no_grad():
        part = share(input)
        value = input * part

    def rule(g: Tensor) -> Tensor:
        # `part` again, without the work, but with its derivative, for second derivatives.
        again = record("GeluBackward0", creation.clone(part), (input, lambda h: h * slope(input)))
        return g * (again + input * slope(input))

    return record("GeluBackward0", value, (input, rule))


def _erf(x: Tensor) -> Tensor:
    return (elementwise.erf(x * sqrt(1 / 2)) + 1) * 0.5


def _erf_slope(x: Tensor) -> Tensor:
    return (x * x * -0.5).exp() * sqrt(1 / (2 * pi))


def _tanh(x: Tensor) -> Tensor:
    return (_argument(x).tanh() + 1) * 0.5


def _tanh_slope(x: Tensor) -> Tensor:
    y = _argument(x).tanh()
    return (-(y * y) + 1) * (x * x * (3 * CUBIC) + 1) * sqrt(1 / (2 * pi))


def _argument(x: Tensor) -> Tensor:
    return x * (x * x * CUBIC + 1) * sqrt(2 / pi)


def mish(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``x tanh(log(1 + e^x))`` elementwise.

    Gradient: ``t + x (1 - t^2) sigmoid(x)``, with that hyperbolic tangent t.

    Source: Misra, "Mish: A Self Regularized Non-Monotonic Activation Function", 2019
    """
    require_floats("mish", input)
    if inplace:
        return write_over(input, mish)

    def share(x: Tensor) -> Tensor:
        # log(1 + e^x) = -log sigmoid(-x), here in its form that does not overflow
        return (
            elementwise.clamp(x, min=0.0) + elementwise.log1p((-elementwise.abs(x)).exp())
        ).tanh()

    def rule(g: Tensor) -> Tensor:
        t = share(input)
        return g * (t + input * (-(t * t) + 1) * input.sigmoid())

    with no_grad():
        value = input * share(input)
    return record("MishBackward0", value, (input, rule))


def hardswish(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``x hardsigmoid(x)``: 0 up to -3, x from 3 on, ``x (x + 3) / 6`` between.

    Gradient: 0 at -3, 1 at 3.

    Source: Howard et al., "Searching for MobileNetV3", 2019
    """
    require_floats("hardswish", input)
    if inplace:
        return write_over(input, hardswish)
    with no_grad():
        value = input * (elementwise.clamp(input + 3, 0.0, 6.0) / 6)

    def rule(g: Tensor) -> Tensor:
        # Compared this way round so that NaN stays NaN.
        between = where(elementwise.ge(input, 3), 1.0, input / 3 + 0.5)
        return g * where(elementwise.le(input, -3), 0.0, between)

    return record("HardswishBackward0", value, (input, rule))


def glu(input: Tensor, dim: int = -1) -> Tensor:
    """Compute ``a sigmoid(b)`` for the two halves a and b of the input along `dim`.

    Args:
        input: (..., 2n, ...)
        dim: the dimension to halve.

    Returns:
        (..., n, ...)

    Raises:
        RuntimeError: if the size along `dim` is odd, or there is no dimension.
        IndexError: if there is no dimension `dim`.

    Source: Dauphin et al., "Language Modeling with Gated Convolutional Networks", 2017
    """
    require_floats("glu", input)
    if not input.shape:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    if not -len(input.shape) <= dim < len(input.shape):
        raise IndexError(
            f"glu: Dimension out of range (expected to be in range of [{-len(input.shape)}, "
            f"{len(input.shape) - 1}], but got {dim})"
        )
    size = input.shape[dim]
    if size % 2:
        raise RuntimeError(
            f"Halving dimension must be even, but dimension {dim % len(input.shape)} is size {size}"
        )
    half = size // 2
    through = shaping.narrow(input, dim, 0, half)
    return through * shaping.narrow(input, dim, half, half).sigmoid()
