"""Losses of predicted numbers: functions of the difference between prediction and target."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.dtypes import require_floats
from ..common.extensions import elementwise
from .reduction import Reduction, check_same_shape, reduce

__all__ = ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"]


def mse_loss(
    input: Tensor, target: Tensor, *, reduction: Reduction = "mean", weight: Tensor | None = None
) -> Tensor:
    """Return the mean of ``(x - y)^2``.

    Args:
        input: the prediction, any shape.
        target: of that shape; torch warns where it would broadcast, here it is an error.
        reduction: "mean", "sum", or "none" for the unreduced squares.
        weight: of that shape too: factors of the squares. The mean is then the weighted one.

    Raises:
        ValueError: if the shapes differ.
    """
    require_floats("mse_loss", input)
    check_same_shape("mse_loss", input, target)
    if weight is not None:
        difference = input - target
        return _weighted(difference * difference, weight, reduction)
    return _of_difference(
        "MseLossBackward0", input, target, reduction, lambda d: d * d, lambda d: d * 2
    )


def l1_loss(
    input: Tensor, target: Tensor, *, reduction: Reduction = "mean", weight: Tensor | None = None
) -> Tensor:
    """Return the mean of ``|x - y|``.

    Args:
        input: any shape.
        target, reduction, weight: as in `mse_loss`.

    Raises:
        ValueError: if the shapes differ.

    Gradient: 0 where x = y.
    """
    check_same_shape("l1_loss", input, target)
    losses = elementwise.abs(input - target)
    return reduce(losses, reduction) if weight is None else _weighted(losses, weight, reduction)


def smooth_l1_loss(
    input: Tensor, target: Tensor, *, reduction: Reduction = "mean", beta: float = 1.0
) -> Tensor:
    """Return the mean of ``d^2 / (2 beta)`` where ``d = |x - y| < beta``, else of ``d - beta/2``.

    Args:
        input: any shape.
        target, reduction: as in `mse_loss`.
        beta: at least 0, where it is `l1_loss`.

    Raises:
        ValueError: if the shapes differ.
        RuntimeError: if `beta` is negative.

    Source: Girshick, "Fast R-CNN", 2015, equation 3
    """
    require_floats("smooth_l1_loss", input)
    check_same_shape("smooth_l1_loss", input, target)
    if beta < 0:
        raise RuntimeError(
            f"smooth_l1_loss does not support negative values for beta, but got {beta}"
        )
    if beta == 0:
        return l1_loss(input, target, reduction=reduction)

    def loss(d: Tensor) -> Tensor:
        size = elementwise.abs(d)
        return where(size < beta, d * d * (0.5 / beta), size - 0.5 * beta)

    def slope(d: Tensor) -> Tensor:
        # Compared this way round so that NaN stays NaN.
        return where(elementwise.ge(elementwise.abs(d), beta), elementwise.sign(d), d / beta)

    return _of_difference("SmoothL1LossBackward0", input, target, reduction, loss, slope)


def huber_loss(
    input: Tensor,
    target: Tensor,
    *,
    reduction: Reduction = "mean",
    delta: float = 1.0,
    weight: Tensor | None = None,
) -> Tensor:
    """Return the mean of ``d^2 / 2`` where ``d = |x - y| <= h``, else of ``h (d - h/2)``.

    Args:
        input: any shape.
        target, reduction: as in `mse_loss`.
        delta: h, above 0.
        weight: of the input's shape: factors of the losses. The mean is still over their number.

    Raises:
        ValueError: if the shapes differ.
        RuntimeError: if `delta` is not positive.

    Source: Huber, "Robust Estimation of a Location Parameter", 1964
    """
    require_floats("huber_loss", input)
    check_same_shape("huber_loss", input, target)
    if delta <= 0:
        raise RuntimeError(
            f"huber_loss does not support non-positive values for delta, but got {delta}"
        )
    if weight is not None:
        losses = huber_loss(input, target, reduction="none", delta=delta)
        return reduce(_times(losses, weight), reduction)

    def loss(d: Tensor) -> Tensor:
        size = elementwise.abs(d)
        return where(size > delta, (size - 0.5 * delta) * delta, d * d * 0.5)

    def slope(d: Tensor) -> Tensor:
        return where(elementwise.abs(d) > delta, elementwise.sign(d) * delta, d)

    return _of_difference("HuberLossBackward0", input, target, reduction, loss, slope)


def _of_difference(
    name: str,
    input: Tensor,
    target: Tensor,
    reduction: Reduction,
    loss: Callable[[Tensor], Tensor],
    slope: Callable[[Tensor], Tensor],
) -> Tensor:
    """Reduce ``loss(x - y)``, whose derivative is ``slope(x - y)``, as one operation."""
    with no_grad():
        value = reduce(loss(input - target), reduction)
    scale = 1 / max(prod(input.shape), 1) if reduction == "mean" else 1.0
    return record(
        name,
        value,
        (input, lambda g: slope(input - target) * (g * scale)),
        (target, lambda g: slope(input - target) * (g * -scale)),
    )


def _weighted(losses: Tensor, weight: Tensor, reduction: Reduction) -> Tensor:
    weighted = _times(losses, weight)
    return weighted.sum() / weight.sum() if reduction == "mean" else reduce(weighted, reduction)


def _times(losses: Tensor, weight: Tensor) -> Tensor:
    if losses.shape != weight.shape:
        raise ValueError(
            f"Weights and input must have the same size, but got {weight.shape} and {losses.shape}"
        )
    return losses * weight
