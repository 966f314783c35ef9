"""Losses of pairs and triplets, as modules; the functions have the mathematics."""

from __future__ import annotations

from collections.abc import Callable

from minitorch_autograd import Tensor

from ..distance.modules import PairwiseDistance
from . import functional as F
from .reduction import Loss, Reduction

__all__ = [
    "MarginRankingLoss",
    "HingeEmbeddingLoss",
    "CosineEmbeddingLoss",
    "TripletMarginLoss",
    "TripletMarginWithDistanceLoss",
]


class MarginRankingLoss(Loss):
    """By how much the input that should be the larger fails to exceed the other by a margin.

    Args:
        margin: by how much it should.
        reduction: "mean", "sum", or "none" for each element.
    """

    margin: float

    def __init__(self, margin: float = 0.0, *, reduction: Reduction = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """Return the loss of pairs: of target 1 the first should be larger, of -1 the second."""
        return F.margin_ranking_loss(
            input1, input2, target, margin=self.margin, reduction=self.reduction
        )


class HingeEmbeddingLoss(Loss):
    """A distance where the target is 1; what it lacks to a margin where it is -1.

    Args:
        margin: what is far enough.
        reduction: "mean", "sum", or "none" for each element.
    """

    margin: float

    def __init__(self, margin: float = 1.0, *, reduction: Reduction = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = margin

    def forward(self, input: Tensor, target: Tensor) -> Tensor:
        """Return the loss of a prediction, of which the target has the shape."""
        return F.hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


class CosineEmbeddingLoss(Loss):
    """What the cosine of an angle lacks to 1, or exceeds a margin by where it should be small.

    Args:
        margin: the cosine that is small enough.
        reduction: "mean", "sum", or "none" for each pair.
    """

    margin: float

    def __init__(self, margin: float = 0.0, *, reduction: Reduction = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = margin

    def forward(self, input1: Tensor, input2: Tensor, target: Tensor) -> Tensor:
        """Return the loss of pairs (N, D) or (D,): of target 1 they should be alike, of -1 not."""
        return F.cosine_embedding_loss(
            input1, input2, target, margin=self.margin, reduction=self.reduction
        )


class TripletMarginLoss(Loss):
    """By how much a negative fails to be farther from an anchor than a positive is.

    Args:
        margin: by how much farther it should be, above 0.
        p: of the norm.
        eps: added to each difference.
        swap: whether a negative near the positive counts instead.
        reduction: "mean", "sum", or "none" for each triplet.
    """

    margin: float
    p: float
    eps: float
    swap: bool

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        *,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        _check_margin("TripletMarginLoss", margin)
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the loss of triplets (N, D) or (D,)."""
        return F.triplet_margin_loss(
            anchor,
            positive,
            negative,
            margin=self.margin,
            p=self.p,
            eps=self.eps,
            swap=self.swap,
            reduction=self.reduction,
        )


class TripletMarginWithDistanceLoss(Loss):
    """`TripletMarginLoss` of any distance.

    Args:
        distance_function: of two tensors; `PairwiseDistance` if left out.
        margin: by how much farther the negative should be, above 0.
        swap: whether a negative near the positive counts instead.
        reduction: "mean", "sum", or "none" for each triplet.
    """

    distance_function: Callable[[Tensor, Tensor], Tensor]
    margin: float
    swap: bool

    def __init__(
        self,
        *,
        distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
        margin: float = 1.0,
        swap: bool = False,
        reduction: Reduction = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        _check_margin("TripletMarginWithDistanceLoss", margin)
        self.distance_function = distance_function or PairwiseDistance()
        self.margin = margin
        self.swap = swap

    def forward(self, anchor: Tensor, positive: Tensor, negative: Tensor) -> Tensor:
        """Return the loss of triplets."""
        return F.triplet_margin_with_distance_loss(
            anchor,
            positive,
            negative,
            distance_function=self.distance_function,
            margin=self.margin,
            swap=self.swap,
            reduction=self.reduction,
        )


def _check_margin(loss: str, margin: float) -> None:
    if not margin > 0:
        raise ValueError(f"{loss}: expected margin to be greater than 0, got {margin} instead")
