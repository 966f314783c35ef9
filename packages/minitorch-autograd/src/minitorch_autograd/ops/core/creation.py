"""Making tensors of given values, and tensors of one value in every place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.conversion import read_data
from ...arguments.device import refuse_elsewhere
from ...arguments.dtypes import require_dtype
from ...arguments.extensions import blocks
from ...arguments.operands import unwrap
from ...arguments.scalars import check_fits
from ...arguments.shapes import shape_of
from ...engine.value import Tensor, wrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.conversion import Data
    from ...arguments.device import device

__all__ = [
    "as_tensor",
    "asarray",
    "empty",
    "empty_like",
    "full",
    "full_like",
    "ones",
    "ones_like",
    "scalar_tensor",
    "tensor",
    "zeros",
    "zeros_like",
]


def made(value: Raw, requires_grad: bool = False, device: device | str | None = None) -> Tensor:
    """Make a leaf of a fresh raw tensor."""
    refuse_elsewhere(device)
    leaf = wrap(value)
    return leaf.requires_grad_() if requires_grad else leaf


def tensor(
    data: Data,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of a number, nested sequences, an array or a tensor, which are copied.

    Without `dtype` it is bool, int64 or the default float, the least that holds all the numbers;
    what has an element type of its own, such as an array, keeps it.

    Raises:
        ValueError: if the sequences are ragged.
        TypeError: if something in them is not a number.

    >>> tensor([[1, 2], [3, 4.5]])
    tensor([[1.0000, 2.0000],
            [3.0000, 4.5000]])
    """
    value, shared = read_data(data, dtype)
    return made(value.clone() if shared else value, requires_grad, device)


def as_tensor(data: Data, dtype: dtype | None = None, device: device | str | None = None) -> Tensor:
    """Make a tensor of `data` as `tensor` does, without a copy where none is needed.

    A tensor of that type is returned itself; the memory of an array is shared.
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
    """Make a tensor of `obj` as `tensor` does.

    Args:
        obj: a number, nested sequences, an array or a tensor.
        dtype: the element type; that of `obj` unless told.
        device: the CPU.
        copy: True always copies, False never (and raises ValueError where it must), None only
            where it must.
        requires_grad: whether the result tracks gradients; if not, it has no history either.
    """
    refuse_elsewhere(device)
    value, shared = read_data(obj, dtype)
    if copy is False and not shared:
        raise ValueError("can't alias arbitrary sequence or cast without a copy: leave copy out")
    if isinstance(obj, Tensor) and shared and not copy:
        if obj.requires_grad is requires_grad:
            return obj
        return obj.detach().requires_grad_(requires_grad)
    return made(value.clone() if copy and shared else value, requires_grad)


def scalar_tensor(
    s: float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a 0-d tensor of a number, of the default float unless told.

    Source: https://docs.pytorch.org/docs/stable/tensors.html
    """
    return full((), s, dtype=dtype or below.get_default_dtype(), requires_grad=requires_grad)


def full(
    size: Sequence[int],
    fill_value: Tensor | float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of one value, of the type that the value asks for.

    Raises:
        RuntimeError: if a size is negative, or the type can't hold the value.
    """
    if isinstance(size, int):
        raise TypeError("full(): argument 'size' (position 1) must be tuple of ints, not int")
    if isinstance(fill_value, Tensor):
        dtype = dtype or fill_value.dtype
        fill_value = fill_value.item()
    if dtype is None:
        kinds = {bool: below.bool, int: below.int64}
        dtype = kinds.get(type(fill_value), below.get_default_dtype())
    require_dtype("full", "dtype", dtype)
    value = below.full(shape_of("full", (size,)), check_fits(fill_value, dtype), dtype)
    return made(value, requires_grad, device)


def _constant(
    operation: str,
    args: tuple[int | Sequence[int], ...],
    size: Sequence[int] | None,
    value: int,
    dtype: dtype | None,
    device: device | str | None,
    requires_grad: bool,
) -> Tensor:
    dtype = _chosen(operation, dtype)
    return made(below.full(shape_of(operation, args, size), value, dtype), requires_grad, device)


def _chosen(operation: str, dtype: dtype | None) -> dtype:
    """Return the type that is asked for, the default one for None."""
    if dtype is None:
        return below.get_default_dtype()
    require_dtype(operation, "dtype", dtype)
    return dtype


def zeros(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of zeros: ``zeros(2, 3)`` or ``zeros((2, 3))``; of the default float type."""
    return _constant("zeros", args, size, 0, dtype, device, requires_grad)


def ones(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of ones: ``ones(2, 3)`` or ``ones((2, 3))``; the default float unless told."""
    return _constant("ones", args, size, 1, dtype, device, requires_grad)


def empty(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor whose values are yours to write: they are whatever is in its memory."""
    dtype = _chosen("empty", dtype)
    return made(_unwritten(shape_of("empty", args, size), dtype), requires_grad, device)


def _unwritten(shape: tuple[int, ...], dtype: dtype) -> Raw:
    try:
        make = blocks.empty
    except NotImplementedError:
        return below.full(shape, 0, dtype)
    return make(shape, dtype)


# --- Like another tensor


def full_like(
    input: Tensor,
    fill_value: Tensor | float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of one value, of the shape and type of `input`."""
    like = unwrap(input)
    dtype = like.dtype if dtype is None else dtype
    return full(like.shape, fill_value, dtype=dtype, device=device, requires_grad=requires_grad)


def zeros_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make zeros of the shape and type of `input`."""
    return full_like(input, 0, dtype=dtype, device=device, requires_grad=requires_grad)


def ones_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make ones of the shape and type of `input`."""
    return full_like(input, 1, dtype=dtype, device=device, requires_grad=requires_grad)


def empty_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of the shape and type of `input` whose values are yours to write."""
    like = unwrap(input)
    dtype = like.dtype if dtype is None else dtype
    return empty(like.shape, dtype=dtype, device=device, requires_grad=requires_grad)
