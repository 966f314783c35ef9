"""Pooling to a size that is given, as layers."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .adaptive import OutputSize

__all__ = [
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
]


class _AdaptivePoolNd(Module):
    def __init__(self, output_size: OutputSize) -> None:
        super().__init__()
        self.output_size = output_size

    def extra_repr(self) -> str:
        return f"output_size={self.output_size}"


class _AdaptiveMaxPoolNd(_AdaptivePoolNd):
    def __init__(self, output_size: OutputSize, return_indices: bool = False) -> None:
        super().__init__(output_size)
        self.return_indices = return_indices


class AdaptiveAvgPool1d(_AdaptivePoolNd):
    """Compute the means of as many bins of sequences as are asked for.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Shapes: input (N, C, L) or (C, L).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.adaptive_avg_pool1d(input, self.output_size)


class AdaptiveAvgPool2d(_AdaptivePoolNd):
    """Compute the means of as many bins of images as are asked for.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Shapes: input (N, C, H, W) or (C, H, W).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.adaptive_avg_pool2d(input, self.output_size)


class AdaptiveAvgPool3d(_AdaptivePoolNd):
    """Compute the means of as many bins of volumes as are asked for.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.

    Shapes: input (N, C, D, H, W) or (C, D, H, W).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the means."""
        return F.adaptive_avg_pool3d(input, self.output_size)


class AdaptiveMaxPool1d(_AdaptiveMaxPoolNd):
    """Find the largest elements of bins of sequences: as many as `output_size` says.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether a call returns where the elements stood, too.

    Shapes: input (N, C, L) or (C, L).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.adaptive_max_pool1d(  # type: ignore[return-value]
            input, self.output_size, self.return_indices
        )


class AdaptiveMaxPool2d(_AdaptiveMaxPoolNd):
    """Find the largest elements of bins of images: as many as `output_size` says.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether a call returns where the elements stood, too.

    Shapes: input (N, C, H, W) or (C, H, W).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.adaptive_max_pool2d(  # type: ignore[return-value]
            input, self.output_size, self.return_indices
        )


class AdaptiveMaxPool3d(_AdaptiveMaxPoolNd):
    """Find the largest elements of bins of volumes: as many as `output_size` says.

    Args:
        output_size: the number of bins, of all dimensions or of each; None for as many as elements.
        return_indices: whether a call returns where the elements stood, too.

    Shapes: input (N, C, D, H, W) or (C, D, H, W).
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the largest elements, and where they stood if that was asked for."""
        # With `return_indices` a tuple of two, for which no caller of layers wants to look.
        return F.adaptive_max_pool3d(  # type: ignore[return-value]
            input, self.output_size, self.return_indices
        )
