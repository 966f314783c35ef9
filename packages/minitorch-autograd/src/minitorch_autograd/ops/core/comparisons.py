"""Comparisons, and tests for NaN, infinities and signs: bool, so without derivatives."""

from __future__ import annotations

from math import inf, prod

import minitorch_tensor as below

from ...arguments.extensions import rounding
from ...arguments.operands import unwrap, unwrap_operand
from ...engine.value import Tensor, wrap

__all__ = [
    "allclose",
    "eq",
    "equal",
    "ge",
    "greater",
    "greater_equal",
    "gt",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isneginf",
    "isposinf",
    "le",
    "less",
    "less_equal",
    "lt",
    "ne",
    "not_equal",
    "signbit",
]


def eq(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x == y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) == unwrap_operand(other))


def ne(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x != y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) != unwrap_operand(other))


def lt(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x < y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) < unwrap_operand(other))


def le(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x <= y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) <= unwrap_operand(other))


def gt(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x > y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) > unwrap_operand(other))


def ge(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x >= y``: bool, no gradient; broadcasts."""
    return wrap(unwrap(input) >= unwrap_operand(other))


def isnan(input: Tensor) -> Tensor:
    """Return for each element whether it is NaN."""
    x = unwrap(input)
    return wrap(x != x)


def isinf(input: Tensor) -> Tensor:
    """Return for each element whether it is infinite, of either sign."""
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        return wrap(x != x)
    return wrap((x == inf) + (x == -inf))


def isposinf(input: Tensor) -> Tensor:
    """Return for each element whether it is positive infinity."""
    x = unwrap(input)
    return wrap(x == inf if x.dtype.is_floating_point else x != x)


def isneginf(input: Tensor) -> Tensor:
    """Return for each element whether it is negative infinity."""
    x = unwrap(input)
    return wrap(x == -inf if x.dtype.is_floating_point else x != x)


def isfinite(input: Tensor) -> Tensor:
    """Return for each element whether it is neither infinite nor NaN."""
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        return wrap(x == x)
    return wrap((x < inf) * (x > -inf))


def signbit(input: Tensor) -> Tensor:
    """Return for each element whether its sign is minus, that of -0 and NaN included.

    The sign of NaN is known only with the extension "rounding" of the tensor layer.
    """
    x = unwrap(input)
    if not x.dtype.is_floating_point:
        return wrap(x < 0)
    try:
        signs = rounding.signbit
    except NotImplementedError:
        return wrap((x < 0) + ((x == 0) * (1 / x < 0)))
    return wrap(signs(x))


def isclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> Tensor:
    """Return for each pair whether ``|x - y| <= atol + rtol |y|``; infinities must be equal."""
    x, y = unwrap(input), unwrap(other)
    if x.dtype is not y.dtype:
        raise RuntimeError(f"{x.dtype} did not match {y.dtype}: isclose needs one type")
    if rtol < 0 or atol < 0:
        raise RuntimeError(f"isclose: rtol and atol must not be negative, got {rtol} and {atol}")
    same = x == y
    if not x.dtype.is_floating_point:
        x, y = x.to(below.float64), y.to(below.float64)
    elif equal_nan:
        same = same + (x != x) * (y != y)
    distance = below.abs(x - y)
    near = (distance < inf) * (distance <= below.abs(y) * rtol + atol)
    return wrap(same + near)


def allclose(
    input: Tensor,
    other: Tensor,
    rtol: float = 1e-05,
    atol: float = 1e-08,
    equal_nan: bool = False,
) -> bool:
    """Return whether all pairs of elements are close: see `isclose`."""
    near = isclose(input, other, rtol, atol, equal_nan)._raw
    return int(near.sum(tuple(range(len(near.shape)))).item()) == prod(near.shape)


def equal(input: Tensor, other: Tensor) -> bool:
    """Return whether two tensors have the same shape and the same elements."""
    x, y = unwrap(input), unwrap(other)
    if x.shape != y.shape:
        return False
    return int((x == y).sum(tuple(range(len(x.shape)))).item()) == prod(x.shape)


# Other names that torch has for them.
greater_equal = ge


greater = gt


less_equal = le


less = lt


not_equal = ne
