"""Connectionist temporal classification as a module."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .ctc import Lengths
from .reduction import Reduction

__all__ = ["CTCLoss"]


class CTCLoss(Module):
    """Minus the logarithm of the probability of a sequence of labels, at any times.

    Args:
        blank: the class of no label.
        reduction: "none", "sum", or "mean", each loss being divided by its number of labels first.
        zero_infinity: whether a loss that is infinite, for lack of steps, and its gradient are 0.
    """

    blank: int
    reduction: Reduction
    zero_infinity: bool

    def __init__(
        self, blank: int = 0, reduction: Reduction = "mean", zero_infinity: bool = False
    ) -> None:
        super().__init__()
        self.blank = blank
        self.reduction = reduction
        self.zero_infinity = zero_infinity

    def forward(
        self,
        log_probs: Tensor,
        targets: Tensor,
        input_lengths: Lengths,
        target_lengths: Lengths,
    ) -> Tensor:
        """Return the loss of (T, N, C) or (T, C) for labels (N, S) or one after another."""
        return F.ctc_loss(
            log_probs,
            targets,
            input_lengths,
            target_lengths,
            self.blank,
            self.reduction,
            self.zero_infinity,
        )
