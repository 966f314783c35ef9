"""Softmax and its variants as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F

__all__ = ["Softmax", "Softmin", "LogSoftmax", "Softmax2d"]


class Softmax(Module):
    """Compute ``e^x`` along `dim`, scaled to a sum of 1.

    Args:
        dim: where it sums to 1; if None, see `functional.softmax`.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of `input`."""
        return F.softmax(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"


class Softmin(Module):
    """Compute `Softmax` of ``-x``.

    Args:
        dim: where it sums to 1; if None, see `functional.softmax`.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of ``-input``."""
        return F.softmin(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"


class LogSoftmax(Module):
    """Compute the logarithm of `Softmax`.

    Args:
        dim: where it sums to 1; if None, see `functional.softmax`.
    """

    def __init__(self, dim: int | None = None) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the logarithms of the shares."""
        return F.log_softmax(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"


class Softmax2d(Module):
    """Compute `Softmax` over the channels of each pixel.

    Shapes: input (N, C, H, W) or (C, H, W), output the same.

    Raises:
        ValueError: if the input has another number of dimensions.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the shares of the channels."""
        if len(input.shape) not in (3, 4):
            raise ValueError(
                f"Softmax2d: expected input to be 3D or 4D, got {len(input.shape)}D instead"
            )
        return F.softmax(input, -3)
