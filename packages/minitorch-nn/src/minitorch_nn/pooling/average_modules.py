"""Pooling by means, and by powers, as layers."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.sizes import Size
from ..core.module import Module
from . import functional as F

__all__ = ["AvgPool1d", "AvgPool2d", "AvgPool3d", "LPPool1d", "LPPool2d", "LPPool3d"]


class AvgPool1d(Module):
    """Compute the mean of each window of sequences.

    Args:
        kernel_size: the size of a window, one number or a tuple of one, as all that follow.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how many zeros are put on either side.
        ceil_mode: whether a last window may stick out at the end.
        count_include_pad: whether those zeros count.

    Shapes: input (N, C, L) or (C, L); see `functional.avg_pool1d`.
    """

    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
    ) -> None:
        super().__init__()
        self.kernel_size = _one(kernel_size)
        self.stride = _one(kernel_size if stride is None else stride)
        self.padding = _one(padding)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.avg_pool1d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
        )

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


def _one(value: Size) -> tuple[int, ...]:
    return (value,) if isinstance(value, int) else tuple(value)


class _AvgPoolNd(Module):
    def __init__(
        self,
        kernel_size: Size,
        stride: Size | None = None,
        padding: Size = 0,
        ceil_mode: bool = False,
        count_include_pad: bool = True,
        divisor_override: int | None = None,
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override

    def extra_repr(self) -> str:
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool2d(_AvgPoolNd):
    """Compute the mean of each window of images. Arguments are those of `AvgPool1d`, and one more.

    Args:
        divisor_override: what sums are divided by, in place of the number of elements.

    Shapes: input (N, C, H, W) or (C, H, W); see `functional.avg_pool2d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.avg_pool2d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
            self.divisor_override,
        )


class AvgPool3d(_AvgPoolNd):
    """Compute the mean of each window of volumes. Arguments are those of `AvgPool1d`, and one more.

    Args:
        divisor_override: what sums are divided by, in place of the number of elements.

    Shapes: input (N, C, D, H, W) or (C, D, H, W); see `functional.avg_pool3d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.avg_pool3d(
            input,
            self.kernel_size,
            self.stride,
            self.padding,
            self.ceil_mode,
            self.count_include_pad,
            self.divisor_override,
        )


class _LPPoolNd(Module):
    def __init__(
        self,
        norm_type: float,
        kernel_size: Size,
        stride: Size | None = None,
        ceil_mode: bool = False,
    ) -> None:
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode

    def extra_repr(self) -> str:
        return (
            f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, "
            f"ceil_mode={self.ceil_mode}"
        )


class LPPool1d(_LPPoolNd):
    """Compute ``(sum of x^p)^(1/p)`` of each window of sequences.

    Args:
        norm_type: p; 1 sums, and a large one comes near the largest.
        kernel_size: the size of a window.
        stride: the steps from one window to the next; the kernel's size by default.
        ceil_mode: whether a last window may stick out at the end.

    Shapes: input (N, C, L) or (C, L); see `functional.lp_pool1d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the roots of the sums of powers."""
        return F.lp_pool1d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)


class LPPool2d(_LPPoolNd):
    """Compute ``(sum of x^p)^(1/p)`` of each window of images; see `LPPool1d`.

    Shapes: input (N, C, H, W) or (C, H, W); see `functional.lp_pool2d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the roots of the sums of powers."""
        return F.lp_pool2d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)


class LPPool3d(_LPPoolNd):
    """Compute ``(sum of x^p)^(1/p)`` of each window of volumes; see `LPPool1d`.

    Shapes: input (N, C, D, H, W) or (C, D, H, W); see `functional.lp_pool3d`.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the roots of the sums of powers."""
        return F.lp_pool3d(input, self.norm_type, self.kernel_size, self.stride, self.ceil_mode)
