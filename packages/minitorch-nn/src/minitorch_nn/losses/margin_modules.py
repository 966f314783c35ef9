"""Losses of scores that should exceed others by a margin, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from .reduction import Loss, Reduction

__all__ = ["SoftMarginLoss", "MultiMarginLoss", "MultiLabelMarginLoss", "MultiLabelSoftMarginLoss"]


class SoftMarginLoss(Loss):
    """The logistic loss ``log(1 + e^(-y x))``, y being -1 or 1.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.soft_margin_loss(input, target, reduction=self.reduction)


class MultiMarginLoss(Loss):
    """By how much the right class's score fails to exceed the others by a margin.

    Args:
        p: 1, or 2 for squares.
        margin: by how much it should.
        weight: (C,), a factor for each right class.
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        ValueError: of another `p`, or a weight that has not one dimension.
    """

    p: int
    margin: float
    weight: Tensor | None

    def __init__(
        self,
        p: int = 1,
        margin: float = 1.0,
        weight: Tensor | None = None,
        *,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        if p not in (1, 2):
            raise ValueError(f"only p == 1 and p == 2 supported, but got MultiMarginLoss of p={p}")
        if weight is not None and len(weight.shape) != 1:
            raise ValueError(
                "MultiMarginLoss: expected weight to be None or 1D tensor, got "
                f"{len(weight.shape)}D instead"
            )
        self.p = p
        self.margin = margin
        self.register_buffer("weight", weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of scores (N, C) or (C,) for classes (N,) or ()."""
        return F.multi_margin_loss(
            input,
            target,
            p=self.p,
            margin=self.margin,
            weight=self.weight,
            reduction=self.reduction,
        )


class MultiLabelMarginLoss(Loss):
    """By how much the scores of several right classes fail to exceed the others by 1.

    Args:
        reduction: "mean", "sum", or "none" for each sample.
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of scores (N, C) or (C,) for classes of that shape, ended by -1."""
        return F.multilabel_margin_loss(input, target, reduction=self.reduction)


class MultiLabelSoftMarginLoss(Loss):
    """The binary cross entropy of logits, a mean over classes.

    Args:
        weight: (C,), a factor for each class.
        reduction: "mean", "sum", or "none" for each sample.
    """

    weight: Tensor | None

    def __init__(self, weight: Tensor | None = None, *, reduction: Reduction = "mean") -> None:
        super().__init__(reduction=reduction)
        self.register_buffer("weight", weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.multilabel_soft_margin_loss(
            input, target, weight=self.weight, reduction=self.reduction
        )
