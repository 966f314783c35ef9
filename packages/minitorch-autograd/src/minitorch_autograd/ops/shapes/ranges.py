"""Evenly spaced numbers: `arange`, `linspace` and `logspace`."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, overload

import minitorch_tensor as below

from ...arguments.scalars import check_fits, scalar
from ...arguments.shapes import LARGEST, refuse_too_large
from ...engine.value import Tensor
from ..core.creation import leaf_of

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device

__all__ = ["arange", "linspace", "logspace"]


def _number(x: Tensor | float) -> float:
    """Return a number, or the only element of a tensor."""
    return x.item() if isinstance(x, Tensor) else x


def _refuse_bool(operation: str, dtype: dtype) -> None:
    if dtype is below.bool:
        raise NotImplementedError(
            f"\"{operation}_cpu\" not implemented for 'Bool': take an integer type, and compare"
        )


@overload
def arange(
    end: Tensor | float,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor: ...


@overload
def arange(
    start: Tensor | float,
    end: Tensor | float,
    step: Tensor | float = 1,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor: ...


def arange(
    *args: Tensor | float,
    start: Tensor | float = 0,
    end: Tensor | float | None = None,
    step: Tensor | float = 1,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Count from `start`, by default 0, in steps of `step`, up to but without `end`.

    The type is by default int64 if all three are integers, else the default float.

    Raises:
        RuntimeError: if `step` is 0 or leads away from `end`, or a bound is not finite.

    >>> arange(1, 7, 2)
    tensor([1, 3, 5])
    """
    if len(args) == 1 and end is None:
        end = args[0]
    elif len(args) == 1:
        start = args[0]
    elif args:
        start, end, step = (*args, step)[:3]
    if end is None or len(args) > 3:
        raise TypeError(
            "arange() received an invalid combination of arguments: expected arange(end) or "
            "arange(start, end, step)"
        )
    first, last, by = _number(start), _number(end), _number(step)
    if dtype is below.int64 and isfinite(first) and isfinite(last):
        first, last, by = int(first), int(last), int(by)  # as torch does
    if by == 0:
        raise RuntimeError("step must be nonzero")
    if not (isfinite(first) and isfinite(last)):
        raise RuntimeError(f"unsupported range: {first} -> {last}")
    if (last - first) * by < 0:
        raise RuntimeError(
            "upper bound and lower bound inconsistent with step sign: "
            f"from {first} to {last} by {by}"
        )
    if not (-LARGEST < first < LARGEST and -LARGEST < last < LARGEST):
        for one in (first, last):
            if isinstance(one, int):
                check_fits(one, below.int64)
    if dtype is None:
        whole = all(isinstance(one, int) for one in (first, last, by))
        dtype = below.int64 if whole else below.get_default_dtype()
    _refuse_bool("arange", dtype)
    return leaf_of(below.arange(first, last, by, dtype), requires_grad, device)


def linspace(
    start: Tensor | float,
    end: Tensor | float,
    steps: int,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Return `steps` evenly spaced numbers from `start` to `end`, both included.

    Raises:
        RuntimeError: if `steps` is negative.

    >>> linspace(0, 1, 5)
    tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
    """
    dtype = below.get_default_dtype() if dtype is None else dtype
    _refuse_bool("linspace", dtype)
    return leaf_of(_spaced(start, end, steps, dtype).to(dtype), requires_grad, device)


def logspace(
    start: Tensor | float,
    end: Tensor | float,
    steps: int,
    base: float = 10.0,
    *,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Return `base` to the powers ``linspace(start, end, steps)``.

    Raises:
        RuntimeError: if `steps` is negative.

    >>> logspace(0, 2, 3)
    tensor([  1.,  10., 100.])
    """
    dtype = below.get_default_dtype() if dtype is None else dtype
    _refuse_bool("logspace", dtype)
    powers = _spaced(start, end, steps, dtype)
    return leaf_of((base**powers).to(dtype), requires_grad, device)


def _spaced(start: Tensor | float, end: Tensor | float, steps: int, dtype: dtype) -> Raw:
    """Return evenly spaced float64 numbers.

    The ends are rounded to `dtype` first. Each number is counted from the nearer end, so that both
    ends are exact.
    """
    if not isinstance(steps, int):
        raise TypeError(f"argument 'steps' must be int, not {type(steps).__name__}")
    if steps < 0:
        raise RuntimeError(f"number of steps must be non-negative, got {steps}")
    refuse_too_large("linspace", (steps,))
    first, last = (scalar(_number(x), dtype).item() for x in (start, end))
    step = (last - first) / (steps - 1) if steps > 1 else 0.0
    i = below.arange(0, steps, 1, below.float64)
    return below.where(i < max(steps // 2, 1), first + i * step, last - ((steps - 1) - i) * step)
