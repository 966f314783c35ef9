"""Batch normalisation, and instance normalisation, which is the same of one image."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, record

from ..common.dtypes import require_floats
from ..common.extensions import elementwise
from ..common.fused import float16, in_float32
from .kernels import (
    Layout,
    Sets,
    affine,
    as_channels,
    by_channel,
    by_row,
    layout_of,
    normalise,
    sets_of,
    sum_by_channel,
)

__all__ = ["batch_norm", "instance_norm"]


def batch_norm(
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,
    momentum: float | Tensor = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise each channel over the batch: ``y = (x - mean) / sqrt(var + eps) w + b``.

    In training mean and variance are the batch's own, and the running ones go a step towards
    them: ``running += momentum (own - running)``, of the unbiased variance. Otherwise they are the
    running ones.

    Args:
        input: (N, C, ...)
        running_mean: (C,), or None in training.
        running_var: (C,), or None in training.
        weight: (C,), 1 unless given.
        bias: (C,), 0 unless given.
        training: whether the batch's own mean and variance are taken.
        momentum: the step of the running ones, in [0, 1].
        eps: added to the variance.

    Returns:
        The shape of `input`.

    Raises:
        ValueError: if there is only one value for each channel in training, or `eps` is then not
            positive, or one of the running tensors comes without the other.
        RuntimeError: if there are no running tensors outside training, or sizes don't fit.
        IndexError: if `input` has fewer than two dimensions.

    Gradient: in training through mean and variance, too; see `kernels.py`.
    """
    require_floats("batch_norm", input)
    if len(input.shape) < 2:
        raise IndexError(
            f"batch_norm: Dimension out of range: expected an input (N, C, ...), got {input.shape}"
        )
    if training:
        _refuse_training(input, running_mean, running_var, eps)
    elif running_mean is None or running_var is None:
        missing = "running_mean" if running_mean is None else "running_var"
        raise RuntimeError(f"{missing} must be defined in evaluation mode")
    elif eps < 0:
        raise ValueError(f"batch_norm eps must be non-negative, but got {eps}")
    _check_sizes(input.shape[1], running_mean, running_var, weight, bias)
    if input.dtype is float16:

        def wide(x: Tensor, w: Tensor | None, b: Tensor | None) -> Tensor:
            return batch_norm(x, running_mean, running_var, w, b, training, momentum, eps)

        return in_float32(wide, input, weight, bias)
    if 0 in input.shape:
        return _nothing(input, weight, bias)
    layout = layout_of(input.shape, input.shape[1], together=True)
    if not training and running_mean is not None and running_var is not None:
        return _fixed(input, running_mean, running_var, weight, bias, eps, layout)
    sets = sets_of(input, eps, layout)
    _update(sets, running_mean, running_var, momentum)
    return normalise("NativeBatchNormBackward0", sets, weight, bias)


def instance_norm(
    input: Tensor,
    running_mean: Tensor | None = None,
    running_var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float | Tensor = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise each channel of each image: ``y = (x - mean) / sqrt(var + eps) w + b``.

    Args:
        input: (N, C, ...)
        running_mean: (C,); goes a step towards the mean over the images' means.
        running_var: (C,); goes a step towards the mean over the images' unbiased variances.
        weight: (C,), 1 unless given.
        bias: (C,), 0 unless given.
        use_input_stats: whether mean and variance are the images' own; else the running ones.
        momentum: the step of the running ones, in [0, 1].
        eps: added to the variance.

    Returns:
        The shape of `input`.

    Raises:
        ValueError: if there is only one value for each channel of an image.
        RuntimeError: if there are no running tensors without `use_input_stats`, or sizes don't
            fit.

    Gradient: through mean and variance, too, where they are the images' own.

    Source: Ulyanov, Vedaldi, Lempitsky, "Instance Normalization", 2016
    """
    if use_input_stats and prod(input.shape[2:]) == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {_size(input)}"
        )
    if not use_input_stats and (running_mean is None or running_var is None):
        raise RuntimeError(
            "Expected running_mean and running_var to be defined when use_input_stats is false"
        )
    _check_sizes(input.shape[1], running_mean, running_var, weight, bias)
    if input.dtype is float16:

        def wide(x: Tensor, w: Tensor | None, b: Tensor | None) -> Tensor:
            return instance_norm(x, running_mean, running_var, w, b, use_input_stats, momentum, eps)

        return in_float32(wide, input, weight, bias)
    if 0 in input.shape:
        return _nothing(input, weight, bias)
    layout = layout_of(input.shape, input.shape[1])
    # Copies, as torch repeats them for each image: they may be written before the way back.
    weight, running = (None if one is None else one * 1.0 for one in (weight, running_mean))
    if not use_input_stats and running is not None and running_var is not None:
        return _fixed(input, running, running_var, weight, bias, eps, layout)
    sets = sets_of(input, eps, layout)
    _update(sets, running_mean, running_var, momentum)
    return normalise("NativeBatchNormBackward0", sets, weight, bias)


def _refuse_training(
    input: Tensor, running_mean: Tensor | None, running_var: Tensor | None, eps: float
) -> None:
    if prod(input.shape) == input.shape[1] > 0:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {_size(input)}"
        )
    if (running_mean is None) != (running_var is None):
        raise ValueError("running_mean and running_var must either both be None or neither be None")
    if eps <= 0:
        raise ValueError(f"batch_norm eps must be positive during training, but got {eps}")


def _check_sizes(
    channels: int,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None,
    bias: Tensor | None,
) -> None:
    for name, one in (
        ("running_mean", running_mean),
        ("running_var", running_var),
        ("weight", weight),
        ("bias", bias),
    ):
        if one is not None and one.shape != (channels,):
            raise RuntimeError(
                f"{name} should contain {channels} elements not {prod(one.shape)}: one for each "
                "channel of the input"
            )


def _nothing(input: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    """Return the result for an input without elements; the parameters have gradients of zeros."""
    scaled = by_channel(input, weight) * 1.0
    return scaled if bias is None else scaled + as_channels(bias, len(input.shape))


def _fixed(
    input: Tensor,
    mean: Tensor,
    variance: Tensor,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
    layout: Layout,
) -> Tensor:
    """Normalise with a mean and variance that don't depend on the input."""
    ndim = len(input.shape)
    with no_grad():
        r = elementwise.rsqrt(variance + eps)
        a = r if weight is None else r * weight
        b = -(a * mean) if bias is None else bias - a * mean
        value = affine(input, by_row(a, layout), by_row(b, layout), layout)
    edges = [(input, lambda g: by_channel(by_channel(g, weight), r))]
    if weight is not None:
        edges.append((weight, lambda g: sum_by_channel(g * (input - as_channels(mean, ndim))) * r))
    if bias is not None:
        edges.append((bias, sum_by_channel))
    return record("NativeBatchNormBackward0", value, *edges)


def _update(
    sets: Sets, running_mean: Tensor | None, running_var: Tensor | None, momentum: float | Tensor
) -> None:
    """Let the running tensors go a step towards the mean over the images of the sets' own."""
    if running_mean is None or running_var is None:
        return
    images, channels, _, _ = layout = sets.layout
    with no_grad():
        unbiased = sets.variance * (layout.set_size / (layout.set_size - 1))
        for running, own in ((running_mean, sets.mean), (running_var, unbiased)):
            new = own.reshape((images, channels)).mean(0)
            running.copy_(running + (new - running) * momentum)


def _size(input: Tensor) -> str:
    return f"torch.Size({list(input.shape)})"
