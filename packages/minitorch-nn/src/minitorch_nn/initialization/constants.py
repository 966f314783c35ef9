"""Filling parameters with given numbers, in place and unrecorded; and leaving them as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from minitorch_autograd import Tensor, no_grad, zeros

from ..common.extensions import creation, shaping

_skipping = [0]  # of `with skipped()` blocks


@contextmanager
def skipped() -> Iterator[None]:
    """Leave all tensors as they are while the `with` block lasts: nothing is drawn, either."""
    _skipping[0] += 1
    try:
        yield
    finally:
        _skipping[0] -= 1


def is_skipped() -> bool:
    """Return whether tensors are left as they are now."""
    return _skipping[0] > 0


def constant_(tensor: Tensor, val: float) -> Tensor:
    """Fill with a number; return `tensor`."""
    if is_skipped():
        return tensor
    with no_grad():
        return tensor.copy_(zeros(tensor.shape, dtype=tensor.dtype) + val)


def zeros_(tensor: Tensor) -> Tensor:
    """Fill with zeros; return `tensor`."""
    return constant_(tensor, 0)


def ones_(tensor: Tensor) -> Tensor:
    """Fill with ones; return `tensor`."""
    return constant_(tensor, 1)


def eye_(tensor: Tensor) -> Tensor:
    """Fill a matrix with ones on its diagonal and zeros elsewhere; return `tensor`.

    Raises:
        ValueError: if it is no matrix.
    """
    if len(tensor.shape) != 2:
        raise ValueError(f"Only tensors with 2 dimensions are supported, got {tensor.shape}")
    with no_grad():
        return tensor.copy_(creation.eye(*tensor.shape, dtype=tensor.dtype))


def dirac_(tensor: Tensor, groups: int = 1) -> Tensor:
    """Fill a weight of a convolution so that it hands its input channels on; return `tensor`.

    Args:
        tensor: (out, in / groups, *kernel), of one to three spatial dimensions: a 1 in the middle
            of the kernel from each input channel to its output channel, zeros elsewhere.
        groups: of the convolution.

    Raises:
        ValueError: for another number of dimensions, or outputs that the groups do not divide.
    """
    shape = tensor.shape
    if len(shape) not in (3, 4, 5):
        raise ValueError(f"Only tensors with 3, 4, or 5 dimensions are supported, got {shape}")
    if shape[0] % groups:
        raise ValueError(f"dim 0 must be divisible by groups, got {shape[0]} and {groups}")
    outputs = shape[0] // groups
    with no_grad():
        zeros_(tensor)
        if 0 in shape[:2]:
            return tensor
        channels = tensor
        for n in shape[2:]:
            channels = shaping.select(channels, 2, n // 2)  # the middle of each dimension
        one = creation.eye(outputs, shape[1], dtype=tensor.dtype)
        channels.copy_(shaping.cat([one] * groups))
    return tensor
