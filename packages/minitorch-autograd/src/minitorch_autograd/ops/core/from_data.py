"""Making tensors of numbers, nested sequences and arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...arguments.conversion import read_data
from ...arguments.device import refuse_elsewhere
from ...arguments.memory_order import copied
from ...engine.value import Tensor, wrap
from .creation import leaf_of

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from ...arguments.conversion import Data
    from ...arguments.device import device

__all__ = ["as_tensor", "asarray", "tensor"]


def tensor(
    data: Data,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of a number, nested sequences, an array or a tensor; the data is copied.

    Without `dtype`, numbers become bool, int64 or the default float, the first that holds them all;
    arrays and tensors keep their element type.

    Raises:
        ValueError: if the sequences are ragged.
        TypeError: if something in them is not a number.

    >>> tensor([[1, 2], [3, 4.5]])
    tensor([[1.0000, 2.0000],
            [3.0000, 4.5000]])
    """
    value, shared = read_data(data, dtype)
    return leaf_of(copied(value) if shared else value, requires_grad, device)


def as_tensor(data: Data, dtype: dtype | None = None, device: device | str | None = None) -> Tensor:
    """Same as `tensor`, but without a copy if none is needed.

    A tensor of the right type is returned itself, and the memory of an array is shared.
    """
    refuse_elsewhere(device)
    if isinstance(data, Tensor):
        return data if dtype is None else data.to(dtype)
    return wrap(read_data(data, dtype)[0])


def asarray(
    obj: Data,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    copy: bool | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Same as `tensor`, but `copy` says whether the data is copied.

    Args:
        obj: a number, nested sequences, an array or a tensor.
        dtype: the element type; by default that of `obj`.
        device: the CPU.
        copy: True copies always; False never, and raises ValueError if a copy is needed; None
            copies only if needed.
        requires_grad: whether the result tracks gradients; if not, it is detached.
    """
    refuse_elsewhere(device)
    value, shared = read_data(obj, dtype)
    if copy is False and not shared:
        raise ValueError("can't alias arbitrary sequence or cast without a copy: leave copy out")
    if isinstance(obj, Tensor) and shared and not copy:
        if obj.requires_grad is requires_grad:
            return obj
        return obj.detach().requires_grad_(requires_grad)
    return leaf_of(value.clone() if copy and shared else value, requires_grad)
