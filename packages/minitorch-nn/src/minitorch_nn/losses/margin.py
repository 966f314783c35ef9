"""Losses of scores that should exceed others by a margin."""

from __future__ import annotations

from minitorch_autograd import Tensor, arange, int64, where

from ..activation.sigmoids import logsigmoid
from ..common.extensions import creation, elementwise, indexing, reductions
from .reduction import Reduction, check_same_shape, reduce

__all__ = [
    "soft_margin_loss",
    "multi_margin_loss",
    "multilabel_margin_loss",
    "multilabel_soft_margin_loss",
]


def soft_margin_loss(input: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Return the mean of ``log(1 + e^(-y x))``.

    Args:
        input: x, any shape.
        target: y, of that shape: -1 or 1.
        reduction: "mean", "sum", or "none" for each element.

    Raises:
        ValueError: if the shapes differ.
    """
    check_same_shape("soft_margin_loss", input, target)
    return reduce(-logsigmoid(target * input), reduction)


def multi_margin_loss(
    input: Tensor,
    target: Tensor,
    p: int = 1,
    margin: float = 1.0,
    weight: Tensor | None = None,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``sum over i != y of w[y] max(0, margin - x[y] + x[i])^p / C``.

    Args:
        input: scores x, (N, C) or (C,)
        target: right classes y in [0, C), int64: (N,), or () or (1,)
        p: 1 or 2.
        margin: by how much the right score should exceed the others.
        weight: w, (C,); ones if left out.
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        ValueError: if `p` is neither 1 nor 2.
        RuntimeError: if sizes don't fit, or a class is out of range.

    Gradient: 0 where a score is short of its margin by nothing.
    """
    if p not in (1, 2):
        raise ValueError(f"only p == 1 and p == 2 supported, but got multi_margin_loss of p={p}")
    scores = _rows(input)
    classes = target.reshape((-1,))
    _check_margin_operands(input, scores, target, weight)
    chosen = scores.gather(1, classes.unsqueeze(1))
    short = (scores - chosen + margin).relu()
    if p == 2:
        short = short * short
    if weight is not None:
        short = short * weight.gather(0, classes).unsqueeze(1)
    others = elementwise.ne(arange(scores.shape[1]), classes.unsqueeze(1))
    losses = where(others, short, 0.0).sum(1) / scores.shape[1]
    return reduce(losses.reshape(target.shape), reduction)


def multilabel_margin_loss(
    input: Tensor, target: Tensor, *, reduction: Reduction = "mean"
) -> Tensor:
    """Return the mean of ``sum of max(0, 1 - x[y] + x[i]) / C`` over right y and wrong i.

    Args:
        input: scores x, (N, C) or (C,)
        target: of that shape, int64: the right classes of each sample, then -1 if they are fewer
            than C; what follows a -1 is not read.
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        RuntimeError: if the shapes differ, or a class is out of range.

    Gradient: 0 where a score is short of its margin by nothing.
    """
    scores, labels = _rows(input), _rows(target)
    if input.shape != target.shape:
        raise RuntimeError(
            f"inconsistent target size: {list(target.shape)} for input of size: {list(input.shape)}"
        )
    _check_whole(target)
    _check_range("argument #2 'target' is out of range", labels, -1, scores.shape[1])
    count = scores.shape[1]
    read = reductions.cumsum((labels < 0).to(int64), 1) == 0
    classes = where(read, labels, 0)
    times = indexing.scatter_add(
        creation.zeros_like(scores.detach()), 1, classes, read.to(scores.dtype)
    )
    # Of each right class (N, C, 1) and each other (N, 1, C):
    short = (scores.unsqueeze(1) - scores.gather(1, classes).unsqueeze(2) + 1.0).relu()
    pairs = elementwise.logical_and(read.unsqueeze(2), (times == 0).unsqueeze(1))
    losses = where(pairs, short, 0.0).sum(2).sum(1) / count
    return reduce(losses.reshape(input.shape[:-1]), reduction)


def multilabel_soft_margin_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``-w (y log s(x) + (1 - y) log s(-x))``, s being the sigmoid.

    Args:
        input: x, (..., C)
        target: y, of that shape: 0 or 1.
        weight: w, which broadcasts to it.
        reduction: "mean", "sum", or "none" for the mean of each sample over its classes.
    """
    losses = -(target * logsigmoid(input) + (-target + 1) * logsigmoid(-input))
    if weight is not None:
        losses = losses * weight
    return reduce(losses.sum(-1) / input.shape[-1], reduction)


def _rows(x: Tensor) -> Tensor:
    """Return one sample as a batch of one."""
    return x if len(x.shape) > 1 else x.reshape((1, -1))


def _check_margin_operands(
    input: Tensor, scores: Tensor, target: Tensor, weight: Tensor | None
) -> None:
    if len(scores.shape) != 2:
        raise RuntimeError(
            "Expected non-empty vector or matrix with optional 0-dim batch size, but got: "
            f"{list(input.shape)}"
        )
    if len(target.shape) > 1 or target.reshape((-1,)).shape != scores.shape[:1]:
        raise RuntimeError(
            "multi_margin_loss: target tensor should be 1-D with size equal to the number of input "
            f"samples, {scores.shape[0]}, but got {list(target.shape)}"
        )
    if weight is not None and weight.shape != scores.shape[1:]:
        raise RuntimeError(
            f"inconsistent weight size, expected {scores.shape[1]} but got {list(weight.shape)}"
        )
    _check_whole(target)
    _check_range("target out of range", target, 0, scores.shape[1])


def _check_whole(target: Tensor) -> None:
    if target.dtype is not int64:
        raise RuntimeError(f"expected scalar type Long but found {target.dtype} for the target")


def _check_range(problem: str, classes: Tensor, low: int, high: int) -> None:
    if bool(reductions.any(elementwise.logical_or(classes < low, classes > high - 1))):
        raise RuntimeError(f"{problem}: expected classes in [{low}, {high})")
