"""Losses as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from ._module import Module
from .functional._reduction import Reduction


class MSELoss(Module):
    """The mean squared error ``(x - y)^2``.

    Args:
        reduction: "mean", "sum", or "none" for the unreduced squares.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html
    """

    def __init__(self, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.reduction: Reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction."""
        return F.mse_loss(input, target, reduction=self.reduction)


class CrossEntropyLoss(Module):
    """The negative logarithm of the probability that softmax gives to the right class.

    Args:
        reduction: "mean", "sum", or "none" for the loss of each sample.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html
    """

    def __init__(self, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.reduction: Reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of logits (N, C) or (C,) for classes (N,) or ()."""
        return F.cross_entropy(input, target, reduction=self.reduction)
