"""Cross entropy of many classes, fused: neither probabilities nor their logarithms are kept."""

from __future__ import annotations

from minitorch_autograd import Tensor, arange, no_grad, record, zeros

from .._blocks import by_blocks, sum_rows
from .._extensions import indexing, offers
from ._softmax import softmax


def class_losses(input: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
    """Return ``-log softmax(x)[class] = log(sum e^x) - x[class]`` for each row, unrecorded.

    Args:
        input: logits, (N, C)
        classes: int64, (N,), all in [0, C)

    Returns:
        (N,), and ``log(sum e^x)``, (N, 1), for the gradient.
    """
    with no_grad():
        sums = zeros((input.shape[0], 1), dtype=input.dtype)
        by_blocks(_log_sum_exp, input, sums)
        return (sums - input.gather(1, classes.unsqueeze(1))).squeeze(1), sums


def _log_sum_exp(x: Tensor, sums: Tensor) -> None:
    # Less the largest, which is added again, so that no exponential overflows.
    largest = x.amax(1, keepdim=True)
    sums.copy_(sum_rows((x - largest).exp()).log() + largest)


def logits_gradient(g: Tensor, x: Tensor, classes: Tensor, sums: Tensor) -> Tensor:
    """Return ``g (softmax(x) - onehot(class))``, (N, C), of g (N,).

    It is computed from the logits again: reading them costs less than keeping N C probabilities.
    """

    def program(g: Tensor, x: Tensor, classes: Tensor, sums: Tensor, out: Tensor) -> None:
        out.copy_(_less_at((x - sums).exp() * g, classes, g))

    with no_grad():
        value = zeros(x.shape, dtype=x.dtype)
        column = g.unsqueeze(1)
        by_blocks(program, column, x, classes.unsqueeze(1), sums, value)

    def of_logits(h: Tensor) -> Tensor:
        y = softmax(x, 1)
        return y * (h - (h * y).sum(1, keepdim=True)) * g.unsqueeze(1)

    def of_gradient(h: Tensor) -> Tensor:
        chosen = h.gather(1, classes.unsqueeze(1)).squeeze(1)
        return (h * softmax(x, 1)).sum(1) - chosen

    return record("NllLossBackwardBackward0", value, (g, of_gradient), (x, of_logits))


def _less_at(y: Tensor, classes: Tensor, amounts: Tensor) -> Tensor:
    """Return `y` less an amount at the class of each row; all arguments have two dimensions."""
    if offers("scatter_add"):
        return indexing.scatter_add(y, 1, classes, -amounts)
    return y - (arange(y.shape[1]) == classes) * amounts
