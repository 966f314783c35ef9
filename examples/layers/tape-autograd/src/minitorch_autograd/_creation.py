"""Making tensors, and the stream of random numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ._tensor import Tensor

if TYPE_CHECKING:
    from .requires import Nested


def tensor(
    data: Nested, *, dtype: below.dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Make a tensor of nested numbers; without `dtype` bool, int64 or float32, as they ask."""
    made = Tensor(below.tensor(data, dtype))
    made.requires_grad = requires_grad
    return made


def zeros(size: tuple[int, ...], *, dtype: below.dtype | None = None) -> Tensor:
    """Make a tensor of zeros, float32 by default."""
    return Tensor(below.full(size, 0, dtype or below.float32))


def zeros_like(input: Tensor) -> Tensor:
    """Make zeros of the shape and type of `input`."""
    return zeros(input.shape, dtype=input.dtype)


def empty_like(input: Tensor) -> Tensor:
    """Make a tensor to be written to, of the shape and type of `input`."""
    return zeros_like(input)


def arange(end: int) -> Tensor:
    """Count 0, 1, ... end - 1, int64."""
    return Tensor(below.arange(0, end, 1, below.int64))


def rand(
    size: tuple[int, ...],
    *,
    generator: below.Generator | None = None,
    dtype: below.dtype | None = None,
) -> Tensor:
    """Draw from the uniform distribution on [0, 1)."""
    return Tensor(below.rand(size, dtype or below.float32, generator or below.default_generator))


def randperm(n: int, *, generator: below.Generator | None = None) -> Tensor:
    """Draw an order of 0 ... n - 1, int64."""
    return Tensor(below.randperm(n, generator or below.default_generator))


def manual_seed(seed: int) -> below.Generator:
    """Start the default stream again from `seed`; return it."""
    return below.default_generator.manual_seed(seed)
