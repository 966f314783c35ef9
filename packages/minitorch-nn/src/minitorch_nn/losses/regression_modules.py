"""Losses of predicted numbers, as modules; the functions have the mathematics."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .reduction import Reduction

__all__ = ["MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"]


class MSELoss(Module):
    """The mean squared error ``(x - y)^2``.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    reduction: Reduction

    def __init__(self, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.mse_loss(input, target, reduction=self.reduction)


class L1Loss(Module):
    """The mean absolute error ``|x - y|``.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    reduction: Reduction

    def __init__(self, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.l1_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(Module):
    """The absolute error, rounded to a parabola where it is below `beta`.

    Args:
        reduction: "mean", "sum", or "none" for each element.
        beta: where the parabola ends, at least 0.
    """

    reduction: Reduction
    beta: float

    def __init__(self, *, reduction: Reduction = "mean", beta: float = 1.0) -> None:
        super().__init__()
        self.reduction = reduction
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(Module):
    """The squared error where it is at most `delta`, linear beyond: `delta` times `SmoothL1Loss`.

    Args:
        reduction: "mean", "sum", or "none" for each element.
        delta: where the parabola ends, above 0.
    """

    reduction: Reduction
    delta: float

    def __init__(self, *, reduction: Reduction = "mean", delta: float = 1.0) -> None:
        super().__init__()
        if not isinstance(delta, (int, float)):
            raise TypeError(f"HuberLoss: delta must be a float or int, got: {type(delta).__name__}")
        self.reduction = reduction
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.huber_loss(input, target, reduction=self.reduction, delta=self.delta)
