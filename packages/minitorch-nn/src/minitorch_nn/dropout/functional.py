"""Dropping elements, or whole channels, at random."""

from __future__ import annotations

import warnings
from math import sqrt
from typing import Final

from minitorch_autograd import Tensor, rand

from ..activation.exponential import SELU_ALPHA, SELU_SCALE
from ..common.argument_types import check_calls
from ..common.inplace import write_over

__all__ = [
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "alpha_dropout",
    "feature_alpha_dropout",
]

LEAST: Final = -SELU_ALPHA * SELU_SCALE  # what `selu` tends to, far below 0


def check_probability(p: float) -> None:
    """Raise ValueError if `p` is not in [0, 1]."""
    if not 0 <= p <= 1:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")


def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    """Set elements to 0 with probability `p`, and scale the others by ``1 / (1 - p)``.

    Args:
        input: any shape.
        p: the probability, in [0, 1].
        training: whether to do it at all.
        inplace: whether the result is written over the input.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: Srivastava et al., "Dropout", 2014
    """
    return _drop(input, input.shape, p, training, inplace)


def dropout1d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Same as `dropout`, but for whole channels of (N, C, L) or (C, L).

    Raises:
        ValueError: if `p` is outside [0, 1].
        RuntimeError: if the input has another number of dimensions.
    """
    check_probability(p)
    if len(input.shape) not in (2, 3):
        raise RuntimeError(
            f"dropout1d: Expected 2D or 3D input, but received a {len(input.shape)}D input, of "
            f"shape {input.shape}: it takes (N, C, L) or (C, L)"
        )
    channels = 2 if len(input.shape) == 3 else 1
    return _drop(input, _channels(input, channels), p, training, inplace)


def dropout2d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Same as `dropout`, but for whole channels of (N, C, H, W).

    Three dimensions are taken for (N, C, L), with a warning, as in torch.

    Raises:
        ValueError: if `p` is outside [0, 1].
        RuntimeError: if the input has fewer than 2 dimensions.
    """
    check_probability(p)
    if len(input.shape) != 4:
        _warn("dropout2d", input, "the first two are taken for a batch and its channels")
    return _drop(input, _channels(input, 2), p, training, inplace)


def dropout3d(
    input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False
) -> Tensor:
    """Same as `dropout`, but for whole channels of (N, C, D, H, W) or (C, D, H, W).

    Raises:
        ValueError: if `p` is outside [0, 1].
    """
    check_probability(p)
    if len(input.shape) not in (4, 5):
        _warn("dropout3d", input, "the first is taken for the channels")
    return _drop(input, _channels(input, 2 if len(input.shape) == 5 else 1), p, training, inplace)


def alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """Set elements to the least value of `selu` with probability `p`, and rescale.

    It keeps mean 0 and variance 1: for ``m = -1.7581``, the result is ``a x + b`` of what is kept
    and ``a m + b`` of what is dropped, ``a = 1 / sqrt((1 - p) (1 + p m^2))``, ``b = -a p m``.

    Args:
        input: any shape.
        p: the probability, in [0, 1].
        training: whether to do it at all.
        inplace: whether the result is written over the input.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: Klambauer et al., "Self-Normalizing Neural Networks", 2017
    """
    return _drop_to_least(input, input.shape, p, training, inplace)


def feature_alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """Same as `alpha_dropout`, but for whole channels of (N, C, ...).

    Raises:
        ValueError: if `p` is outside [0, 1].
        RuntimeError: if the input has fewer than 2 dimensions.
    """
    shape = _channels(input, 2) if training else input.shape
    return _drop_to_least(input, shape, p, training, inplace)


def _channels(input: Tensor, number: int) -> tuple[int, ...]:
    """Return the shape of what is drawn: the first dimensions of the input, and ones."""
    if len(input.shape) < 2:
        raise RuntimeError(
            f"Feature dropout requires at least 2 dimensions in the input, got {input.shape}"
        )
    return (*input.shape[:number], *(1,) * (len(input.shape) - number))


def _warn(name: str, input: Tensor, meaning: str) -> None:
    warnings.warn(
        f"{name}: Received a {len(input.shape)}-D input to {name}, which is deprecated: {meaning}",
        stacklevel=4,
    )


def _kept(input: Tensor, shape: tuple[int, ...], p: float) -> Tensor:
    """Draw 1 with probability ``1 - p``, else 0."""
    return (rand(shape, dtype=input.dtype) < 1 - p).to(input.dtype)


def _drop(input: Tensor, shape: tuple[int, ...], p: float, training: bool, inplace: bool) -> Tensor:
    """Drop elements, with one number drawn for each element of `shape`, which broadcasts."""
    check_probability(p)
    if not training or p == 0 or 0 in input.shape:
        return input
    # The factor goes to the numbers drawn, so that the input is multiplied once.
    noise: Tensor | float = _kept(input, shape, p) * (1 / (1 - p)) if p < 1 else 0.0
    return write_over(input, lambda x: x * noise) if inplace else input * noise


def _drop_to_least(
    input: Tensor, shape: tuple[int, ...], p: float, training: bool, inplace: bool
) -> Tensor:
    check_probability(p)
    if p == 1:
        return _drop(input, shape, p, training, inplace)
    if not training or p == 0 or 0 in input.shape:
        return input
    a = 1 / sqrt((1 - p) * (1 + p * LEAST**2))
    kept = _kept(input, shape, p)
    scale = kept * a
    shift = kept * (-a * LEAST) + (a * LEAST - a * p * LEAST)
    if inplace:
        return write_over(input, lambda x: x * scale + shift)
    return input * scale + shift


check_calls(globals(), __all__)
