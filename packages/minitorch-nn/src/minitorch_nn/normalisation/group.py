"""Normalisation by groups of channels, and by neighbouring channels."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, zeros

from ..common.dtypes import require_floats
from ..common.extensions import elementwise, shaping
from ..common.fused import float16, in_float32
from .kernels import as_channels, by_channel, layout_of, normalise, sets_of

__all__ = ["group_norm", "local_response_norm"]


def group_norm(
    input: Tensor,
    num_groups: int,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Normalise groups of channels of each image: ``y = (x - mean) / sqrt(var + eps) w + b``.

    Args:
        input: (N, C, ...)
        num_groups: the number of groups, which divides C.
        weight: (C,), 1 unless given.
        bias: (C,), 0 unless given.
        eps: added to the variance.

    Returns:
        The shape of `input`.

    Raises:
        RuntimeError: if the sizes don't fit, or `num_groups` is not positive.
        ValueError: if there is one image with only one value in each group.

    Gradient: through mean and variance, too; see `kernels.py`.

    Source: Wu and He, "Group Normalization", 2018
    """
    require_floats("group_norm", input)
    _check_group_norm(input, num_groups, weight, bias)
    if input.dtype is float16:
        return in_float32(group_norm, input, num_groups, weight, bias, eps)
    if 0 in input.shape:
        scaled = by_channel(input, weight) * 1.0
        return scaled if bias is None else scaled + as_channels(bias, len(input.shape))
    sets = sets_of(input, eps, layout_of(input.shape, num_groups))
    return normalise("NativeGroupNormBackward0", sets, weight, bias)


def _check_group_norm(
    input: Tensor, num_groups: int, weight: Tensor | None, bias: Tensor | None
) -> None:
    shape = input.shape
    if len(shape) < 2:
        raise RuntimeError(
            f"group_norm: Expected at least 2 dimensions for input tensor but received {len(shape)}"
        )
    if num_groups <= 0:
        raise RuntimeError(
            f"group_norm: Expected num groups to be greater than 0, got {num_groups}"
        )
    if shape[1] % num_groups:
        raise RuntimeError(
            "group_norm: Expected number of channels in input to be divisible by num_groups, but "
            f"got input of shape {list(shape)} and num_groups={num_groups}"
        )
    if prod(shape) == num_groups:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {list(shape)}"
        )
    for name, one in (("weight", weight), ("bias", bias)):
        if one is not None and one.shape != (shape[1],):
            raise RuntimeError(
                f"group_norm: Expected {name} to be a vector of size equal to the number of "
                f"channels in input, but got {name} of shape {list(one.shape)} and input of shape "
                f"{list(shape)}"
            )


def local_response_norm(
    input: Tensor, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> Tensor:
    """Divide by what neighbouring channels answer: ``y = x / (k + alpha mean(x^2))^beta``.

    The mean is over `size` channels, with zeros beyond the first and the last: half of them, and
    for an even size one more, come before the channel itself.

    Args:
        input: (N, C, L, ...)
        size: the number of neighbours.
        alpha: the weight of the mean.
        beta: the exponent.
        k: what stands beside the mean.

    Returns:
        The shape of `input`.

    Raises:
        ValueError: if `input` has fewer than three dimensions.
        RuntimeError: if `size` is not positive.

    Source: Krizhevsky, Sutskever, Hinton, "ImageNet Classification with Deep Convolutional Neural
    Networks", 2012, section 3.3
    """
    if len(input.shape) < 3:
        raise ValueError(
            f"local_response_norm: Expected 3D or higher dimensionality input, (N, C, L, ...) "
            f"(got {len(input.shape)} dimensions)"
        )
    if 0 in input.shape:
        return input
    if size <= 0:
        raise RuntimeError(
            f"local_response_norm: kernel size should be greater than zero, but got {size}"
        )
    if input.dtype is float16:
        return in_float32(local_response_norm, input, size, alpha, beta, k)
    images, channels, *rest = input.shape
    before, after = (
        zeros((images, n, *rest), dtype=input.dtype) for n in (size // 2, (size - 1) // 2)
    )
    squares = shaping.cat([before, input * input, after], 1)
    total = shaping.narrow(squares, 1, 0, channels)
    for start in range(1, size):
        total = total + shaping.narrow(squares, 1, start, channels)
    return input / elementwise.pow(total * (alpha / size) + k, beta)
