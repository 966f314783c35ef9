"""Cross entropy of many classes, fused: what is kept for the way back are the probabilities."""

from __future__ import annotations

from minitorch_autograd import (
    Tensor,
    arange,
    empty_like,
    no_grad,
    record,
    record_with_output,
    zeros,
)

from ..activation.softmaxes import softmax_gradient
from ..common.extensions import indexing, offers
from ..common.fused import by_blocks, sum_rows


def class_losses(input: Tensor, classes: Tensor) -> tuple[Tensor, Tensor]:
    """Return ``-log softmax(x)[class] = log(sum e^x) - x[class]`` for each row, and softmax(x).

    Args:
        input: logits, (N, C)
        classes: int64, (N,), all in [0, C)

    Returns:
        (N,), unrecorded, and (N, C), recorded, for the gradient.
    """
    with no_grad():
        sums = zeros((input.shape[0], 1), dtype=input.dtype)
        probabilities = empty_like(input)
        by_blocks(_program, input, sums, probabilities)
        losses = (sums - input.gather(1, classes.unsqueeze(1))).squeeze(1)
    return losses, record_with_output(
        "SoftmaxBackward0", probabilities, (input, lambda g, y: softmax_gradient(g, y, 1))
    )


def _program(x: Tensor, sums: Tensor, probabilities: Tensor) -> None:
    # Less the largest, which is added again, so that no exponential overflows.
    largest = x.amax(1, keepdim=True)
    exponentials = (x - largest).exp()
    own = sum_rows(exponentials)
    sums.copy_(own.log() + largest)
    probabilities.copy_(exponentials / own)


def logits_gradient(g: Tensor, probabilities: Tensor, classes: Tensor) -> Tensor:
    """Return ``g (softmax(x) - onehot(class))``, (N, C), of g (N,)."""

    def program(g: Tensor, y: Tensor, classes: Tensor, out: Tensor) -> None:
        out.copy_(_less_at(y * g, classes, g))

    with no_grad():
        value = zeros(probabilities.shape, dtype=probabilities.dtype)
        by_blocks(program, g.unsqueeze(1), probabilities, classes.unsqueeze(1), value)

    def of_gradient(h: Tensor) -> Tensor:
        chosen = h.gather(1, classes.unsqueeze(1)).squeeze(1)
        return (h * probabilities).sum(1) - chosen

    return record(
        "NllLossBackwardBackward0",
        value,
        (g, of_gradient),
        (probabilities, lambda h: h * g.unsqueeze(1)),
    )


def _less_at(y: Tensor, classes: Tensor, amounts: Tensor) -> Tensor:
    """Return `y` less an amount at the class of each row; all arguments have two dimensions."""
    if offers("scatter_add"):
        return indexing.scatter_add(y, 1, classes, -amounts)
    return y - (arange(y.shape[1]) == classes) * amounts
