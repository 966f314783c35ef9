"""Losses of predicted numbers."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, record

from ._reduction import Reduction, reduce


def mse_loss(input: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Return the mean of ``(x - y)^2``.

    Args:
        input: the prediction, any shape.
        target: of that shape; torch warns where it would broadcast, here it is an error.
        reduction: "mean", "sum", or "none" for the unreduced squares.

    Raises:
        ValueError: if the shapes differ.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
    """
    if input.shape != target.shape:
        raise ValueError(
            f"mse_loss: expected a target of the input's shape {input.shape}, got {target.shape}: "
            "reshape one, or expand it if broadcasting is meant"
        )
    with no_grad():
        difference = input - target
        value = reduce(difference * difference, reduction)
    scale = 2 / max(prod(input.shape), 1) if reduction == "mean" else 2.0
    return record(
        "MseLossBackward0",
        value,
        (input, lambda g: (input - target) * (g * scale)),
        (target, lambda g: (target - input) * (g * scale)),
    )
