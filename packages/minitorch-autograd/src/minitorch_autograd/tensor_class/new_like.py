"""Methods that make a tensor of the type of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..arguments.operands import unwrap
from ..ops.core import creation, from_data

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from ..arguments.conversion import Data
    from ..arguments.device import device
    from ..engine.value import Tensor


def new_tensor(
    self: Tensor,
    data: Data,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of `data`, which is copied, of the type of this one unless told."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return from_data.tensor(data, dtype=dtype, device=device, requires_grad=requires_grad)


def new_full(
    self: Tensor,
    size: Sequence[int],
    fill_value: Tensor | float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of one value, of the type of this one unless told."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return creation.full(size, fill_value, dtype=dtype, device=device, requires_grad=requires_grad)


def new_zeros(
    self: Tensor,
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of zeros, of the type of this one unless told."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return creation.zeros(*args, size=size, dtype=dtype, device=device, requires_grad=requires_grad)


def new_ones(
    self: Tensor,
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of ones, of the type of this one unless told."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return creation.ones(*args, size=size, dtype=dtype, device=device, requires_grad=requires_grad)


def new_empty(
    self: Tensor,
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of the type of this one, whose values are yours to write."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return creation.empty(*args, size=size, dtype=dtype, device=device, requires_grad=requires_grad)
