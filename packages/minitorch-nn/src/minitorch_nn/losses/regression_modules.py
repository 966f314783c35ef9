"""Losses of predicted numbers and distributions, as modules; the functions have the mathematics."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .distribution import DivergenceReduction
from .reduction import Loss, Reduction

__all__ = [
    "MSELoss",
    "L1Loss",
    "SmoothL1Loss",
    "HuberLoss",
    "KLDivLoss",
    "PoissonNLLLoss",
    "GaussianNLLLoss",
]


class MSELoss(Loss):
    """The mean squared error ``(x - y)^2``.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.mse_loss(input, target, reduction=self.reduction)


class L1Loss(Loss):
    """The mean absolute error ``|x - y|``.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.l1_loss(input, target, reduction=self.reduction)


class SmoothL1Loss(Loss):
    """The absolute error, rounded to a parabola where it is below `beta`.

    Args:
        reduction: "mean", "sum", or "none" for each element.
        beta: where the parabola ends, at least 0.
    """

    beta: float

    def __init__(self, *, reduction: Reduction = "mean", beta: float = 1.0) -> None:
        super().__init__(reduction=reduction)
        self.beta = beta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


class HuberLoss(Loss):
    """The squared error where it is at most `delta`, linear beyond: `delta` times `SmoothL1Loss`.

    Args:
        reduction: "mean", "sum", or "none" for each element.
        delta: where the parabola ends, above 0.
    """

    delta: float

    def __init__(self, *, reduction: Reduction = "mean", delta: float = 1.0) -> None:
        super().__init__(reduction=reduction)
        if not isinstance(delta, (int, float)):
            raise TypeError(f"HuberLoss: delta must be a float or int, got: {type(delta).__name__}")
        self.delta = delta

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.huber_loss(input, target, reduction=self.reduction, delta=self.delta)


class KLDivLoss(Module):
    """The Kullback-Leibler divergence ``y (log y - x)``, of logarithms x.

    Args:
        reduction: "mean" of all elements, "sum", "none", or "batchmean", the divergence itself.
        log_target: whether the target is given by its logarithms.
    """

    reduction: DivergenceReduction
    log_target: bool

    def __init__(
        self, *, reduction: DivergenceReduction = "mean", log_target: bool = False
    ) -> None:
        super().__init__()
        self.reduction = reduction
        self.log_target = log_target

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


class PoissonNLLLoss(Loss):
    """The negative logarithm of the probability of a count, of Poisson's distribution.

    Args:
        log_input: whether the input is the logarithm of the mean.
        full: whether to add Stirling's approximation of ``log y!``.
        eps: keeps the logarithm of a mean finite.
        reduction: "mean", "sum", or "none" for each element.
    """

    log_input: bool
    full: bool
    eps: float

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        *,
        eps: float = 1e-8,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        self.log_input = log_input
        self.full = full
        self.eps = eps

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.poisson_nll_loss(
            input,
            target,
            log_input=self.log_input,
            full=self.full,
            eps=self.eps,
            reduction=self.reduction,
        )


class GaussianNLLLoss(Loss):
    """The negative logarithm of the density of a number, of a normal distribution.

    Args:
        full: whether to add the constant ``log(2 pi) / 2``.
        eps: the least variance.
        reduction: "mean", "sum", or "none" for each element.
    """

    full: bool
    eps: float

    def __init__(
        self, *, full: bool = False, eps: float = 1e-6, reduction: Reduction = "mean"
    ) -> None:
        super().__init__(reduction=reduction)
        self.full = full
        self.eps = eps

    def forward(self, input: Tensor, target: Tensor, var: Tensor | float) -> Tensor:
        """Return the loss of predicted means and variances."""
        return F.gaussian_nll_loss(
            input, target, var, full=self.full, eps=self.eps, reduction=self.reduction
        )
