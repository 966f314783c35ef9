"""Layers that drop elements at random while training."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .functional import check_probability

__all__ = ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]


class _Dropout(Module):
    """What all have: the probability, and whether the result is written over the input."""

    p: float
    inplace: bool

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        check_probability(p)
        self.p = p
        self.inplace = inplace

    def extra_repr(self) -> str:
        return f"p={self.p}, inplace={self.inplace}"


class Dropout(_Dropout):
    """While training, set elements to 0 with probability p and scale the others by 1 / (1 - p).

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: Srivastava et al., "Dropout", 2014
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with elements dropped, in training mode."""
        return F.dropout(input, self.p, self.training, self.inplace)


class Dropout1d(_Dropout):
    """Same as `Dropout`, but for whole channels of sequences.

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Shapes: (N, C, L) or (C, L).

    Raises:
        ValueError: if `p` is outside [0, 1].
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with channels dropped, in training mode."""
        return F.dropout1d(input, self.p, self.training, self.inplace)


class Dropout2d(_Dropout):
    """Same as `Dropout`, but for whole channels of images.

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Shapes: (N, C, H, W), or (N, C, L) with a warning.

    Raises:
        ValueError: if `p` is outside [0, 1].
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with channels dropped, in training mode."""
        return F.dropout2d(input, self.p, self.training, self.inplace)


class Dropout3d(_Dropout):
    """Same as `Dropout`, but for whole channels of volumes.

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Shapes: (N, C, D, H, W) or (C, D, H, W).

    Raises:
        ValueError: if `p` is outside [0, 1].
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with channels dropped, in training mode."""
        return F.dropout3d(input, self.p, self.training, self.inplace)


class AlphaDropout(_Dropout):
    """While training, set elements to the least value of `SELU`, keeping mean 0 and variance 1.

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with elements dropped, in training mode."""
        return F.alpha_dropout(input, self.p, self.training, self.inplace)


class FeatureAlphaDropout(_Dropout):
    """Same as `AlphaDropout`, but for whole channels.

    Args:
        p: the probability, in [0, 1].
        inplace: whether the result is written over the input.

    Shapes: (N, C, ...).

    Raises:
        ValueError: if `p` is outside [0, 1].
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with channels dropped, in training mode."""
        return F.feature_alpha_dropout(input, self.p, self.training, self.inplace)
