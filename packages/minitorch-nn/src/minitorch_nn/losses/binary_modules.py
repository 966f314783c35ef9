"""Losses of predicted probabilities of yes and no, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .reduction import Reduction

__all__ = ["BCELoss", "BCEWithLogitsLoss"]


class BCELoss(Module):
    """The binary cross entropy ``-(y log x + (1 - y) log(1 - x))`` of probabilities.

    Args:
        weight: factors, which broadcast to the input.
        reduction: "mean", "sum", or "none" for each element.
    """

    weight: Tensor | None
    reduction: Reduction

    def __init__(self, weight: Tensor | None = None, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.binary_cross_entropy(input, target, weight=self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(Module):
    """The binary cross entropy of logits: of ``sigmoid(x)``, without its overflow.

    Args:
        weight: factors, which broadcast to the input.
        reduction: "mean", "sum", or "none" for each element.
        pos_weight: factors of the targets' yes, which broadcast to the input.
    """

    weight: Tensor | None
    pos_weight: Tensor | None
    reduction: Reduction

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        reduction: Reduction = "mean",
        pos_weight: Tensor | None = None,
    ) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.binary_cross_entropy_with_logits(
            input, target, weight=self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )
