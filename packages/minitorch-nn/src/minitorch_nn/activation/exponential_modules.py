"""Activations that level off exponentially below 0, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from .inplace_modules import InPlace

__all__ = ["ELU", "CELU", "SELU"]


class ELU(InPlace):
    """Apply ``x if x > 0 else alpha (e^x - 1)`` elementwise.

    Args:
        alpha: minus the least value.
        inplace: whether the result is written over the input.
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Return the exponential linear unit of `input`."""
        return F.elu(input, self.alpha, self.inplace)

    def _options(self) -> str:
        return f"alpha={self.alpha}"


class CELU(InPlace):
    """Apply ``x if x > 0 else alpha (e^(x / alpha) - 1)`` elementwise.

    Args:
        alpha: minus the least value; not 0.
        inplace: whether the result is written over the input.
    """

    def __init__(self, alpha: float = 1.0, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input: Tensor) -> Tensor:
        """Return the continuously differentiable unit of `input`."""
        return F.celu(input, self.alpha, self.inplace)

    def _options(self) -> str:
        return f"alpha={self.alpha}"


class SELU(InPlace):
    """Apply the scaled `ELU` that keeps the mean and variance of normal numbers.

    Args:
        inplace: whether the result is written over the input.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the scaled unit of `input`."""
        return F.selu(input, self.inplace)
