"""Activations that are straight above 0, and level off exponentially below."""

from __future__ import annotations

from typing import Final

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.dtypes import require_floats
from ..common.extensions import elementwise
from ..common.inplace import write_over

__all__ = ["elu", "elu_", "selu", "selu_", "celu", "celu_"]

# The fixed point of the means and variances of normal numbers that go through `selu`.
SELU_ALPHA: Final = 1.6732632423543772848170429916717
SELU_SCALE: Final = 1.0507009873554804934193349852946


def elu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return x where it is positive, ``alpha (e^x - 1)`` elsewhere.

    Gradient: `alpha` at 0.

    Source: Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear Units",
    2016
    """
    require_floats("elu", input)
    return elu_(input, alpha) if inplace else _exponential("EluBackward0", input, alpha)


def elu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """Same as `elu`, but in place."""
    return write_over(input, lambda x: elu(x, alpha))


def selu(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``scale elu(x, alpha)``, by which numbers from N(0, 1) keep their mean and variance.

    Gradient: ``scale alpha`` at 0.

    Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017
    """
    require_floats("selu", input)
    if inplace:
        return selu_(input)
    return _exponential("EluBackward0", input, SELU_ALPHA * SELU_SCALE, scale=SELU_SCALE)


def selu_(input: Tensor) -> Tensor:
    """Same as `selu`, but in place."""
    return write_over(input, selu)


def celu(input: Tensor, alpha: float = 1.0, inplace: bool = False) -> Tensor:
    """Return x where it is positive, ``alpha (e^(x / alpha) - 1)`` elsewhere.

    Raises:
        RuntimeError: if `alpha` is 0.

    Gradient: 1 at 0, where the pieces meet smoothly.

    Source: Barron, "Continuously Differentiable Exponential Linear Units", 2017
    """
    require_floats("celu", input)
    if alpha == 0:
        raise RuntimeError("ZeroDivisionError: alpha cannot be 0 for CELU")
    if inplace:
        return celu_(input, alpha)
    return _exponential("CeluBackward0", input, alpha, rate=1 / alpha)


def celu_(input: Tensor, alpha: float = 1.0) -> Tensor:
    """Same as `celu`, but in place."""
    return write_over(input, lambda x: celu(x, alpha))


def _exponential(
    name: str, input: Tensor, height: float, scale: float = 1.0, rate: float = 1.0
) -> Tensor:
    """Compute ``scale x`` where x is positive, ``height (e^(rate x) - 1)`` elsewhere."""

    def below(x: Tensor) -> Tensor:
        # No x is positive here, so that nothing overflows where it isn't used.
        return elementwise.clamp(x, max=0.0) * rate

    def rule(g: Tensor) -> Tensor:
        slope = below(input).exp() * (height * rate)
        return g * where(input > 0, scale, slope)

    with no_grad():
        falling = elementwise.expm1(below(input)) * height
        value = where(elementwise.ge(input, 0), input * scale, falling)  # -0 stays
    return record(name, value, (input, rule))
