"""Losses of predicted distributions, as modules; the functions have the mathematics."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .distribution import DivergenceReduction
from .reduction import Reduction

__all__ = ["KLDivLoss", "PoissonNLLLoss", "GaussianNLLLoss"]


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


class PoissonNLLLoss(Module):
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
    reduction: Reduction

    def __init__(
        self,
        log_input: bool = True,
        full: bool = False,
        *,
        eps: float = 1e-8,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__()
        self.log_input = log_input
        self.full = full
        self.eps = eps
        self.reduction = reduction

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


class GaussianNLLLoss(Module):
    """The negative logarithm of the density of a number, of a normal distribution.

    Args:
        full: whether to add the constant ``log(2 pi) / 2``.
        eps: the least variance.
        reduction: "mean", "sum", or "none" for each element.
    """

    full: bool
    eps: float
    reduction: Reduction

    def __init__(
        self, *, full: bool = False, eps: float = 1e-6, reduction: Reduction = "mean"
    ) -> None:
        super().__init__()
        self.full = full
        self.eps = eps
        self.reduction = reduction

    def forward(self, input: Tensor, target: Tensor, var: Tensor | float) -> Tensor:
        """Return the loss of predicted means and variances."""
        return F.gaussian_nll_loss(
            input, target, var, full=self.full, eps=self.eps, reduction=self.reduction
        )
