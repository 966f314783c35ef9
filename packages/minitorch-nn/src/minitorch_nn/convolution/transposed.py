"""Transposed convolution: the gradient of a convolution's input, taken forward."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.sizes import Size, each, text
from .convolution import as_batch, check_bias, check_operands, extended, steps_of
from .kernels import Steps, convolve_input

__all__ = ["conv_transpose1d", "conv_transpose2d", "conv_transpose3d"]


def conv_transpose1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Tensor:
    """Spread sequences by a kernel; see `conv_transpose2d`.

    Args:
        input: (N, C_in, L) or (C_in, L)
        weight: (C_in, C_out / groups, K)

    Returns:
        (N, C_out, L_out) or (C_out, L_out)
    """
    return _transposed(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Tensor:
    """Spread images by a kernel: ``y[n, c, p s + k d] += w[o, c, k] x[n, o, p]``, and the bias.

    Args:
        input: (N, C_in, H, W) or (C_in, H, W)
        weight: (C_in, C_out / groups, K_h, K_w)
        bias: (C_out,)
        stride: s, the steps between the places of two elements, one number or two, as all below.
        padding: how much is cut off on either side.
        output_padding: how much the output is larger at one side: of the sizes that a convolution
            of this stride makes the input's, which one is meant.
        groups: into how many groups the channels are divided.
        dilation: d, the steps from one element of the kernel to the next.

    Returns:
        (N, C_out, H_out, W_out) or (C_out, H_out, W_out), where
        ``H_out = (H - 1) stride - 2 padding + dilation (K_h - 1) + output_padding + 1``

    Raises:
        RuntimeError: if sizes, channels or element types do not fit.
    """
    return _transposed(2, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Size = 0,
    output_padding: Size = 0,
    groups: int = 1,
    dilation: Size = 1,
) -> Tensor:
    """Spread volumes by a kernel; see `conv_transpose2d`.

    Args:
        input: (N, C_in, D, H, W) or (C_in, D, H, W)
        weight: (C_in, C_out / groups, K_d, K_h, K_w)

    Returns:
        (N, C_out, D_out, H_out, W_out) or (C_out, D_out, H_out, W_out)
    """
    return _transposed(3, input, weight, bias, stride, padding, output_padding, groups, dilation)


def _transposed(
    ndim: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Size,
    padding: Size,
    output_padding: Size,
    groups: int,
    dilation: Size,
) -> Tensor:
    batch = as_batch(f"conv_transpose{ndim}d", ndim, input)
    check_operands(input, weight, bias, groups)
    if batch.shape[1] != weight.shape[0]:
        raise RuntimeError(
            f"Given transposed=1, weight of size {list(weight.shape)}, expected input"
            f"{list(batch.shape)} to have {weight.shape[0]} channels, but got {batch.shape[1]} "
            "channels instead"
        )
    if 0 in batch.shape[2:]:
        raise RuntimeError(
            "Only zero batch or zero channel inputs are supported, but got input shape: "
            f"{list(batch.shape)}"
        )
    outputs = weight.shape[1] * groups
    check_bias("transposed=1, weight", weight, bias, outputs)
    steps = steps_of(ndim, stride, padding, dilation, groups)
    more = each("output_padding", output_padding, ndim)
    _check_more(more, steps)
    sizes = tuple(
        (n - 1) * s - 2 * p + d * (k - 1) + m + 1
        for n, k, m, s, p, d in zip(
            batch.shape[2:], weight.shape[2:], more, *steps[:3], strict=True
        )
    )
    if min(sizes) <= 0:
        raise RuntimeError(
            f"Given input size per channel: {text(batch.shape[2:])}. Calculated output size per "
            f"channel: {text(sizes)}. Output size is too small"
        )
    # A convolution of these sizes has one more position for each stride that is appended, at which
    # the input is 0.
    batch = extended(batch, [m // s for m, s in zip(more, steps.stride, strict=True)])
    value = convolve_input(batch, weight, (batch.shape[0], outputs, *sizes), steps)
    if bias is not None:
        value = value + bias.reshape((outputs, *(1,) * ndim))
    return value if len(input.shape) > ndim + 1 else value.squeeze(0)


def _check_more(more: tuple[int, ...], steps: Steps) -> None:
    if min(more) < 0:
        raise RuntimeError("negative output_padding is not supported")
    if any(m >= s and m >= d for m, s, d in zip(more, steps.stride, steps.dilation, strict=True)):
        raise RuntimeError(
            "output padding must be smaller than either stride or dilation, but got "
            f"output_padding: {text(more)} stride: {text(steps.stride)} dilation: "
            f"{text(steps.dilation)}"
        )
