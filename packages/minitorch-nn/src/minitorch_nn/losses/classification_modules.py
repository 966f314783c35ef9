"""Losses of predicted classes, as modules; the functions have the mathematics."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .reduction import Reduction

__all__ = ["NLLLoss", "CrossEntropyLoss"]


class NLLLoss(Module):
    """The negative of the logarithm that the right class is given.

    Args:
        weight: (C,), a factor for each class.
        ignore_index: the class of samples that count for nothing.
        reduction: "mean", "sum", or "none" for each sample.
    """

    weight: Tensor | None
    ignore_index: int
    reduction: Reduction

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of (N, C, ...) or (C,) for classes (N, ...) or ()."""
        return F.nll_loss(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
        )


class CrossEntropyLoss(Module):
    """The negative logarithm of the probability that softmax gives to the right class.

    Args:
        weight: (C,), a factor for each class.
        ignore_index: the class of samples that count for nothing.
        reduction: "mean", "sum", or "none" for each sample.
        label_smoothing: how much of the target is spread over all classes, in [0, 1].
    """

    weight: Tensor | None
    ignore_index: int
    reduction: Reduction
    label_smoothing: float

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__()
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index
        self.reduction = reduction
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of logits for classes, or for probabilities of the logits' shape."""
        return F.cross_entropy(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )
