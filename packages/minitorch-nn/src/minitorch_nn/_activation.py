"""Activation functions as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from ._module import Module


class Tanh(Module):
    """Apply tanh elementwise.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Tanh.html
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return ``tanh(x)``."""
        return input.tanh()


class Sigmoid(Module):
    """Apply ``1 / (1 + e^-x)`` elementwise.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the logistic function of `input`."""
        return input.sigmoid()


class ReLU(Module):
    """Apply ``max(x, 0)`` elementwise.

    Args:
        inplace: only shown: here a new tensor is made, whose values are the same.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ReLU.html
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return the positive part of `input`."""
        return input.relu()

    def extra_repr(self) -> str:
        return "inplace=True" if self.inplace else ""


class LeakyReLU(Module):
    """Apply ``x if x > 0 else negative_slope * x`` elementwise.

    Args:
        negative_slope: the slope below 0.
        inplace: only shown: here a new tensor is made, whose values are the same.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.LeakyReLU.html
    """

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with its negative part scaled."""
        return F.leaky_relu(input, self.negative_slope)

    def extra_repr(self) -> str:
        return f"negative_slope={self.negative_slope}" + (", inplace=True" if self.inplace else "")
