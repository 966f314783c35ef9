"""Dropping elements, or whole channels, at random."""

from __future__ import annotations

import warnings
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING, Final

from minitorch_autograd import Tensor, empty_like, no_grad, zeros

from ..activation.exponential import SELU_ALPHA, SELU_SCALE
from ..common.argument_types import check_calls
from ..common.inplace import write_over

if TYPE_CHECKING:
    from minitorch_autograd import dtype

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
    return _drop(input, input, p, training, inplace)


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
    return _drop_to_least(input, input, p, training, inplace)


def feature_alpha_dropout(
    input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False
) -> Tensor:
    """Same as `alpha_dropout`, but for whole channels of (N, C, ...).

    Raises:
        ValueError: if `p` is outside [0, 1].
        RuntimeError: if the input has fewer than 2 dimensions.
    """
    drawn = _channels(input, 2) if training else input
    return _drop_to_least(input, drawn, p, training, inplace)


def noise(like: Tensor, p: float) -> Tensor:
    """Draw what a tensor is multiplied by, p < 1: 0 with probability `p`, else ``1 / (1 - p)``.

    A number is drawn for each element of `like`, as they lie in memory.
    """
    with no_grad():
        return empty_like(like).bernoulli_(1 - p).mul_(_factor(p, like.dtype))


@cache
def _factor(p: float, dtype: dtype) -> Tensor:
    """Return ``1 / (1 - p)`` as the type divides it."""
    return (zeros((), dtype=dtype) + 1.0) / (1 - p)


def _channels(input: Tensor, number: int) -> Tensor:
    """Return a tensor of the first dimensions of the input, and ones."""
    if len(input.shape) < 2:
        raise RuntimeError(
            f"Feature dropout requires at least 2 dimensions in the input, got {input.shape}"
        )
    shape = (*input.shape[:number], *(1,) * (len(input.shape) - number))
    return zeros(shape, dtype=input.dtype)


def _warn(name: str, input: Tensor, meaning: str) -> None:
    warnings.warn(
        f"{name}: Received a {len(input.shape)}-D input to {name}, which is deprecated: {meaning}",
        stacklevel=4,
    )


def _drop(input: Tensor, drawn: Tensor, p: float, training: bool, inplace: bool) -> Tensor:
    """Drop elements, with one number drawn for each element of `drawn`, which broadcasts."""
    check_probability(p)
    if 0 in input.shape or not training or p == 0:
        return input
    factor = noise(drawn, float(p)) if p < 1 else 0.0
    return write_over(input, lambda x: x * factor) if inplace else input * factor


def _drop_to_least(input: Tensor, drawn: Tensor, p: float, training: bool, inplace: bool) -> Tensor:
    check_probability(p)
    if p == 1:
        return _drop(input, drawn, p, training, inplace)
    if 0 in input.shape or not training or p == 0:
        return input
    p = float(p)  # a tensor is taken for its number
    a = 1 / sqrt((1 - p) * (1 + p * LEAST**2))
    with no_grad():
        scale = empty_like(drawn).bernoulli_(1 - p)
        shift = (scale - 1).mul_(-LEAST * a).add_(-LEAST * a * p)
        scale.mul_(a)
    if inplace:
        return write_over(input, lambda x: x * scale + shift)
    return input * scale + shift


check_calls(globals(), __all__)
