"""The functions beneath the modules: no state, all arguments explicit.

Fused operations use `record`, the seam that autograd's own operations use: the value is computed
with recording off, and each input has a rule of its own.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html
"""

from __future__ import annotations

from math import prod
from typing import Literal, TypeAlias

from minitorch_autograd import (
    Tensor,
    arange,
    int64,
    no_grad,
    rand,
    record,
    record_with_output,
    where,
)

__all__ = [
    "cross_entropy",
    "dropout",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "nll_loss",
    "relu",
    "sigmoid",
    "softmax",
    "tanh",
]

Reduction: TypeAlias = Literal["mean", "sum", "none"]


# --- Activations


def tanh(input: Tensor) -> Tensor:
    """Take the hyperbolic tangent elementwise."""
    return input.tanh()


def sigmoid(input: Tensor) -> Tensor:
    """Take ``1 / (1 + e^-x)`` elementwise."""
    return input.sigmoid()


def relu(input: Tensor) -> Tensor:
    """Take ``max(x, 0)`` elementwise; the gradient is 0 at 0."""
    return input.relu()


def leaky_relu(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Take x where it is positive, ``negative_slope * x`` elsewhere.

    Gradient: `negative_slope` at 0.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.leaky_relu.html
    """
    with no_grad():
        value = where(input > 0, input, input * negative_slope)
    return record(
        "LeakyReluBackward0", value, (input, lambda g: where(input > 0, g, g * negative_slope))
    )


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


# --- Layers


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Apply a linear map: ``y = x W^T + b``.

    Args:
        input: (..., in_features)
        weight: (out_features, in_features)
        bias: (out_features,)

    Returns:
        (..., out_features)

    Raises:
        RuntimeError: if the sizes don't fit.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
    """
    with no_grad():
        product = input @ weight.t()
        value = product if bias is None else product + bias
    edges = [
        (input, lambda g: g @ weight),
        (weight, lambda g: _rows(g).t() @ _rows(input)),
    ]
    if bias is not None:
        edges.append((bias, lambda g: g))
    return record("AddmmBackward0" if bias is not None else "MmBackward0", value, *edges)


def _rows(x: Tensor) -> Tensor:
    """See `x` as a matrix with its last dimension in rows."""
    return x if len(x.shape) == 2 else x.reshape((-1, x.shape[-1]))


def check_probability(p: float) -> None:
    """Raise ValueError if `p` is not in [0, 1]."""
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to 0 with probability `p`, and scale the others by ``1 / (1 - p)``.

    Args:
        input: any shape.
        p: the probability, in [0, 1].
        training: whether to do it at all.
        inplace: accepted for torch's sake; a new tensor is made.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
    """
    check_probability(p)
    if not training or p == 0:
        return input
    if p == 1:
        return input * 0.0
    kept = (rand(input.shape, dtype=input.dtype) < 1 - p).to(input.dtype)
    return input * (kept / (1 - p))


# --- Losses


def _reduce(losses: Tensor, reduction: Reduction) -> Tensor:
    if reduction == "mean":
        return losses.mean()
    if reduction == "sum":
        return losses.sum()
    if reduction == "none":
        return losses
    raise ValueError(f"{reduction} is not a valid value for reduction")


def mse_loss(input: Tensor, target: Tensor, *, reduction: Reduction = "mean") -> Tensor:
    """Return the mean of ``(x - y)^2``.

    Args:
        input: the prediction, any shape.
        target: of that shape; torch warns where it would broadcast, here it is an error.
        reduction: "mean", "sum", or "none" for the unreduced squares.

    Raises:
        ValueError: if the shapes differ.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.mse_loss.html
    """
    if input.shape != target.shape:
        raise ValueError(
            f"mse_loss: expected a target of the input's shape {input.shape}, got {target.shape}: "
            "reshape one, or expand it if broadcasting is meant"
        )
    with no_grad():
        difference = input - target
        value = _reduce(difference * difference, reduction)
    scale = 2 / max(prod(input.shape), 1) if reduction == "mean" else 2.0
    return record(
        "MseLossBackward0",
        value,
        (input, lambda g: (input - target) * (g * scale)),
        (target, lambda g: (target - input) * (g * scale)),
    )


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
        value = _reduce(-chosen, reduction)
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
