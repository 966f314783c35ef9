"""Making tensors of values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from . import _tensor
from ._graph import wrap
from ._shapes import one_shape, refuse_negative

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from ._tensor import Nested, Tensor


def _made(raw: below.Tensor, requires_grad: bool) -> Tensor:
    made = wrap(raw)
    return made.requires_grad_() if requires_grad else made


def tensor(data: Nested, *, dtype: dtype | None = None, requires_grad: bool = False) -> Tensor:
    """Make a tensor of nested sequences of numbers, which are copied.

    Without `dtype` it is bool, int64 or float32, the least that holds all the values.

    Raises:
        ValueError: if the sequences are ragged.
        TypeError: if something in them is not a number.

    >>> tensor([[1, 2], [3, 4.5]])
    tensor([[1.0000, 2.0000],
            [3.0000, 4.5000]])

    Source: https://docs.pytorch.org/docs/stable/generated/torch.tensor.html
    """
    if isinstance(data, _tensor.Tensor):
        return _made((data._raw if dtype is None else data._raw.to(dtype)).clone(), requires_grad)
    return _made(below.tensor(data, dtype), requires_grad)


def full(
    size: Sequence[int],
    fill_value: float,
    *,
    dtype: dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Make a tensor of one value, of the type that the value asks for.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.full.html
    """
    refuse_negative(size)
    if dtype is None:
        kind = {bool: below.bool, int: below.int64}
        dtype = kind.get(type(fill_value), below.float32)
    return _made(below.full(tuple(size), fill_value, dtype), requires_grad)


def zeros(
    *size: int | Sequence[int], dtype: dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Make a tensor of zeros: ``zeros(2, 3)`` or ``zeros((2, 3))``; float32 unless told.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.zeros.html
    """
    return full(one_shape(size), 0, dtype=dtype or below.float32, requires_grad=requires_grad)


def ones(
    *size: int | Sequence[int], dtype: dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Make a tensor of ones: ``ones(2, 3)`` or ``ones((2, 3))``; float32 unless told.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ones.html
    """
    return full(one_shape(size), 1, dtype=dtype or below.float32, requires_grad=requires_grad)


def empty(
    *size: int | Sequence[int], dtype: dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Make a tensor whose values are yours to write. They are zeros here; torch leaves any.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.empty.html
    """
    return zeros(*size, dtype=dtype, requires_grad=requires_grad)


def full_like(
    input: Tensor, fill_value: float, *, dtype: dtype | None = None, requires_grad: bool = False
) -> Tensor:
    """Make a tensor of one value, of the shape and type of `input`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.full_like.html
    """
    return full(input.shape, fill_value, dtype=dtype or input.dtype, requires_grad=requires_grad)


def zeros_like(input: Tensor, *, dtype: dtype | None = None, requires_grad: bool = False) -> Tensor:
    """Make zeros of the shape and type of `input`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.zeros_like.html
    """
    return full_like(input, 0, dtype=dtype, requires_grad=requires_grad)


def ones_like(input: Tensor, *, dtype: dtype | None = None, requires_grad: bool = False) -> Tensor:
    """Make ones of the shape and type of `input`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ones_like.html
    """
    return full_like(input, 1, dtype=dtype, requires_grad=requires_grad)


def empty_like(input: Tensor, *, dtype: dtype | None = None, requires_grad: bool = False) -> Tensor:
    """Make a tensor of the shape and type of `input` whose values are yours to write.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.empty_like.html
    """
    return zeros_like(input, dtype=dtype, requires_grad=requires_grad)


def arange(
    start: float,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: dtype | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Count from `start` (or 0, with one argument) by `step` as long as it is before `end`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.arange.html
    """
    if end is None:
        start, end = 0, start
    if step == 0:
        raise RuntimeError("step must be nonzero")
    if (end - start) * step < 0:
        raise RuntimeError(
            "upper bound and lower bound inconsistent with step sign: "
            f"from {start} to {end} by {step}"
        )
    if dtype is None:
        whole = all(isinstance(one, int) for one in (start, end, step))
        dtype = below.int64 if whole else below.float32
    return _made(below.arange(start, end, step, dtype), requires_grad)
