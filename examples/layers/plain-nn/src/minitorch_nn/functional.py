"""The functions that modules call: each a composition of the autograd layer's operations.

There is no derivative here. A composition costs more calls than a fused operation with a rule of
its own, and less reading.
"""

from __future__ import annotations

from minitorch_autograd import Tensor, empty_like, no_grad, where

__all__ = [
    "cross_entropy",
    "dropout",
    "leaky_relu",
    "linear",
    "log_softmax",
    "mse_loss",
    "relu",
    "sigmoid",
    "softmax",
    "tanh",
]


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Map (..., in) by a weight (out, in) and a bias (out,) to x Wᵀ + b (..., out)."""
    product = input @ weight.t()
    return product if bias is None else product + bias


def tanh(input: Tensor) -> Tensor:
    """Take the hyperbolic tangent."""
    return input.tanh()


def sigmoid(input: Tensor) -> Tensor:
    """Take 1 / (1 + e^−x)."""
    return input.sigmoid()


def relu(input: Tensor) -> Tensor:
    """Take x where it is positive, 0 elsewhere."""
    return input.relu()


def leaky_relu(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Take x where it is positive, `negative_slope` of it elsewhere."""
    return where(input > 0, input, input * negative_slope)


def dropout(input: Tensor, p: float = 0.5, training: bool = True) -> Tensor:
    """In training, put 0 in place of elements with probability p; the others grow to match."""
    check_probability(p)
    if not training or p == 0:
        return input
    if p == 1:
        return input * 0.0
    with no_grad():
        noise = empty_like(input).bernoulli_(1 - p) / (1 - p)
    return input * noise


def check_probability(p: float) -> None:
    """Raise ValueError unless `p` is in [0, 1]."""
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def log_softmax(input: Tensor, dim: int) -> Tensor:
    """Take x − log Σ e^x along `dim`; less the largest x, so that no power overflows."""
    shifted = input - input.amax(dim, keepdim=True).detach()
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


def softmax(input: Tensor, dim: int) -> Tensor:
    """Take e^x / Σ e^x along `dim`."""
    return log_softmax(input, dim).exp()


def mse_loss(input: Tensor, target: Tensor, *, reduction: str = "mean") -> Tensor:
    """Take (x − y)², reduced by "mean", "sum", or "none"."""
    if input.shape != target.shape:
        raise ValueError(f"mse_loss: sizes differ: {input.shape} and {target.shape}")
    difference = input - target
    return _reduced(difference * difference, reduction)


def cross_entropy(input: Tensor, target: Tensor, *, reduction: str = "mean") -> Tensor:
    """Take −log p of the right classes (N,), where p is the softmax of logits (N, C)."""
    classes = 1 if len(input.shape) > 1 else 0
    if input.shape[:classes] != target.shape[:classes]:
        raise ValueError(
            f"Expected input batch_size {input.shape[:classes]} to match target batch_size "
            f"{target.shape[:classes]}"
        )
    try:
        log_p = log_softmax(input, classes).gather(classes, target.unsqueeze(classes))
    except (IndexError, RuntimeError) as error:
        raise IndexError(f"Target is out of bounds: {error}") from None
    return _reduced(-log_p.squeeze(classes), reduction)


def _reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    if reduction not in ("mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return losses.mean() if reduction == "mean" else losses.sum()
