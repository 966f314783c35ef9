"""Losses of predicted classes, as modules; the functions have the mathematics."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from .ctc import Lengths
from .reduction import Loss, Reduction

__all__ = ["NLLLoss", "CrossEntropyLoss", "BCELoss", "BCEWithLogitsLoss", "CTCLoss"]


class NLLLoss(Loss):
    """The negative of the logarithm that the right class is given.

    Args:
        weight: (C,), a factor for each class.
        ignore_index: the class of samples that count for nothing.
        reduction: "mean", "sum", or "none" for each sample.
    """

    weight: Tensor | None
    ignore_index: int

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of (N, C, ...) or (C,) for classes (N, ...) or ()."""
        return F.nll_loss(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
        )


class CrossEntropyLoss(Loss):
    """The negative logarithm of the probability that softmax gives to the right class.

    Args:
        weight: (C,), a factor for each class.
        ignore_index: the class of samples that count for nothing.
        reduction: "mean", "sum", or "none" for each sample.
        label_smoothing: how much of the target is spread over all classes, in [0, 1].
    """

    weight: Tensor | None
    ignore_index: int
    label_smoothing: float

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        ignore_index: int = -100,
        reduction: Reduction = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(reduction=reduction)
        self.register_buffer("weight", weight)
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of logits for classes, or for probabilities of the logits' shape."""
        return F.cross_entropy(
            input,
            target,
            weight=self.weight,
            ignore_index=self.ignore_index,
            reduction=self.reduction,
            label_smoothing=self.label_smoothing,
        )


class BCELoss(Loss):
    """The binary cross entropy ``-(y log x + (1 - y) log(1 - x))`` of probabilities.

    Args:
        weight: factors, which broadcast to the input.
        reduction: "mean", "sum", or "none" for each element.
    """

    weight: Tensor | None

    def __init__(self, weight: Tensor | None = None, *, reduction: Reduction = "mean") -> None:
        super().__init__(reduction=reduction)
        self.register_buffer("weight", weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.binary_cross_entropy(input, target, weight=self.weight, reduction=self.reduction)


class BCEWithLogitsLoss(Loss):
    """The binary cross entropy of logits: of ``sigmoid(x)``, without its overflow.

    Args:
        weight: factors, which broadcast to the input.
        reduction: "mean", "sum", or "none" for each element.
        pos_weight: factors of the targets' yes, which broadcast to the input.
    """

    weight: Tensor | None
    pos_weight: Tensor | None

    def __init__(
        self,
        weight: Tensor | None = None,
        *,
        reduction: Reduction = "mean",
        pos_weight: Tensor | None = None,
    ) -> None:
        super().__init__(reduction=reduction)
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.binary_cross_entropy_with_logits(
            input, target, weight=self.weight, reduction=self.reduction, pos_weight=self.pos_weight
        )


class CTCLoss(Loss):
    """Minus the logarithm of the probability of a sequence of labels, at any times.

    Args:
        blank: the class of no label.
        reduction: "none", "sum", or "mean", each loss being divided by its number of labels first.
        zero_infinity: whether a loss that is infinite, for lack of steps, and its gradient are 0.
    """

    blank: int
    zero_infinity: bool

    def __init__(
        self, blank: int = 0, reduction: Reduction = "mean", zero_infinity: bool = False
    ) -> None:
        super().__init__(reduction=reduction)
        self.blank = blank
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
