"""The methods `new_...`, which make a tensor of the same element type as this one."""

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
    """Return a tensor with a copy of `data`; its type is by default that of this one."""
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
    """Return a tensor filled with one value; its type is by default that of this one."""
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
    """Return a tensor of zeros; its type is by default that of this one."""
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
    """Return a tensor of ones; its type is by default that of this one."""
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
    """Return a tensor of arbitrary values; its type is by default that of this one."""
    dtype = unwrap(self).dtype if dtype is None else dtype
    return creation.empty(*args, size=size, dtype=dtype, device=device, requires_grad=requires_grad)
