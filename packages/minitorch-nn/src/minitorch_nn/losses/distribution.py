"""Losses of predicted distributions."""

from __future__ import annotations

from math import log, pi
from typing import Literal, TypeAlias

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.extensions import creation, elementwise, reductions
from .reduction import Reduction, reduce

__all__ = ["kl_div", "poisson_nll_loss", "gaussian_nll_loss"]

DivergenceReduction: TypeAlias = Literal["mean", "sum", "none", "batchmean"]


def kl_div(
    input: Tensor,
    target: Tensor,
    *,
    reduction: DivergenceReduction = "mean",
    log_target: bool = False,
) -> Tensor:
    """Return the mean of ``y (log y - x)``: the divergence of the prediction ``e^x`` from y.

    Args:
        input: x, logarithms of probabilities, any shape.
        target: y, probabilities, or their logarithms with `log_target`.
        reduction: "mean" over all elements, "sum", "none", or "batchmean", the sum over the size
            of the first dimension: the divergence itself.
        log_target: whether the target is given by its logarithms.

    Source: Kullback and Leibler, "On Information and Sufficiency", 1951
    """
    if log_target:
        losses = target.exp() * (target - input)
    else:
        losses = elementwise.xlogy(target, target) - target * input
    if reduction != "batchmean":
        return reduce(losses, reduction)
    return losses.sum() / input.shape[0] if input.shape else losses.sum()


def poisson_nll_loss(
    input: Tensor,
    target: Tensor,
    log_input: bool = True,
    full: bool = False,
    *,
    eps: float = 1e-8,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``e^x - y x``: of counts y, of which x is the logarithm of the mean.

    Args:
        input: x, any shape.
        target: y
        log_input: if False, the input is the mean m itself: ``m - y log(m + eps)``
        full: whether to add Stirling's approximation of ``log y!``, which no prediction changes,
            where y > 1: ``y log y - y + log(2 pi y) / 2``.
        eps: keeps the logarithm finite.
        reduction: "mean", "sum", or "none" for each element.
    """
    mean, logarithm = (input.exp(), input) if log_input else (input, (input + eps).log())
    losses = mean - target * logarithm
    if full:
        many = target > 1
        y = where(many, target, 1.0)  # keeps the logarithm of 0 out of the gradient
        stirling = y * y.log() - y + (y * (2 * pi)).log() * 0.5
        losses = losses + where(many, stirling, 0.0)
    return reduce(losses, reduction)


def gaussian_nll_loss(
    input: Tensor,
    target: Tensor,
    var: Tensor | float,
    full: bool = False,
    eps: float = 1e-6,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``(log v + (x - y)^2 / v) / 2``, v being ``max(var, eps)``.

    Args:
        input: x, the predicted means: (N, ..., D)
        target: y, of that shape.
        var: the predicted variances: of that shape, one for each (N, ...), or of that shape with
            one dimension of size 1; or one number for all.
        full: whether to add the constant ``log(2 pi) / 2``.
        eps: the least variance.
        reduction: "mean", "sum", or "none" for each element.

    Raises:
        ValueError: if a variance is negative, or their shape does not fit.

    Gradient: that of ``max(var, eps)`` is taken as 1, so that small variances can grow again.

    Source: Nix and Weigend, "Estimating the mean and variance of the target probability
    distribution", 1994
    """
    if not isinstance(var, Tensor):
        var = creation.full(input.shape, var, dtype=input.dtype)
    if bool(reductions.any(var < 0)):
        raise ValueError("gaussian_nll_loss: var has negative entry/entries")
    spread = _fitted(var, input)
    with no_grad():
        clamped = elementwise.clamp(spread, min=eps)
    variance = record("CloneBackward0", clamped, (spread, lambda g: g))
    difference = input - target
    losses = (variance.log() + difference * difference / variance) * 0.5
    return reduce(losses + 0.5 * log(2 * pi) if full else losses, reduction)


def _fitted(var: Tensor, input: Tensor) -> Tensor:
    """Return the variances in a shape that meets the input's."""
    if var.shape == input.shape:
        return var
    if var.shape == input.shape[:-1]:
        return var.unsqueeze(-1)
    if len(var.shape) == len(input.shape):
        other = [own for own, of in zip(var.shape, input.shape, strict=True) if own != of]
        if other == [1]:
            return var
    raise ValueError(f"var is of incorrect size: {var.shape} for an input of {input.shape}")
