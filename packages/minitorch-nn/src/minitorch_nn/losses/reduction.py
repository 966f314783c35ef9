"""What becomes of the losses of many elements: their mean, their sum, or all of them."""

from __future__ import annotations

from typing import Literal, TypeAlias

from minitorch_autograd import Tensor

from ..core.module import Module

Reduction: TypeAlias = Literal["mean", "sum", "none"]


def reduce(losses: Tensor, reduction: Reduction) -> Tensor:
    """Return the mean or the sum of losses, or the losses as they are."""
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(f"{reduction} is not a valid value for reduction")


def check_same_shape(loss: str, input: Tensor, target: Tensor) -> None:
    """Raise where a target would be broadcast, which is rarely meant.

    Raises:
        ValueError: that says so.
    """
    if input.shape != target.shape:
        raise ValueError(
            f"{loss}: expected a target of the input's shape {input.shape}, got {target.shape}: "
            "reshape one, or expand it if broadcasting is meant"
        )


class Loss(Module):
    """A loss as a module.

    Args:
        reduction: "mean", "sum", or "none" for each element.
    """

    reduction: Reduction

    def __init__(self, *, reduction: Reduction = "mean") -> None:
        super().__init__()
        self.reduction = reduction
