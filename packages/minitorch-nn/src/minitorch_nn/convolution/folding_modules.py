"""Sliding blocks of images as columns of a matrix, and the sum of such columns."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.sizes import Size
from ..core.module import Module
from . import functional as F

__all__ = ["Unfold", "Fold"]


class Unfold(Module):
    """Write each block that a sliding window sees into a column.

    Args:
        kernel_size: the size of a block, one number or (kh, kw).
        dilation: the steps from one element to the next in a block.
        padding: zeros on either side of the image.
        stride: the steps from one block to the next.

    Shapes: input (N, C, H, W) or (C, H, W), output (N, C kh kw, L) or (C kh kw, L), where L is the
    number of blocks.
    """

    def __init__(
        self, kernel_size: Size, dilation: Size = 1, padding: Size = 0, stride: Size = 1
    ) -> None:
        super().__init__()
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the columns."""
        return F.unfold(input, self.kernel_size, self.dilation, self.padding, self.stride)

    def extra_repr(self) -> str:
        return (
            f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}, "
            f"stride={self.stride}"
        )


class Fold(Module):
    """Add columns to the blocks that a sliding window saw: the transpose of `Unfold`.

    Args:
        output_size: the size of the image, one number or (H, W).
        kernel_size: the size of a block, one number or (kh, kw).
        dilation: the steps from one element to the next in a block.
        padding: what is cut off on either side of the image.
        stride: the steps from one block to the next.

    Shapes: input (N, C kh kw, L) or (C kh kw, L), output (N, C, H, W) or (C, H, W).
    """

    def __init__(
        self,
        output_size: Size,
        kernel_size: Size,
        dilation: Size = 1,
        padding: Size = 0,
        stride: Size = 1,
    ) -> None:
        super().__init__()
        self.output_size = output_size
        self.kernel_size = kernel_size
        self.dilation = dilation
        self.padding = padding
        self.stride = stride

    def forward(self, input: Tensor) -> Tensor:
        """Return the images."""
        return F.fold(
            input, self.output_size, self.kernel_size, self.dilation, self.padding, self.stride
        )

    def extra_repr(self) -> str:
        return (
            f"output_size={self.output_size}, kernel_size={self.kernel_size}, "
            f"dilation={self.dilation}, padding={self.padding}, stride={self.stride}"
        )
