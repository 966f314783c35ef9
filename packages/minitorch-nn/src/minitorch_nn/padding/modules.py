"""Padding as layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .functional import Mode

__all__ = [
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
]


class _PadNd(Module):
    """What all of them share: how many elements are put on either side of each dimension."""

    ndim: ClassVar[int]
    mode: ClassVar[Mode]

    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__()
        self.padding = (padding,) * (2 * self.ndim) if isinstance(padding, int) else tuple(padding)

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with elements around its last dimensions."""
        return F.pad(input, self.padding, self.mode)

    def extra_repr(self) -> str:
        return str(self.padding)


class _ConstantPadNd(_PadNd):
    mode = "constant"

    def __init__(self, padding: int | Sequence[int], value: float) -> None:
        super().__init__(padding)
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with `value` around its last dimensions."""
        return F.pad(input, self.padding, "constant", self.value)

    def extra_repr(self) -> str:
        return f"padding={self.padding}, value={self.value}"


class ConstantPad1d(_ConstantPadNd):
    """Put a number around sequences; negative numbers of elements cut off.

    Args:
        padding: how many elements on either side, or (left, right).
        value: the number.

    Shapes: input (..., L), output (..., L + left + right).
    """

    ndim = 1


class ConstantPad2d(_ConstantPadNd):
    """Put a number around images.

    Args:
        padding: how many elements on each side, or (left, right, top, bottom).
        value: the number.
    """

    ndim = 2


class ConstantPad3d(_ConstantPadNd):
    """Put a number around volumes.

    Args:
        padding: how many elements on each side, or (left, right, top, bottom, front, back).
        value: the number.
    """

    ndim = 3


class _ZeroPadNd(_ConstantPadNd):
    def __init__(self, padding: int | Sequence[int]) -> None:
        super().__init__(padding, 0.0)

    def extra_repr(self) -> str:
        return str(self.padding)


class ZeroPad1d(_ZeroPadNd):
    """Put zeros around sequences: `ConstantPad1d` with 0."""

    ndim = 1


class ZeroPad2d(_ZeroPadNd):
    """Put zeros around images: `ConstantPad2d` with 0."""

    ndim = 2


class ZeroPad3d(_ZeroPadNd):
    """Put zeros around volumes: `ConstantPad3d` with 0."""

    ndim = 3


class ReflectionPad1d(_PadNd):
    """Mirror sequences at their ends, which are not repeated.

    Args:
        padding: how many elements on either side, or (left, right); fewer than there are.

    Shapes: input (N, C, L) or (C, L).
    """

    ndim = 1
    mode = "reflect"


class ReflectionPad2d(_PadNd):
    """Mirror images at their borders, which are not repeated; see `ReflectionPad1d`."""

    ndim = 2
    mode = "reflect"


class ReflectionPad3d(_PadNd):
    """Mirror volumes at their borders, which are not repeated; see `ReflectionPad1d`."""

    ndim = 3
    mode = "reflect"


class ReplicationPad1d(_PadNd):
    """Repeat the ends of sequences.

    Args:
        padding: how many elements on either side, or (left, right).

    Shapes: input (N, C, L) or (C, L).
    """

    ndim = 1
    mode = "replicate"


class ReplicationPad2d(_PadNd):
    """Repeat the borders of images; see `ReplicationPad1d`."""

    ndim = 2
    mode = "replicate"


class ReplicationPad3d(_PadNd):
    """Repeat the borders of volumes; see `ReplicationPad1d`."""

    ndim = 3
    mode = "replicate"


class _CircularPadNd(_PadNd):
    mode = "circular"

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with what is at its other end around its last dimensions."""
        ndim = self.ndim
        if len(input.shape) not in (ndim + 1, ndim + 2):
            raise ValueError(
                f"expected {ndim + 1}D or {ndim + 2}D input (got {len(input.shape)}D input)"
            )
        return F.pad(input, self.padding, "circular")


class CircularPad1d(_CircularPadNd):
    """Put the end of sequences before their beginning, and the beginning after the end.

    Args:
        padding: how many elements on either side, or (left, right); at most as many as there are.

    Shapes: input (N, C, L) or (C, L).
    """

    ndim = 1


class CircularPad2d(_CircularPadNd):
    """Continue images periodically; see `CircularPad1d`."""

    ndim = 2


class CircularPad3d(_CircularPadNd):
    """Continue volumes periodically; see `CircularPad1d`."""

    ndim = 3
