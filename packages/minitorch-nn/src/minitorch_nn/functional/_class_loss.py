"""Losses of predicted classes."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, arange, int64, no_grad, record

from ._reduction import Reduction, reduce
from ._softmax import log_softmax


def nll_loss(input: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Return the mean of ``-x[class]``, for logarithms of probabilities x.

    Gradient: -1 at the class of each sample (over N for the mean), 0 elsewhere.

    Args:
        input: (N, C) or (C,)
        target: classes in [0, C), int64: (N,) or ()
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        ValueError: if the numbers of samples differ.
        RuntimeError: if the target is not int64.
        IndexError: if a class is out of range.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.nll_loss.html
    """
    if target.dtype is not int64:
        raise RuntimeError(f"expected scalar type Long for the target classes, got {target.dtype}")
    if input.shape[:-1] != target.shape:
        raise ValueError(
            f"Expected input batch_size ({input.shape[:-1]}) to match target batch_size "
            f"({target.shape})"
        )
    with no_grad():
        try:
            chosen = input.gather(-1, target.unsqueeze(-1)).squeeze(-1)
        except (IndexError, RuntimeError) as error:
            raise IndexError(
                f"Target is out of bounds: expected classes in [0, {input.shape[-1]}): {error}"
            ) from None
        value = reduce(-chosen, reduction)
    scale = -1 / max(prod(target.shape), 1) if reduction == "mean" else -1.0

    def rule(g: Tensor) -> Tensor:
        chosen = arange(input.shape[-1]) == target.unsqueeze(-1)
        return (g * scale).unsqueeze(-1) * chosen

    return record("NllLossBackward0", value, (input, rule))


def cross_entropy(input: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Return the mean of ``-log softmax(x)[class]``.

    Args:
        input: logits, (N, C) or (C,)
        target: classes in [0, C), int64: (N,) or ()
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        ValueError, RuntimeError, IndexError: as `nll_loss`.

    Gradient: ``softmax(x) - onehot(class)`` for each sample.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.cross_entropy.html
    """
    return nll_loss(log_softmax(input, -1), target, reduction=reduction)
