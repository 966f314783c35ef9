"""Losses of predicted classes, one of C for each sample or for each place of it."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from minitorch_autograd import Tensor, arange, int64, no_grad, record, where

from ..activation.softmaxes import log_softmax
from ..common.dtypes import require_floats
from ..common.fused import float16, in_float32
from .cross_entropy_kernel import class_losses, logits_gradient
from .reduction import Reduction, reduce

__all__ = ["nll_loss", "cross_entropy"]


def nll_loss(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
) -> Tensor:
    """Return the mean of ``-w[class] x[class]``, for logarithms of probabilities x.

    Args:
        input: (N, C), (N, C, d1, ...) or (C,)
        target: classes in [0, C), int64: (N,), (N, d1, ...) or ()
        weight: w, (C,); ones if left out. The mean is the weighted one, over the sum of
            ``w[class]``.
        ignore_index: the class of samples that count for nothing, in or out of range.
        reduction: "mean", "sum", or "none" for each sample.

    Raises:
        ValueError: if the numbers of samples differ.
        RuntimeError: if the target is not int64, or other sizes don't fit.
        IndexError: if a class is out of range.

    Gradient: ``-w[class]`` at the class of each sample (over the sum of those for the mean), 0
        elsewhere and for samples that are ignored.
    """
    require_floats("nll_loss", input)
    _check_classes(input, target, weight)
    dim = _class_dim(input)
    if not input.shape[dim] and _all_ignored(target, ignore_index):
        return _of_no_classes(input.sum(dim), reduction)
    chosen = _choose(input, target, weight, ignore_index)
    with no_grad():
        kept, classes, factors = chosen
        found = input.gather(dim, classes.unsqueeze(dim)).squeeze(dim)
        # An infinite loss times a factor of 0 would not be 0.
        losses = where(kept, -(found * factors), 0.0)
        if reduction == "mean":
            total = factors.sum()
            value = losses.sum() / total
            share = -(factors / total)
        else:
            value = reduce(losses.reshape(target.shape), reduction)
            share = -factors

    shape = input.shape

    def rule(g: Tensor) -> Tensor:
        size = (shape[dim], *(1,) * (len(shape) - dim - 1))
        at_class = arange(shape[dim]).reshape(size) == classes.unsqueeze(dim)
        return where(at_class, _of_kept(kept, g * share).unsqueeze(dim), 0.0)

    name = "NllLossBackward0" if len(input.shape) <= 2 else "NllLoss2DBackward0"
    return record(name, value, (input, rule))


def cross_entropy(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None = None,
    *,
    ignore_index: int = -100,
    reduction: Reduction = "mean",
    label_smoothing: float = 0.0,
) -> Tensor:
    """Return the mean of ``-w[class] log softmax(x)[class]``.

    Of probabilities p in place of a class it is ``- sum over c of p[c] w[c] log softmax(x)[c]``.
    With label smoothing s, a class is as the probabilities ``(1 - s) onehot(class) + s / C``, and
    probabilities are moved as much towards ``1 / C``.

    Args:
        input: logits, (N, C), (N, C, d1, ...) or (C,)
        target: classes in [0, C), int64: (N,), (N, d1, ...) or (); or probabilities of the shape
            of the input.
        weight: w, (C,). The mean is over the sum of ``w[class]``; of probabilities, over N.
        ignore_index: as in `nll_loss`, for classes only.
        reduction: "mean", "sum", or "none" for each sample.
        label_smoothing: s, in [0, 1].

    Raises:
        ValueError, RuntimeError, IndexError: as `nll_loss`; RuntimeError for a smoothing out of
            range.

    Gradient: ``softmax(x) - p`` for each sample, where there are no weights.

    Source: Szegedy et al., "Rethinking the Inception Architecture", 2016, section 7, for label
    smoothing
    """
    require_floats("cross_entropy", input)
    if not 0 <= label_smoothing <= 1:
        raise RuntimeError(
            f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing} for cross_entropy"
        )
    if not input.shape:
        raise IndexError(
            "Dimension out of range (expected to be in range of [-1, 0], but got 1): cross_entropy "
            "expects logits (N, C), (N, C, d1, ...) or (C,)"
        )
    if input.dtype is float16:
        options = {"reduction": reduction, "label_smoothing": label_smoothing}
        tensors = (input, target, weight)
        return in_float32(cross_entropy, *tensors, ignore_index=ignore_index, **options)
    if input.shape == target.shape:
        _check_probabilities(target, ignore_index)
        _check_weight(input, weight)
        return _of_probabilities(input, target, weight, reduction, label_smoothing)
    if len(input.shape) == 2 and input.shape[1] and not label_smoothing:
        return _of_classes(input, target, weight, ignore_index, reduction)
    logarithms = log_softmax(input, _class_dim(input))
    loss = nll_loss(logarithms, target, weight, ignore_index=ignore_index, reduction=reduction)
    classes = input.shape[_class_dim(input)]
    if label_smoothing == 0 or not classes:
        return loss
    # The smoothed part: the loss of all classes alike, by the weights and the mean of `loss`.
    kept, _, factors = _choose(input, target, weight, ignore_index)
    losses = where(kept, _spread(logarithms, weight), 0.0)
    even = (
        losses.sum() / factors.sum()
        if reduction == "mean"
        else reduce(losses.reshape(target.shape), reduction)
    )
    return loss * (1 - label_smoothing) + even * (label_smoothing / max(classes, 1))


def _of_classes(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    ignore_index: int,
    reduction: Reduction,
) -> Tensor:
    _check_classes(input, target, weight)
    kept, classes, factors = _choose(input, target, weight, ignore_index)
    rows = classes.reshape(input.shape[:1])
    losses, probabilities = class_losses(input, rows)
    with no_grad():
        # An infinite loss times a factor of 0 would not be 0.
        weighed = where(kept, losses * factors, 0.0)
        share = factors
        if reduction == "mean":
            total = factors.sum()
            value = weighed.sum() / total
            share = factors / total
        else:
            value = reduce(weighed.reshape(target.shape), reduction)

    def rule(g: Tensor) -> Tensor:
        shares = _of_kept(kept, g * share)
        return logits_gradient(shares.reshape(rows.shape), probabilities, rows)

    return record("NllLossBackward0", value, (input, rule))


def _of_no_classes(losses: Tensor, reduction: Reduction) -> Tensor:
    """Reduce losses where there is no class: they are 0, and as in torch their mean is NaN."""
    return losses.sum() / 0 if reduction == "mean" else reduce(losses, reduction)


def _all_ignored(target: Tensor, ignore_index: int) -> bool:
    return (target == ignore_index).sum().item() == prod(target.shape)


class _Chosen(NamedTuple):
    """What the classes of samples say of them."""

    kept: Tensor  # whether they are not ignored
    classes: Tensor  # their classes, 0 if ignored
    factors: Tensor  # the weights of their classes, 0 if ignored


def _choose(input: Tensor, target: Tensor, weight: Tensor | None, ignore_index: int) -> _Chosen:
    classes = target.reshape(()) if len(input.shape) == 1 else target
    kept = (classes == ignore_index) == 0
    classes = where(kept, classes, 0)
    with no_grad():
        try:
            input.gather(_class_dim(input), classes.unsqueeze(_class_dim(input)))
        except (IndexError, RuntimeError):
            raise IndexError(
                "Target is out of bounds: expected classes in "
                f"[0, {input.shape[_class_dim(input)]}) or {ignore_index}, which is ignored"
            ) from None
    if weight is None:
        return _Chosen(kept, classes, kept.to(input.dtype))
    weights = weight.detach().gather(0, classes.reshape((-1,))).reshape(classes.shape)
    return _Chosen(kept, classes, weights * kept)


def _of_kept(kept: Tensor, g: Tensor) -> Tensor:
    """Return the gradients of the losses, 0 of those that are ignored.

    Where all are, the mean and each share of it is 0 / 0, and the gradient is 0 all the same.
    """
    return where(kept, g, 0.0)


def _class_dim(input: Tensor) -> int:
    return 0 if len(input.shape) == 1 else 1


def _spread(logarithms: Tensor, weight: Tensor | None) -> Tensor:
    """Return ``- sum of w[c] x[c]`` for each sample."""
    dim = _class_dim(logarithms)
    weighted = logarithms if weight is None else logarithms * _along_classes(weight, logarithms)
    return -weighted.sum(dim)


def _along_classes(weight: Tensor, input: Tensor) -> Tensor:
    """Reshape the weights of classes so that they broadcast with the input."""
    return weight.reshape((weight.shape[0], *(1,) * (len(input.shape) - _class_dim(input) - 1)))


def _of_probabilities(
    input: Tensor,
    target: Tensor,
    weight: Tensor | None,
    reduction: Reduction,
    label_smoothing: float,
) -> Tensor:
    dim = _class_dim(input)
    classes = input.shape[dim]
    if label_smoothing > 0 and classes:
        target = target * (1 - label_smoothing) + label_smoothing / classes
    losses = _spread(log_softmax(input, dim) * target, weight)
    return reduce(losses, reduction) if classes else _of_no_classes(losses, reduction)


def _check_classes(input: Tensor, target: Tensor, weight: Tensor | None) -> None:
    shape, classes = input.shape, target.shape
    if not shape:
        raise ValueError("Expected 1 or more dimensions (got 0): nll_loss needs one of classes")
    if len(shape) == 1 and prod(classes) != 1:
        raise ValueError(
            f"For 1D input, 1D target must have size 1, but got target size: {prod(classes)}"
        )
    if len(shape) == 2 and len(classes) > 1:
        raise RuntimeError(
            f"0D or 1D target tensor expected, multi-target not supported: got {classes}"
        )
    if len(shape) > 1 and shape[:1] != classes[:1]:
        raise ValueError(
            f"Expected input batch_size ({shape[0]}) to match target batch_size ({classes[:1]})"
        )
    if len(shape) > 2 and shape[2:] != classes[1:]:
        raise RuntimeError(
            f"Expected target size {[shape[0], *shape[2:]]}, got {list(classes)}: size mismatch "
            f"(got input: {list(shape)} , target: {list(classes)})"
        )
    if target.dtype is not int64:
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target.dtype}")
    _check_weight(input, weight)


def _check_probabilities(target: Tensor, ignore_index: int) -> None:
    if not target.dtype.is_floating_point:
        raise RuntimeError(
            f"Expected floating point type for target with class probabilities, got {target.dtype}"
        )
    if ignore_index >= 0:
        raise RuntimeError("ignore_index is not supported for floating point target")


def _check_weight(input: Tensor, weight: Tensor | None) -> None:
    classes = input.shape[_class_dim(input)]
    if weight is not None and weight.shape != (classes,):
        raise RuntimeError(
            f"weight tensor should be defined either for all {classes} classes or no classes but "
            f"got weight tensor of shape: {list(weight.shape)}"
        )
