"""Activations that squeeze the line into an interval, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F

__all__ = ["Tanh", "Sigmoid", "LogSigmoid", "Softsign", "Softplus", "Hardsigmoid"]


class Tanh(Module):
    """Apply tanh elementwise."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``tanh(x)``."""
        return input.tanh()


class Sigmoid(Module):
    """Apply ``1 / (1 + e^-x)`` elementwise."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the logistic function of `input`."""
        return input.sigmoid()


class LogSigmoid(Module):
    """Apply ``log(1 / (1 + e^-x))`` elementwise."""

    def forward(self, input: Tensor) -> Tensor:
        """Return the logarithm of the logistic function."""
        return F.logsigmoid(input)


class Softsign(Module):
    """Apply ``x / (1 + |x|)`` elementwise."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x / (1 + |x|)``."""
        return F.softsign(input)


class Softplus(Module):
    """Apply ``log(1 + e^(beta x)) / beta`` elementwise.

    Args:
        beta: how sharp the bend at 0 is.
        threshold: the ``beta x`` above which x itself is taken.
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input: Tensor) -> Tensor:
        """Return the smooth rectifier of `input`."""
        return F.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        return f"beta={self.beta}, threshold={self.threshold}"


class Hardsigmoid(Module):
    """Apply ``x / 6 + 1 / 2``, clamped to [0, 1].

    Args:
        inplace: whether the result is written over the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the piecewise sigmoid of `input`."""
        return F.hardsigmoid(input, self.inplace)
