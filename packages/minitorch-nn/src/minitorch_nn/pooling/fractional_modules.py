"""Max pooling by a fraction, as layers; the functions have the mathematics."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from minitorch_autograd import Tensor

from ..common.sizes import Size
from ..core.module import Module
from . import functional as F
from .fractional import Ratio

__all__ = ["FractionalMaxPool2d", "FractionalMaxPool3d"]

N = TypeVar("N", int, float)


class _FractionalMaxPoolNd(Module):
    _ndim: int
    _random_samples: Tensor | None

    def __init__(
        self,
        kernel_size: Size,
        output_size: Size | None = None,
        output_ratio: Ratio | None = None,
        return_indices: bool = False,
        _random_samples: Tensor | None = None,
    ) -> None:
        super().__init__()
        name = type(self).__name__
        if output_size is None and output_ratio is None:
            raise ValueError(
                f"{name} requires specifying either an output size, or a pooling ratio"
            )
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        self.kernel_size = _each(kernel_size, self._ndim)
        if min(self.kernel_size) < 1:
            raise ValueError(f"kernel_size must be greater than 0, but got {kernel_size}")
        self.output_size = None if output_size is None else _each(output_size, self._ndim)
        self.output_ratio = None if output_ratio is None else _each(output_ratio, self._ndim)
        if self.output_ratio is not None and not all(0 < one < 1 for one in self.output_ratio):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)

    def forward(self, input: Tensor) -> Tensor | tuple[Tensor, Tensor]:
        """Return the largest elements, and their places if they are asked for."""
        pool = F.fractional_max_pool2d if self._ndim == 2 else F.fractional_max_pool3d
        return pool(
            input,
            self.kernel_size,
            self.output_size,
            self.output_ratio,
            self.return_indices,
            self._random_samples,
        )


def _each(value: N | Sequence[N], ndim: int) -> tuple[N, ...]:
    return tuple(value) if isinstance(value, Sequence) else (value,) * ndim


class FractionalMaxPool2d(_FractionalMaxPoolNd):
    """Find the largest element in each of some windows of images, which lie at random.

    Args:
        kernel_size: the size of a window, of all dimensions or of each.
        output_size: the number of windows, of all dimensions or of each.
        output_ratio: in place of it, their number as a part of the input's size, in (0, 1).
        return_indices: whether to return where the elements stood, too.

    Shapes: input (N, C, H, W) or (C, H, W).

    Raises:
        ValueError: if not just one of output size and ratio is given, or a number is out of range.
    """

    _ndim = 2


class FractionalMaxPool3d(_FractionalMaxPoolNd):
    """Find the largest element in each of some windows of volumes, which lie at random.

    Args:
        kernel_size: the size of a window, of all dimensions or of each.
        output_size: the number of windows, of all dimensions or of each.
        output_ratio: in place of it, their number as a part of the input's size, in (0, 1).
        return_indices: whether to return where the elements stood, too.

    Shapes: input (N, C, T, H, W) or (C, T, H, W).

    Raises:
        ValueError: if not just one of output size and ratio is given, or a number is out of range.
    """

    _ndim = 3
