"""Losses of pairs and triplets: of what should be near, and what far."""

from __future__ import annotations

from collections.abc import Callable

from minitorch_autograd import Tensor, where

from ..common.extensions import elementwise
from ..distance.functional import pairwise_distance
from .reduction import Reduction, reduce

__all__ = [
    "margin_ranking_loss",
    "hinge_embedding_loss",
    "cosine_embedding_loss",
    "triplet_margin_loss",
    "triplet_margin_with_distance_loss",
]


def margin_ranking_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0.0,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``max(0, -y (a - b) + margin)``.

    Args:
        input1, input2: a and b, any shape.
        target: y: 1 where a should be the larger, -1 where b should.
        margin: by how much.
        reduction: "mean", "sum", or "none" for each element.

    Raises:
        RuntimeError: if the numbers of dimensions differ.

    Gradient: that of the second argument where the two are equal.
    """
    if not len(input1.shape) == len(input2.shape) == len(target.shape):
        raise RuntimeError(
            "margin_ranking_loss : All input tensors should have same dimension but got sizes: "
            f"input1: {input1.shape}, input2: {input2.shape}, target: {target.shape}"
        )
    return reduce(elementwise.clamp(-target * (input1 - input2) + margin, min=0.0), reduction)


def hinge_embedding_loss(
    input: Tensor, target: Tensor, margin: float = 1.0, *, reduction: Reduction = "mean"
) -> Tensor:
    """Return the mean of ``x`` where ``y = 1``, and of ``max(0, margin - x)`` where ``y = -1``.

    Args:
        input: distances x, any shape.
        target: y, which broadcasts with it: 1 of what should be near, -1 of what should be far.
            Of another y the sum of both is taken.
        margin: what is far enough.
        reduction: "mean", "sum", or "none" for each element.
    """
    near = where(elementwise.ne(target, -1.0), input, 0.0)
    far = where(elementwise.ne(target, 1.0), elementwise.clamp(-input + margin, min=0.0), 0.0)
    return reduce(near + far, reduction)


def cosine_embedding_loss(
    input1: Tensor,
    input2: Tensor,
    target: Tensor,
    margin: float = 0.0,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``1 - c`` where ``y = 1``, and of ``max(0, c - margin)`` where ``y = -1``.

    c is the cosine of the angle between a and b: ``a.b / sqrt((a.a + 1e-12) (b.b + 1e-12))``.

    Args:
        input1, input2: a and b, (N, D) or (D,)
        target: y, (N,) or (): 1 of what should be alike, -1 of what should not.
        margin: the cosine that is small enough, in [-1, 1].
        reduction: "mean", "sum", or "none" for each pair.

    Raises:
        RuntimeError: if the numbers of dimensions don't fit.
    """
    if len(target.shape) > 1:
        raise RuntimeError(
            "0D or 1D target tensor expected, multi-target not supported: cosine_embedding_loss "
            f"got {target.shape}"
        )
    ndim = len(target.shape)
    if not len(input1.shape) == len(input2.shape) == ndim + 1:
        raise RuntimeError(
            f"{ndim}D target tensor expects {ndim + 1}D input tensors, but found inputs with sizes "
            f"{list(input1.shape)} and {list(input2.shape)}."
        )
    squares = ((input1 * input1).sum(-1) + 1e-12) * ((input2 * input2).sum(-1) + 1e-12)
    cosine = (input1 * input2).sum(-1) / elementwise.sqrt(squares)
    alike = where(target == 1, -cosine + 1, 0.0)
    apart = where(target == -1, elementwise.clamp(cosine - margin, min=0.0), 0.0)
    return reduce(alike + apart, reduction)


def triplet_margin_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    margin: float = 1.0,
    p: float = 2.0,
    eps: float = 1e-6,
    swap: bool = False,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``max(0, |a - b| - |a - c| + margin)``, of the p-norm.

    Args:
        anchor, positive, negative: a, b that should be near it, and c that should be far: (N, D)
            or (D,)
        margin: by how much farther, above 0.
        p: of the norm.
        eps: added to each difference, so that the norm has a derivative where it would be 0.
        swap: whether the distance of b and c counts in place of that of a and c, where it is the
            smaller.
        reduction: "mean", "sum", or "none" for each triplet.

    Raises:
        ValueError: if the margin is not positive.
        RuntimeError: if the numbers of dimensions differ.

    Source: Balntas et al., "Learning shallow convolutional feature descriptors with triplet
    losses", 2016
    """
    return triplet_margin_with_distance_loss(
        anchor,
        positive,
        negative,
        distance_function=lambda x, y: pairwise_distance(x, y, p, eps),
        margin=margin,
        swap=swap,
        reduction=reduction,
    )


def triplet_margin_with_distance_loss(
    anchor: Tensor,
    positive: Tensor,
    negative: Tensor,
    *,
    distance_function: Callable[[Tensor, Tensor], Tensor] | None = None,
    margin: float = 1.0,
    swap: bool = False,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return `triplet_margin_loss` of any distance.

    Args:
        anchor, positive, negative: what the function takes, of as many dimensions.
        distance_function: of two tensors; the Euclidean distance if left out.
        margin, swap, reduction: as in `triplet_margin_loss`.

    Raises:
        ValueError: if the margin is not positive.
        RuntimeError: if the numbers of dimensions differ.
    """
    if not margin > 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    a, b, c = (len(x.shape) for x in (anchor, positive, negative))
    if not a == b == c:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of "
            f"dimensions, but got: anchor {a}D, positive {b}D, and negative {c}D inputs"
        )
    distance = distance_function or pairwise_distance
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = elementwise.minimum(far, distance(positive, negative))
    return reduce(elementwise.clamp(near - far + margin, min=0.0), reduction)
