"""Casts: from one element type to another."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final, overload

import minitorch_tensor as below

from ...arguments.device import device as Device
from ...arguments.device import refuse_elsewhere
from ...arguments.dtypes import require_dtype
from ...arguments.operands import unwrap
from ...engine.graph import record
from ...engine.modes import switch
from ...engine.value import Tensor, wrap

if TYPE_CHECKING:
    from typing import TypeAlias

    from minitorch_tensor import dtype

    from ...arguments.device import device

    Target: TypeAlias = "dtype | Tensor | device | str | builtins.bool | None"

OLD_NAMES: Final = {
    "torch.BoolTensor": below.bool,
    "torch.ByteTensor": below.uint8,
    "torch.CharTensor": below.int8,
    "torch.ShortTensor": below.int16,
    "torch.IntTensor": below.int32,
    "torch.LongTensor": below.int64,
    "torch.HalfTensor": below.float16,
    "torch.FloatTensor": below.float32,
    "torch.DoubleTensor": below.float64,
}


def cast_for(operation: str, x: Tensor, dtype: dtype) -> Tensor:
    """Cast `x` to the `dtype` argument of a sum or product.

    Raises:
        RuntimeError: if `x` tracks gradients, and `dtype` is not a floating type.
    """
    unwrap(x)
    if switch.recording and x._node is not None and not dtype.is_floating_point:
        raise RuntimeError(
            f"{operation}: Autograd not support dtype: {dtype}, and the input tracks gradients: "
            f"detach it first, as in x.detach().{operation}(dtype={dtype})"
        )
    return to(x, dtype)


@overload
def to(
    self: Tensor, dtype: dtype, non_blocking: builtins.bool = ..., copy: builtins.bool = ...
) -> Tensor: ...
@overload
def to(
    self: Tensor,
    device: device | str | None = ...,
    dtype: dtype | None = ...,
    non_blocking: builtins.bool = ...,
    copy: builtins.bool = ...,
) -> Tensor: ...
@overload
def to(
    self: Tensor, other: Tensor, non_blocking: builtins.bool = ..., copy: builtins.bool = ...
) -> Tensor: ...
def to(
    self: Tensor,
    *target: Target,
    dtype: dtype | None = None,
    device: device | str | None = None,
    other: Tensor | None = None,
    non_blocking: builtins.bool = False,
    copy: builtins.bool = False,
) -> Tensor:
    """Cast: ``to(dtype)``, ``to(other)``, or ``to(device, dtype)``.

    Args:
        self: the tensor; returned itself if it has the type already.
        *target: the arguments below by position, in one of torch's three ways.
        dtype: the new element type.
        device: the CPU.
        other: a tensor whose element type is the new one.
        non_blocking: has no effect on the CPU.
        copy: whether to copy even if the tensor has the type already.

    Raises:
        RuntimeError: if the device is not the CPU.

    Gradient: the same, cast back; none through integers.
    """
    if target:
        first, *rest = target
        if isinstance(first, below.dtype):
            dtype = first
        elif isinstance(first, Tensor):
            other = first
        elif first is None or isinstance(first, str | Device):
            device = first
            if rest and not isinstance(rest[0], builtins.bool):
                dtype = rest.pop(0)  # type: ignore[assignment]  # checked below
        else:
            raise TypeError(
                f"to() takes a dtype, a device or a Tensor first, not {type_name(first)}"
            )
        copy = builtins.bool(rest[1]) if len(rest) > 1 else copy
    refuse_elsewhere(device)
    if other is not None:
        dtype = unwrap(other).dtype
    if dtype is None:
        dtype = self._raw.dtype
    else:
        require_dtype("to", "dtype", dtype)
    if self._raw.dtype is not dtype:
        cast = wrap(self._raw.to(dtype))
    elif copy:
        cast = wrap(self._raw.clone())
    else:
        return self
    # The engine casts the gradient back.
    return record("ToCopyBackward0", cast, (self, lambda g: g)) if dtype.is_floating_point else cast


def type_name(value: object) -> str:
    """Return the name of the Python type of `value` (`type` is a function here)."""
    return builtins.type(value).__name__


def type_as(self: Tensor, other: Tensor) -> Tensor:
    """Cast to the element type of `other`."""
    return to(self, other.dtype)


@overload
def type(self: Tensor, dtype: None = None, non_blocking: builtins.bool = False) -> str: ...
@overload
def type(self: Tensor, dtype: dtype | str, non_blocking: builtins.bool = False) -> Tensor: ...
def type(
    self: Tensor, dtype: dtype | str | None = None, non_blocking: builtins.bool = False
) -> Tensor | str:
    """Cast to `dtype`; without it, return the old name of the element type, "torch.FloatTensor".

    >>> tensor([1]).type()
    'torch.LongTensor'

    Raises:
        ValueError: if `dtype` is a string, but none of the old names.
    """
    if dtype is None:
        return next(name for name, one in OLD_NAMES.items() if one is self.dtype)
    if isinstance(dtype, str):
        if dtype not in OLD_NAMES:
            raise ValueError(f"invalid type: '{dtype}': one of {', '.join(OLD_NAMES)}")
        dtype = OLD_NAMES[dtype]
    return to(self, dtype)


def half(self: Tensor) -> Tensor:
    """Cast to float16."""
    return to(self, below.float16)


def float(self: Tensor) -> Tensor:
    """Cast to float32."""
    return to(self, below.float32)


def double(self: Tensor) -> Tensor:
    """Cast to float64."""
    return to(self, below.float64)


def byte(self: Tensor) -> Tensor:
    """Cast to uint8."""
    return to(self, below.uint8)


def char(self: Tensor) -> Tensor:
    """Cast to int8."""
    return to(self, below.int8)


def short(self: Tensor) -> Tensor:
    """Cast to int16."""
    return to(self, below.int16)


def int(self: Tensor) -> Tensor:
    """Cast to int32."""
    return to(self, below.int32)


def long(self: Tensor) -> Tensor:
    """Cast to int64."""
    return to(self, below.int64)


def bool(self: Tensor) -> Tensor:
    """Cast to bool: True where an element is not 0."""
    return to(self, below.bool)


def cpu(self: Tensor) -> Tensor:
    """Return the tensor itself: it is on the CPU already."""
    return self
