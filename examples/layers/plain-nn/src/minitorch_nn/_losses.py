"""Modules from a prediction and a target to a loss."""

from __future__ import annotations

from dataclasses import dataclass

from minitorch_autograd import Tensor

from . import functional as F
from ._module import Module


@dataclass(eq=False, repr=False, kw_only=True)
class MSELoss(Module):
    """The mean of squared differences."""

    reduction: str = "mean"

    def __call__(self, input: Tensor, target: Tensor, /) -> Tensor:
        return F.mse_loss(input, target, reduction=self.reduction)


@dataclass(eq=False, repr=False, kw_only=True)
class CrossEntropyLoss(Module):
    """The surprise at the right class, from logits."""

    reduction: str = "mean"

    def __call__(self, input: Tensor, target: Tensor, /) -> Tensor:
        return F.cross_entropy(input, target, reduction=self.reduction)
