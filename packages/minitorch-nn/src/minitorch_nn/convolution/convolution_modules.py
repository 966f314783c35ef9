"""Convolutions as layers."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod, sqrt
from typing import ClassVar, Final, Literal, TypeAlias

from minitorch_autograd import Tensor, dtype

from .. import init
from ..common.sizes import Size
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from ..padding.functional import pad
from . import functional as F
from .convolution import Padding

__all__ = ["Conv1d", "Conv2d", "Conv3d"]

PaddingMode: TypeAlias = Literal["zeros", "reflect", "replicate", "circular"]
MODES: Final = ("zeros", "reflect", "replicate", "circular")


class ConvolutionBase(Module):
    """What all convolutions share: their options, and parameters of the fitting shapes."""

    ndim: ClassVar[int]
    transposed: bool = False
    weight: Parameter
    bias: Parameter | None

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size,
        padding: Padding,
        output_padding: Size,
        dilation: Size,
        groups: int,
        bias: bool,
        padding_mode: PaddingMode,
        device: Device,
        dtype: dtype | None,
    ) -> None:
        super().__init__()
        _check_channels(in_channels, out_channels, groups)
        if padding_mode not in MODES:
            raise ValueError(
                "padding_mode must be one of {'zeros', 'replicate', 'reflect', 'circular'}, but "
                f"got padding_mode='{padding_mode}'"
            )
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = _each(kernel_size, self.ndim)
        self.stride = _each(stride, self.ndim)
        self.dilation = _each(dilation, self.ndim)
        self.output_padding = _each(output_padding, self.ndim)
        self.groups = groups
        self.padding_mode: PaddingMode = padding_mode
        self.padding: tuple[int, ...] | Literal["valid", "same"]
        if isinstance(padding, str):
            _check_word(padding, self.stride)
            self.padding = padding
        else:
            self.padding = _each(padding, self.ndim)
        outer, inner = (
            (in_channels, out_channels) if self.transposed else (out_channels, in_channels)
        )
        self.weight = new_parameter((outer, inner // groups, *self.kernel_size), device, dtype)
        self.register_parameter(
            "bias", new_parameter((out_channels,), device, dtype) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        init.kaiming_uniform_(self.weight, a=sqrt(5))
        if self.bias is not None:
            fan = self.weight.shape[1] * prod(self.kernel_size)
            if fan:
                init.uniform_(self.bias, -1 / sqrt(fan), 1 / sqrt(fan))

    def extra_repr(self) -> str:
        options = [
            f"{self.in_channels}, {self.out_channels}",
            f"kernel_size={self.kernel_size}, stride={self.stride}",
        ]
        zeros, ones = (0,) * self.ndim, (1,) * self.ndim
        if self.padding != zeros:
            options.append(f"padding={self.padding}")
        if self.dilation != ones:
            options.append(f"dilation={self.dilation}")
        if self.output_padding != zeros:
            options.append(f"output_padding={self.output_padding}")
        if self.groups != 1:
            options.append(f"groups={self.groups}")
        if self.bias is None:
            options.append("bias=False")
        if self.padding_mode != "zeros":
            options.append(f"padding_mode={self.padding_mode}")
        return ", ".join(options)


class Convolution(ConvolutionBase):
    """What the convolutions share that are not transposed."""

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Padding = 0,
        dilation: Size = 1,
        groups: int = 1,
        bias: bool = True,
        padding_mode: PaddingMode = "zeros",
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(
            in_channels, out_channels, kernel_size, stride, padding, 0, dilation, groups, bias,
            padding_mode, device, dtype,
        )  # fmt: skip

    def _padded(self, input: Tensor) -> tuple[Tensor, tuple[int, ...] | Literal["valid", "same"]]:
        """Return the input with what is put around it by another mode than zeros, and the rest."""
        if self.padding_mode == "zeros":
            return input, self.padding
        sides: list[int] = []
        for dim in reversed(range(self.ndim)):  # `pad` begins with the last dimension
            if isinstance(self.padding, str):
                both = self.dilation[dim] * (self.kernel_size[dim] - 1)
                before = both // 2 if self.padding == "same" else 0
                sides += [before, both - before if self.padding == "same" else 0]
            else:
                sides += [self.padding[dim]] * 2
        return pad(input, sides, mode=self.padding_mode), (0,) * self.ndim


class Conv1d(Convolution):
    """Convolve sequences: a kernel slides along them.

    Weights and biases are drawn uniformly from [-b, b], ``b = sqrt(groups / (C_in K))``.

    Args:
        in_channels: C_in
        out_channels: C_out
        kernel_size: K, one number or a tuple of one, as all below.
        stride: the steps from one window to the next.
        padding: how much is put on either side; "valid" for nothing, "same" to keep the size.
        dilation: the steps from one element to the next in a window.
        groups: into how many groups the channels are divided; each sees its own only.
        bias: whether a number is added for each output channel.
        padding_mode: what is put around: "zeros", "reflect", "replicate" or "circular".
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Shapes: input (N, C_in, L) or (C_in, L), `weight` (C_out, C_in / groups, K), `bias` (C_out,).

    Raises:
        ValueError: if the channels can't be divided, or an option is unknown.
    """

    ndim = 1

    def forward(self, input: Tensor) -> Tensor:
        """Return (N, C_out, L_out) or (C_out, L_out)."""
        x, padding = self._padded(input)
        return F.conv1d(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


class Conv2d(Convolution):
    """Convolve images: a kernel slides over them. Arguments are those of `Conv1d`, in two numbers.

    Shapes: input (N, C_in, H, W) or (C_in, H, W), `weight` (C_out, C_in / groups, K_h, K_w).
    """

    ndim = 2

    def forward(self, input: Tensor) -> Tensor:
        """Return (N, C_out, H_out, W_out) or (C_out, H_out, W_out)."""
        x, padding = self._padded(input)
        return F.conv2d(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


class Conv3d(Convolution):
    """Convolve volumes: a kernel slides through them. As `Conv1d`, in three numbers.

    Shapes: input (N, C_in, D, H, W) or (C_in, D, H, W), `weight`
    (C_out, C_in / groups, K_d, K_h, K_w).
    """

    ndim = 3

    def forward(self, input: Tensor) -> Tensor:
        """Return (N, C_out, D_out, H_out, W_out) or (C_out, D_out, H_out, W_out)."""
        x, padding = self._padded(input)
        return F.conv3d(x, self.weight, self.bias, self.stride, padding, self.dilation, self.groups)


def _each(value: Size, ndim: int) -> tuple[int, ...]:
    return (value,) * ndim if isinstance(value, int) else tuple(value)


def _check_channels(in_channels: int, out_channels: int, groups: int) -> None:
    if groups <= 0:
        raise ValueError("groups must be a positive integer")
    if in_channels % groups:
        raise ValueError(f"in_channels must be divisible by groups, got {in_channels} and {groups}")
    if out_channels % groups:
        raise ValueError(
            f"out_channels must be divisible by groups, got {out_channels} and {groups}"
        )


def _check_word(padding: str, stride: Sequence[int]) -> None:
    if padding not in ("valid", "same"):
        raise ValueError(
            f"Invalid padding string '{padding}', should be one of {{'valid', 'same'}}"
        )
    if padding == "same" and any(s != 1 for s in stride):
        raise ValueError("padding='same' is not supported for strided convolutions")
