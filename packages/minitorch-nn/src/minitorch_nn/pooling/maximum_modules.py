"""Max pooling as layers, and its way back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from minitorch_autograd import Tensor

from ..common.sizes import Size
from ..core.module import Module
from . import functional as F

__all__ = ["MaxPool1d", "MaxPool2d", "MaxPool3d", "MaxUnpool1d", "MaxUnpool2d", "MaxUnpool3d"]


class _MaxPoolNd(Module):
    """What all three share: the options."""

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        dilation: Size = 1,
        return_indices: bool = False,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        return (
            f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, "
            f"dilation={self.dilation}, ceil_mode={self.ceil_mode}"
        )


class MaxPool1d(_MaxPoolNd):
    """Find the largest element in each window of sequences.

    Args:
        kernel_size: the size of a window, one number or one for each dimension, as all that follow.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how much is put on either side that is never the largest.
        dilation: the steps from one element to the next in a window.
        return_indices: whether a call returns where the elements stood, too.
        ceil_mode: whether a last window may stick out at the end.

    Shapes: input (N, C, L) or (C, L); see `functional.max_pool1d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.max_pool1d(  # type: ignore[return-value]
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.ceil_mode,
            self.return_indices,
        )


class MaxPool2d(_MaxPoolNd):
    """Find the largest element in each window of images. Arguments are those of `MaxPool1d`.

    Shapes: input (N, C, H, W) or (C, H, W); see `functional.max_pool2d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.max_pool2d(  # type: ignore[return-value]
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.ceil_mode,
            self.return_indices,
        )


class MaxPool3d(_MaxPoolNd):
    """Find the largest element in each window of volumes. Arguments are those of `MaxPool1d`.

    Shapes: input (N, C, D, H, W) or (C, D, H, W); see `functional.max_pool3d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.max_pool3d(  # type: ignore[return-value]
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.dilation,
            self.ceil_mode,
            self.return_indices,
        )


class _MaxUnpoolNd(Module):
    ndim: ClassVar[int]

    def __init__(self, kernel_size: Size, stride: Size | None = None, padding: Size = 0) -> None:
        super().__init__()
        self.kernel_size = self._each(kernel_size)
        self.stride = self._each(kernel_size if stride is None else stride)
        self.padding = self._each(padding)

    def _each(self, value: Size) -> tuple[int, ...]:
        return (value,) * self.ndim if isinstance(value, int) else tuple(value)

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class MaxUnpool1d(_MaxUnpoolNd):
    """Put elements where a `MaxPool1d` found them, with zeros elsewhere.

    Args:
        kernel_size: the size of the windows, as all that follow of the pooling.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how much was put on either side.

    Shapes: input and indices (N, C, L) or (C, L); see `functional.max_unpool1d`.
    """

    ndim = 1

    def forward(
        self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None
    ) -> Tensor:
        """Return the larger tensor, of `output_size` where that is possible."""
        return F.max_unpool1d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )


class MaxUnpool2d(_MaxUnpoolNd):
    """Put elements where a `MaxPool2d` found them. Arguments are those of `MaxUnpool1d`.

    Shapes: input and indices (N, C, H, W) or (C, H, W).
    """

    ndim = 2

    def forward(
        self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None
    ) -> Tensor:
        """Return the larger tensor, of `output_size` where that is possible."""
        return F.max_unpool2d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )


class MaxUnpool3d(_MaxUnpoolNd):
    """Put elements where a `MaxPool3d` found them. Arguments are those of `MaxUnpool1d`.

    Shapes: input and indices (N, C, D, H, W) or (C, D, H, W).
    """

    ndim = 3

    def forward(
        self, input: Tensor, indices: Tensor, output_size: Sequence[int] | None = None
    ) -> Tensor:
        """Return the larger tensor, of `output_size` where that is possible."""
        return F.max_unpool3d(
            input, indices, self.kernel_size, self.stride, self.padding, output_size
        )
