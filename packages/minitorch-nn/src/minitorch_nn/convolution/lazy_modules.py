"""Convolutions that learn the number of their channels from their first input."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype

from ..common.sizes import Size
from ..core.factory import Device
from ..core.lazy import LazyModuleMixin, materialize
from ..core.parameter import UninitializedParameter
from .convolution import Padding
from .convolution_modules import Conv1d, Conv2d, Conv3d, Convolution, ConvolutionBase, PaddingMode
from .transposed_modules import (
    ConvTranspose1d,
    ConvTranspose2d,
    ConvTranspose3d,
    TransposedConvolution,
)

__all__ = [
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
]


class _LazyConvolutionBase(LazyModuleMixin, ConvolutionBase):
    """What lazy convolutions share: channels are those of the first input."""

    def _make_uninitialized(self, out_channels: int, bias: bool, dtype: dtype | None) -> None:
        self.out_channels = out_channels
        self.weight = UninitializedParameter(dtype=dtype)
        self.bias = UninitializedParameter(dtype=dtype) if bias else None
        self._wait_for_input()

    def reset_parameters(self) -> None:
        """Draw the parameters anew, once they have shapes."""
        if not self.has_uninitialized_params() and self.in_channels:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor, *args: object) -> None:
        """Make the parameters."""
        if not self.has_uninitialized_params():
            self.in_channels = self.weight.shape[0 if self.transposed else 1] * (
                1 if self.transposed else self.groups
            )
            return
        dims = len(input.shape)
        if dims not in (self.ndim + 1, self.ndim + 2):
            raise RuntimeError(
                f"Expected {self.ndim + 1}D (unbatched) or {self.ndim + 2}D (batched) input to "
                f"{type(self).__name__}, but got input of size: {input.shape}"
            )
        self.in_channels = input.shape[dims - self.ndim - 1]
        if self.in_channels % self.groups:
            raise ValueError(
                f"in_channels must be divisible by groups, got {self.in_channels} and {self.groups}"
            )
        outer, inner = self.out_channels, self.in_channels
        if self.transposed:
            outer, inner = inner, outer
        materialize(self.weight, (outer, inner // self.groups, *self.kernel_size))
        materialize(self.bias, (self.out_channels,))
        self.reset_parameters()


class _LazyConvolution(_LazyConvolutionBase, Convolution):
    def __init__(
        self,
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
            0, 0, kernel_size, stride, padding, dilation, groups, False, padding_mode, device, dtype
        )
        self._make_uninitialized(out_channels, bias, dtype)


class LazyConv1d(_LazyConvolution, Conv1d):
    """A `Conv1d` whose `in_channels` are those of its first input."""

    cls_to_become = Conv1d


class LazyConv2d(_LazyConvolution, Conv2d):
    """A `Conv2d` whose `in_channels` are those of its first input."""

    cls_to_become = Conv2d


class LazyConv3d(_LazyConvolution, Conv3d):
    """A `Conv3d` whose `in_channels` are those of its first input."""

    cls_to_become = Conv3d


class _LazyTransposedConvolution(_LazyConvolutionBase, TransposedConvolution):
    def __init__(
        self,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Size = 1,
        padding_mode: PaddingMode = "zeros",
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(
            0, 0, kernel_size, stride, padding, output_padding, groups, False, dilation,
            padding_mode, device, dtype,
        )  # fmt: skip
        self._make_uninitialized(out_channels, bias, dtype)


class LazyConvTranspose1d(_LazyTransposedConvolution, ConvTranspose1d):
    """A `ConvTranspose1d` whose `in_channels` are those of its first input."""

    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyTransposedConvolution, ConvTranspose2d):
    """A `ConvTranspose2d` whose `in_channels` are those of its first input."""

    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyTransposedConvolution, ConvTranspose3d):
    """A `ConvTranspose3d` whose `in_channels` are those of its first input."""

    cls_to_become = ConvTranspose3d
