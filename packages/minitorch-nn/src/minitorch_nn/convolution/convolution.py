"""Convolution in one, two and three dimensions: arguments are checked here; see `kernels.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from minitorch_autograd import Tensor, zeros

from ..common.extensions import shaping
from ..common.sizes import Size, each, text
from .kernels import Sizes, Steps, convolve

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["conv1d", "conv2d", "conv3d"]

Padding: TypeAlias = 'Size | Literal["valid", "same"]'


def conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel along sequences; see `conv2d`.

    Args:
        input: (N, C_in, L) or (C_in, L)
        weight: (C_out, C_in / groups, K)

    Returns:
        (N, C_out, L_out) or (C_out, L_out)
    """
    return _convolution(1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel over images: ``y[n, o, p] = b[o] + sum of w[o, c, k] x[n, c, p s + k d]``.

    Args:
        input: (N, C_in, H, W) or (C_in, H, W)
        weight: (C_out, C_in / groups, K_h, K_w)
        bias: (C_out,)
        stride: s, the steps from one window to the next, one number or two, as all that follow.
        padding: zeros put on either side; "valid" for none, "same" for as many as keep the size.
        dilation: d, the steps from one element to the next in a window.
        groups: into how many groups the channels are divided; each sees its own only.

    Returns:
        (N, C_out, H_out, W_out) or (C_out, H_out, W_out), where
        ``H_out = floor((H + 2 padding - dilation (K_h - 1) - 1) / stride) + 1``

    Raises:
        RuntimeError: if sizes, channels or element types do not fit.
    """
    return _convolution(2, input, weight, bias, stride, padding, dilation, groups)


def conv3d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Size = 1,
    padding: Padding = 0,
    dilation: Size = 1,
    groups: int = 1,
) -> Tensor:
    """Slide a kernel through volumes; see `conv2d`.

    Args:
        input: (N, C_in, D, H, W) or (C_in, D, H, W)
        weight: (C_out, C_in / groups, K_d, K_h, K_w)

    Returns:
        (N, C_out, D_out, H_out, W_out) or (C_out, D_out, H_out, W_out)
    """
    return _convolution(3, input, weight, bias, stride, padding, dilation, groups)


def _convolution(
    ndim: int,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Size,
    padding: Padding,
    dilation: Size,
    groups: int,
) -> Tensor:
    batch = as_batch(f"conv{ndim}d", ndim, input)
    check_operands(input, weight, bias, groups)
    outputs, channels = weight.shape[:2]
    if batch.shape[1] != channels * groups:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {list(weight.shape)}, expected input"
            f"{list(batch.shape)} to have {channels * groups} channels, but got {batch.shape[1]} "
            "channels instead"
        )
    check_bias("weight", weight, bias, outputs)
    if isinstance(padding, str):
        batch, padding = _with_named_padding(padding, batch, weight, stride, dilation)
    steps = steps_of(ndim, stride, padding, dilation, groups)
    _refuse_larger_kernel(batch, weight, steps)
    value = convolve(batch, weight, bias, steps)
    return value if len(input.shape) > ndim + 1 else value.squeeze(0)


def as_batch(name: str, ndim: int, input: Tensor) -> Tensor:
    """Return `input` with a batch dimension.

    Raises:
        RuntimeError: if it has another number of dimensions than one with or without.
    """
    if len(input.shape) == ndim + 1:
        return input.unsqueeze(0)
    if len(input.shape) != ndim + 2:
        raise RuntimeError(
            f"Expected {ndim + 1}D (unbatched) or {ndim + 2}D (batched) input to {name}, but got "
            f"input of size: {list(input.shape)}"
        )
    return input


def check_operands(input: Tensor, weight: Tensor, bias: Tensor | None, groups: int) -> None:
    """Raise RuntimeError where dimensions, groups or element types can't be used together."""
    if len(weight.shape) < 3:
        raise RuntimeError(
            f"weight should have at least three dimensions, but got {list(weight.shape)}"
        )
    if 0 in weight.shape[2:]:
        raise RuntimeError(
            f"kernel size should be greater than zero, but got weight of size {list(weight.shape)}"
        )
    if groups <= 0:
        raise RuntimeError("non-positive groups is not supported")
    if weight.shape[0] < groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be at least {groups} at dimension 0, "
            f"but got weight of size {list(weight.shape)} instead"
        )
    if weight.shape[0] % groups:
        raise RuntimeError(
            f"Given groups={groups}, expected weight to be divisible by {groups} at dimension 0, "
            f"but got weight of size [{list(weight.shape)}] instead"
        )
    for other in (weight, bias):
        if other is not None and other.dtype is not input.dtype:
            raise RuntimeError(
                f"expected scalar type {input.dtype} but found {other.dtype}: the input and the "
                "weights of a convolution have one element type"
            )


def check_bias(what: str, weight: Tensor, bias: Tensor | None, outputs: int) -> None:
    """Raise RuntimeError if the bias is not one number for each output."""
    if bias is not None and bias.shape != (outputs,):
        raise RuntimeError(
            f"Given {what} of size {list(weight.shape)}, expected bias to be 1-dimensional with "
            f"{outputs} elements, but got bias of size {list(bias.shape)} instead"
        )


def steps_of(ndim: int, stride: Size, padding: Size, dilation: Size, groups: int) -> Steps:
    """Return the options with a number for each dimension.

    Raises:
        RuntimeError: if one is out of range, or has another number of elements.
    """
    steps = Steps(
        each("stride", stride, ndim),
        each("padding", padding, ndim),
        each("dilation", dilation, ndim),
        groups,
    )
    if min(steps.stride) <= 0:
        raise RuntimeError("non-positive stride is not supported")
    if min(steps.padding) < 0:
        raise RuntimeError("negative padding is not supported")
    if min(steps.dilation) <= 0:
        raise RuntimeError(f"dilation should be greater than zero, but got {list(steps.dilation)}")
    return steps


def _with_named_padding(
    padding: str, batch: Tensor, weight: Tensor, stride: Size, dilation: Size
) -> tuple[Tensor, Sizes]:
    """Return the input and the numbers of zeros that "same" and "valid" stand for."""
    ndim = len(weight.shape) - 2
    if padding == "valid":
        return batch, (0,) * ndim
    if padding != "same":
        raise RuntimeError(f"Invalid padding string: '{padding}': expected 'valid' or 'same'")
    if max(each("stride", stride, ndim)) > 1:
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    both = [
        d * (k - 1) for k, d in zip(weight.shape[2:], each("dilation", dilation, ndim), strict=True)
    ]
    batch = extended(batch, [n % 2 for n in both])  # the odd one comes at the end
    return batch, tuple(n // 2 for n in both)


def extended(batch: Tensor, more: Sequence[int]) -> Tensor:
    """Return `batch` with so many zeros after the last element of each spatial dimension."""
    for dim, n in enumerate(more, start=2):
        if n:
            size = (*batch.shape[:dim], n, *batch.shape[dim + 1 :])
            batch = shaping.cat([batch, zeros(size, dtype=batch.dtype)], dim)
    return batch


def _refuse_larger_kernel(batch: Tensor, weight: Tensor, steps: Steps) -> None:
    sizes = [n + 2 * p for n, p in zip(batch.shape[2:], steps.padding, strict=True)]
    kernel = [d * (k - 1) + 1 for k, d in zip(weight.shape[2:], steps.dilation, strict=True)]
    if any(k > n for k, n in zip(kernel, sizes, strict=True)):
        raise RuntimeError(
            f"Calculated padded input size per channel: {text(sizes)}. Kernel size: "
            f"{text(kernel)}. Kernel size can't be greater than actual input size"
        )
