"""Losses of predicted probabilities of yes and no."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record

from ..activation.sigmoids import logsigmoid
from ..common.dtypes import require_floats
from ..common.extensions import elementwise, reductions
from .reduction import Reduction, check_same_shape, reduce

__all__ = ["binary_cross_entropy", "binary_cross_entropy_with_logits"]


def binary_cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``-w (y log x + (1 - y) log(1 - x))``.

    Args:
        input: probabilities x in [0, 1], any shape.
        target: y, of that shape.
        weight: w, which broadcasts to it.
        reduction: "mean", "sum", or "none" for each element.

    Raises:
        ValueError: if the shapes differ.
        RuntimeError: if the element types differ, or an element is NaN or outside [0, 1].

    Gradient: ``w (x - y) / max(x (1 - x), 1e-12)``. The logarithms are at least -100, so that the
        loss is finite at 0 and 1.
    """
    check_same_shape("binary_cross_entropy", input, target)
    if target.dtype is not input.dtype:
        raise RuntimeError(
            f"binary_cross_entropy: Found dtype {target.dtype} but expected {input.dtype}: cast "
            "the target"
        )
    require_floats("binary_cross_entropy", input)
    with no_grad():
        if not _probabilities(input):
            raise RuntimeError(
                "binary_cross_entropy: all elements of input should be between 0 and 1: for "
                "logits, use binary_cross_entropy_with_logits"
            )
        if not _probabilities(target):
            raise RuntimeError(
                "binary_cross_entropy: all elements of target should be between 0 and 1"
            )
        yes = elementwise.clamp(input.log(), min=-100.0)
        no = elementwise.clamp(elementwise.log1p(-input), min=-100.0)
        value = (target - 1) * no - target * yes

    def to_input(g: Tensor) -> Tensor:
        return g * (input - target) / elementwise.clamp(input * (-input + 1), min=1e-12)

    def to_target(g: Tensor) -> Tensor:
        return g * (elementwise.log1p(-input) - input.log())

    losses = record("BinaryCrossEntropyBackward0", value, (input, to_input), (target, to_target))
    return reduce(losses if weight is None else losses * weight, reduction)


def _probabilities(x: Tensor) -> bool:
    outside = elementwise.logical_or(x < 0, x > 1)
    return not bool(reductions.any(elementwise.logical_or(outside, (x == x) == 0)))  # or NaN


def binary_cross_entropy_with_logits(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    reduction: Reduction = "mean",
    pos_weight: Tensor | None = None,
) -> Tensor:
    """Return the mean of ``-w (q y log s(x) + (1 - y) log(1 - s(x)))``, s being the sigmoid.

    Since ``log(1 - s(x)) = log s(x) - x``, it is ``w ((1 - y) x - (1 + (q - 1) y) log s(x))``, in
    which nothing overflows.

    Args:
        input: logits x, any shape.
        target: y, of that shape.
        weight: w, which broadcasts to it.
        reduction: "mean", "sum", or "none" for each element.
        pos_weight: q, the weight of yes, which broadcasts too.

    Raises:
        ValueError: if the shapes differ.
    """
    if input.shape != target.shape:
        raise ValueError(
            f"Target size ({target.shape}) must be the same as input size ({input.shape})"
        )
    logarithm = logsigmoid(input)
    if not target.dtype.is_floating_point:
        raise RuntimeError(
            f"binary_cross_entropy_with_logits: result type {input.dtype} can't be cast to the "
            f"desired output type {target.dtype}: cast the target"
        )
    if pos_weight is not None:
        logarithm = logarithm * ((pos_weight - 1) * target + 1)
    losses = (-target + 1) * input - logarithm
    return reduce(losses if weight is None else losses * weight, reduction)
