"""Activations made of straight pieces: the rectifier and its variants."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, rand, record, where, zeros

from ..common.dtypes import require_floats
from ..common.extensions import creation, elementwise, indexing, types
from ..common.inplace import write_over

__all__ = [
    "relu",
    "relu_",
    "leaky_relu",
    "leaky_relu_",
    "rrelu",
    "rrelu_",
    "prelu",
    "threshold",
    "threshold_",
    "hardtanh",
    "hardtanh_",
    "relu6",
]


def relu(input: Tensor, inplace: bool = False) -> Tensor:
    """Compute ``max(x, 0)`` elementwise; the gradient is 0 at 0."""
    return relu_(input) if inplace else input.relu()


def relu_(input: Tensor) -> Tensor:
    """Same as `relu`, but in place."""
    return write_over(input, relu)


def leaky_relu(input: Tensor, negative_slope: float = 0.01, inplace: bool = False) -> Tensor:
    """Return x where it is positive, ``negative_slope * x`` elsewhere.

    Gradient: `negative_slope` at 0.
    """
    require_floats("leaky_relu", input)
    if inplace:
        return leaky_relu_(input, negative_slope)
    return _leaky("LeakyReluBackward0", input, negative_slope)


def leaky_relu_(input: Tensor, negative_slope: float = 0.01) -> Tensor:
    """Same as `leaky_relu`, but in place."""
    return write_over(input, lambda x: leaky_relu(x, negative_slope))


def rrelu(
    input: Tensor,
    lower: float = 1 / 8,
    upper: float = 1 / 3,
    training: bool = False,
    inplace: bool = False,
) -> Tensor:
    """Same as `leaky_relu`, but with a slope drawn from U(lower, upper) for each element.

    Without `training`, the slope is their mean.

    Raises:
        RuntimeError: if `lower` is larger than `upper`.

    Source: Xu et al., "Empirical Evaluation of Rectified Activations", 2015
    """
    require_floats("rrelu", input)
    if inplace:
        return rrelu_(input, lower, upper, training)
    if lower > upper:
        raise RuntimeError(
            f"rrelu: Lower bound should be less than or equal to the upper bound, got {lower} and "
            f"{upper}"
        )
    if not training:
        return _leaky("RreluWithNoiseBackward0", input, (lower + upper) / 2)
    with no_grad():
        slope = _drawn_slopes(input, lower, upper)
        value = input * slope
    return record("RreluWithNoiseBackward0", value, (input, lambda g: g * slope))


def _drawn_slopes(input: Tensor, lower: float, upper: float) -> Tensor:
    """Return 1 for positive elements; for the others, in order, numbers from U(lower, upper)."""
    flat = input.reshape((prod(input.shape),))
    places = indexing.nonzero(elementwise.le(flat, 0)).squeeze(1)
    u = rand(places.shape, dtype=types.float64)
    # The bounds as numbers of the type.
    low, high = ((zeros((), dtype=input.dtype) + x).to(types.float64) for x in (lower, upper))
    drawn = (u * (high - low) + low).to(input.dtype)
    ones = creation.ones(flat.shape, dtype=input.dtype)
    return indexing.scatter(ones, 0, places, drawn).reshape(input.shape)


def rrelu_(
    input: Tensor, lower: float = 1 / 8, upper: float = 1 / 3, training: bool = False
) -> Tensor:
    """Same as `rrelu`, but in place."""
    return write_over(input, lambda x: rrelu(x, lower, upper, training))


def _leaky(name: str, input: Tensor, slope: Tensor | float) -> Tensor:
    with no_grad():
        value = where(input > 0, input, input * slope)
    return record(name, value, (input, lambda g: where(input > 0, g, g * slope)))


def prelu(input: Tensor, weight: Tensor) -> Tensor:
    """Return x where it is positive, ``weight * x`` elsewhere.

    Args:
        input: (N, C, ...), or (N,) as one channel.
        weight: (C,), or one number for all channels.

    Raises:
        RuntimeError: if element types or numbers of channels differ.

    Gradient: `weight` at 0, and 0 for the weight.

    Source: He et al., "Delving Deep into Rectifiers", 2015
    """
    if input.dtype is not weight.dtype:
        raise RuntimeError(
            f"prelu: Type promoting not supported. Got {input.dtype} and {weight.dtype}"
        )
    slope = _by_channel(input, weight)
    with no_grad():
        value = where(input > 0, input, slope * input)
    return record(
        "PreluKernelBackward0",
        value,
        (input, lambda g: where(input > 0, g, slope * g)),
        (slope, lambda g: where(input > 0, 0.0, input * g)),
    )


def _by_channel(input: Tensor, weight: Tensor) -> Tensor:
    """Return the weight in a shape that meets dimension 1 of the input."""
    if weight.shape in ((), (1,)):
        return weight.reshape(())
    if not input.shape:
        raise RuntimeError("prelu: Not allow zero-dim input tensor with several weights")
    channels = input.shape[1] if len(input.shape) > 1 else 1
    if weight.shape != (channels,):
        raise RuntimeError(
            "Mismatch of parameter numbers and input channel size. Found a weight of shape "
            f"{weight.shape} and channel size = {channels}"
        )
    return weight.reshape((channels, *(1,) * (len(input.shape) - 2)))


def threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    """Return x where it is larger than `threshold`, `value` elsewhere.

    Gradient: 0 at the threshold.
    """
    if inplace:
        return threshold_(input, threshold, value)
    return _threshold(input, threshold, value)


def threshold_(input: Tensor, threshold: float, value: float) -> Tensor:
    """Same as `threshold`, but in place."""
    return write_over(input, lambda x: _threshold(x, threshold, value))


def _threshold(input: Tensor, bound: float, value: float) -> Tensor:
    bound, value = _in_its_type(input, bound, value)
    with no_grad():
        # Compared this way round so that NaN stays NaN.
        result = where(elementwise.le(input, bound), value, input).to(input.dtype)
    return record(
        "ThresholdBackward0",
        result,
        (input, lambda g: where(elementwise.le(input, bound), 0.0, g)),
    )


def hardtanh(
    input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False
) -> Tensor:
    """Clamp x to [min_val, max_val].

    Raises:
        ValueError: if `min_val` is larger than `max_val`.

    Gradient: 0 at the bounds.
    """
    if min_val > max_val:
        raise ValueError(
            f"hardtanh: min_val cannot be greater than max_val, got {min_val} and {max_val}"
        )
    if inplace:
        return hardtanh_(input, min_val, max_val)
    low, high = _in_its_type(input, min_val, max_val)
    if min_val < 0 <= low:
        raise RuntimeError("hardtanh: cannot do hardtanh on an unsigned type with negative limits")
    with no_grad():
        value = elementwise.clamp(input, low, high).to(input.dtype)

    def rule(g: Tensor) -> Tensor:
        return where((input > min_val) * (input < max_val), g, 0.0)

    return record("HardtanhBackward0", value, (input, rule))


def _in_its_type(x: Tensor, *numbers: float) -> tuple[float, ...]:
    """Return numbers as elements of `x` would be: whole ones, if these are.

    Raises:
        RuntimeError: if one is too large for that.
    """
    if x.dtype.is_floating_point:
        return numbers
    return tuple(creation.full((), one, dtype=x.dtype).item() for one in numbers)


def hardtanh_(input: Tensor, min_val: float = -1.0, max_val: float = 1.0) -> Tensor:
    """Same as `hardtanh`, but in place."""
    return write_over(input, lambda x: hardtanh(x, min_val, max_val))


def relu6(input: Tensor, inplace: bool = False) -> Tensor:
    """Clamp x to [0, 6]: ``min(max(x, 0), 6)``.

    Gradient: 0 at 0 and at 6.
    """
    return hardtanh(input, 0.0, 6.0, inplace)
