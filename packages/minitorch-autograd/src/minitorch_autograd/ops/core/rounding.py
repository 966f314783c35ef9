"""Rounding, signs and remainders, each with its derivative: 0 almost everywhere, or 1.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import result_type
from ...arguments.extensions import rounding
from ...arguments.operands import unwrap, unwrap_operand
from ...engine.graph import record, record_with_output, zero_gradient
from ...engine.value import Tensor, wrap
from .comparisons import signbit
from .creation import zeros_like
from .elementwise import unary

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.node import OutputRule

__all__ = [
    "ceil",
    "copysign",
    "fix",
    "floor",
    "floor_divide",
    "fmod",
    "frac",
    "remainder",
    "round",
    "sgn",
    "sign",
    "trunc",
]


def floor(input: Tensor) -> Tensor:
    """Round down; the derivative is 0."""
    return unary("FloorBackward0", rounding.floor, input, zeros_like)


def ceil(input: Tensor) -> Tensor:
    """Round up; the derivative is 0."""
    return unary("CeilBackward0", rounding.ceil, input, zeros_like)


def trunc(input: Tensor) -> Tensor:
    """Round towards 0; the derivative is 0."""
    return unary("TruncBackward0", rounding.trunc, input, zeros_like)


def sign(input: Tensor) -> Tensor:
    """Return the sign, -1, 0 or 1; 0 for NaN. The derivative is 0."""
    return unary("SignBackward0", rounding.sign, input, zeros_like)


def frac(input: Tensor) -> Tensor:
    """Compute the fractional part ``x - trunc(x)``; the derivative is 1."""
    x = unwrap(input)
    if not input.dtype.is_floating_point:
        raise NotImplementedError(f"frac is not implemented for {input.dtype}: it would be 0")
    return record("FracBackward0", wrap(x - rounding.trunc(x)), (input, lambda g: g))


def round(input: Tensor, *, decimals: int = 0) -> Tensor:
    """Round to so many decimals, halves to the even number; the derivative is 0."""
    x = unwrap(input)
    if not decimals:
        return record("RoundBackward0", wrap(rounding.round(x)), (input, zeros_like))
    if not input.dtype.is_floating_point:
        raise NotImplementedError(f"round with decimals is not implemented for {input.dtype}")
    scale = 10.0 ** min(abs(decimals), 308)  # the largest power of ten in float64
    if decimals > 0:
        scaled = x * scale
        # A number whose multiple overflows is so large that it has no such decimals.
        value = below.where(below.abs(scaled) < inf, rounding.round(scaled) / scale, x)
    else:
        rounded = rounding.round(x / scale)
        value = below.where(rounded == 0, rounded, rounded * scale)
    return record("RoundBackward1", wrap(value), (input, zeros_like))


def divide(x: Tensor, y: Tensor | float, rounding_mode: str) -> Tensor:
    """Compute `div` with a `rounding_mode`."""
    if rounding_mode == "floor":
        value = rounding.floor_divide(unwrap(x), unwrap_operand(y))
    elif rounding_mode == "trunc":
        value = _towards_zero(unwrap(x), unwrap_operand(y))
    else:
        raise RuntimeError(
            "div expected rounding_mode to be one of None, 'trunc', or 'floor' "
            f"but found '{rounding_mode}'"
        )
    edges = [(one, zeros_like) for one in (x, y) if isinstance(one, Tensor)]
    return record("DivBackward2", wrap(value), *edges)


def _towards_zero(x: Raw, y: Raw | float) -> Raw:
    """Divide and round towards 0."""
    dtype = (x * y).dtype
    if dtype.is_floating_point:
        return rounding.trunc(x / y)
    return rounding.floor_divide(x.to(dtype) - rounding.fmod(x, y), y)


def floor_divide(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Divide and round down. Integers stay integers; the derivative is 0 (in torch there is none).

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    value = wrap(rounding.floor_divide(unwrap_operand(input), unwrap_operand(other)))
    edges = [(one, zeros_like) for one in (input, other) if isinstance(one, Tensor)]
    return record("FloorDivideBackward0", value, *edges)


def rfloordiv(input: Tensor, other: float) -> Tensor:
    """Compute ``c // x`` for a number c."""
    return floor_divide(other, input)


def remainder(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x - y floor(x / y)``, Python's ``x % y``: it has the sign of y.

    Gradient: 1 by x, ``-floor(x / y)`` by y.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    edges = []
    if isinstance(input, Tensor):
        edges.append((input, lambda g: g))
    if isinstance(other, Tensor):
        edges.append((other, lambda g: -g * floor_divide(input, other)))
    name = f"RemainderBackward{len(edges) - 1}"
    return record(
        name, wrap(rounding.remainder(unwrap_operand(input), unwrap_operand(other))), *edges
    )


def rmod(input: Tensor, other: float) -> Tensor:
    """Compute ``c % x`` for a number c."""
    return remainder(other, input)


def fmod(input: Tensor, other: Tensor | float) -> Tensor:
    """Compute ``x - y trunc(x / y)``, C's ``fmod``: it has the sign of x.

    Gradient: 1 by x, ``-trunc(x / y)`` by y.

    Raises:
        RuntimeError: if an integer is divided by 0.
    """
    value = wrap(rounding.fmod(unwrap(input), unwrap_operand(other)))
    if not isinstance(other, Tensor):
        return record("FmodBackward0", value, (input, lambda g: g))
    return record(
        "FmodBackward1",
        value,
        (input, lambda g: g),
        (other, lambda g: -g * trunc(input.detach() / other.detach())),
    )


# Other names that torch has for them.
sgn = sign


fix = trunc


def copysign(input: Tensor, other: Tensor | float) -> Tensor:
    """Return ``|x|`` with the sign of `other`: ``|x|`` or ``-|x|``; broadcasts.

    Gradient: 1 where the sign stays, -1 where it changes, 0 at 0; 0 to `other`.
    """
    x = unwrap(input)
    dtype = result_type(input, other)
    x = x.to(dtype if dtype.is_floating_point else below.get_default_dtype())
    y = other if isinstance(other, Tensor) else wrap(below.full((), other, x.dtype))
    magnitude = below.abs(x)
    minus = signbit(y)._raw
    value = wrap(below.where(minus, -magnitude, magnitude))
    edges: list[tuple[Tensor, OutputRule]] = [
        (input, lambda g, y: g * _flipped(input.detach(), y.detach()))
    ]
    if isinstance(other, Tensor):
        edges.append((other, lambda g, y: zero_gradient(g)))
    return record_with_output("CopysignBackward0", value, *edges)


def _flipped(x: Tensor, y: Tensor) -> Tensor:
    """Return 1 where the sign of `y`, which is ``x`` or ``-x``, is that of `x`, else -1; 0 at 0."""
    ratio = y / x
    return wrap(below.where((x == 0)._raw, 0.0, ratio._raw))
