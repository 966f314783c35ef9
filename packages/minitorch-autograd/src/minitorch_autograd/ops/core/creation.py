"""Making tensors of one value: `full`, `zeros`, `ones`, `empty`, and these like another tensor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.device import refuse_elsewhere
from ...arguments.dtypes import require_dtype
from ...arguments.extensions import blocks
from ...arguments.memory_order import laid_out_like
from ...arguments.operands import unwrap
from ...arguments.scalars import check_fits
from ...arguments.shapes import shape_of
from ...engine.value import Tensor, wrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device

__all__ = [
    "empty",
    "empty_like",
    "full",
    "full_like",
    "ones",
    "ones_like",
    "scalar_tensor",
    "zeros",
    "zeros_like",
]


def leaf_of(value: Raw, requires_grad: bool = False, device: device | str | None = None) -> Tensor:
    """Make a tensor of a fresh raw one, which tracks gradients if `requires_grad`."""
    refuse_elsewhere(device)
    leaf = wrap(value)
    return leaf.requires_grad_() if requires_grad else leaf


def scalar_tensor(
    s: float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a 0-d tensor of a number, by default of the default float type.

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
    """Make a tensor with `fill_value` everywhere; by default of the type of the value.

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
    return leaf_of(value, requires_grad, device)


def _constant(
    operation: str,
    args: tuple[int | Sequence[int], ...],
    size: Sequence[int] | None,
    value: int,
    dtype: dtype | None,
    device: device | str | None,
    requires_grad: bool,
) -> Tensor:
    """Make a tensor of 0 or 1 in every place: `zeros` or `ones`."""
    dtype = _chosen(operation, dtype)
    return leaf_of(below.full(shape_of(operation, args, size), value, dtype), requires_grad, device)


def _chosen(operation: str, dtype: dtype | None) -> dtype:
    """Return `dtype`, or the default float type for None."""
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
    """Make a tensor of zeros, ``zeros(2, 3)`` or ``zeros((2, 3))``; by default of floats."""
    return _constant("zeros", args, size, 0, dtype, device, requires_grad)


def ones(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of ones, ``ones(2, 3)`` or ``ones((2, 3))``; by default of floats."""
    return _constant("ones", args, size, 1, dtype, device, requires_grad)


def empty(
    *args: int | Sequence[int],
    size: Sequence[int] | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor without setting its values: write them before you read them."""
    dtype = _chosen("empty", dtype)
    return leaf_of(_unwritten(shape_of("empty", args, size), dtype), requires_grad, device)


def _unwritten(shape: tuple[int, ...], dtype: dtype) -> Raw:
    """Return memory whose values nothing has set; zeros without the extension "blocks"."""
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
    """Make a tensor with `fill_value` everywhere, of the shape and type of `input`."""
    like = unwrap(input)
    dtype = like.dtype if dtype is None else dtype
    filled = laid_out_like(like, lambda shape: full(shape, fill_value, dtype=dtype)._raw)
    return leaf_of(filled, requires_grad, device)


def zeros_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of zeros of the shape and type of `input`."""
    return full_like(input, 0, dtype=dtype, device=device, requires_grad=requires_grad)


def ones_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of ones of the shape and type of `input`."""
    return full_like(input, 1, dtype=dtype, device=device, requires_grad=requires_grad)


def empty_like(
    input: Tensor,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of the shape and type of `input` without setting its values: see `empty`."""
    like = unwrap(input)
    dtype = _chosen("empty_like", like.dtype if dtype is None else dtype)
    made = laid_out_like(like, lambda shape: _unwritten(shape, dtype))
    return leaf_of(made, requires_grad, device)
