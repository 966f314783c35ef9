"""Softmax and its kin, along a dimension."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record_with_output


def log_softmax(input: Tensor, dim: int) -> Tensor:
    """Take the logarithm of softmax along `dim`: ``y = x - log sum e^x``.

    Gradient: ``g - e^y sum g``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html
    """
    with no_grad():
        # Less the largest, which cancels, so that no exponential overflows.
        shifted = input - input.amax(dim, keepdim=True)
        value = shifted - shifted.exp().sum(dim, keepdim=True).log()
    return record_with_output(
        "LogSoftmaxBackward0",
        value,
        (input, lambda g, y: g - y.exp() * g.sum(dim, keepdim=True)),
    )


def softmax(input: Tensor, dim: int) -> Tensor:
    """Take the exponentials along `dim`, scaled to a sum of 1: ``y = e^x / sum e^x``.

    Gradient: ``y (g - sum g y)``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html
    """
    with no_grad():
        # Less the largest, which cancels, so that no exponential overflows.
        exponentials = (input - input.amax(dim, keepdim=True)).exp()
        value = exponentials / exponentials.sum(dim, keepdim=True)
    return record_with_output(
        "SoftmaxBackward0",
        value,
        (input, lambda g, y: y * (g - (g * y).sum(dim, keepdim=True))),
    )
