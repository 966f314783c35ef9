"""Logical operations, and operations on the bits of integers; without derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import bits
from ...arguments.operands import unwrap, unwrap_operand
from ...engine.value import Tensor, wrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

__all__ = [
    "bitwise_and",
    "bitwise_left_shift",
    "bitwise_not",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
]


def _truth(x: Tensor) -> Raw:
    """Return for each element whether it is true, that is, not 0."""
    values = unwrap(x)
    return values if values.dtype is below.bool else values != 0


def logical_and(input: Tensor, other: Tensor) -> Tensor:
    """Return whether both are true; an element is true if it is not 0."""
    return wrap(_truth(input) * _truth(other))


def logical_or(input: Tensor, other: Tensor) -> Tensor:
    """Return whether at least one is true; an element is true if it is not 0."""
    return wrap(_truth(input) + _truth(other))


def logical_xor(input: Tensor, other: Tensor) -> Tensor:
    """Return whether exactly one is true; an element is true if it is not 0."""
    return wrap(_truth(input) != _truth(other))


def logical_not(input: Tensor) -> Tensor:
    """Return whether each element is 0."""
    return wrap(unwrap(input) == 0)


def bitwise_and(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x & y``, bit by bit; of bools, whether both are true.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.bitwise_and(*_ordered(input, other)))


def bitwise_or(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x | y``, bit by bit; of bools, whether at least one is true.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.bitwise_or(*_ordered(input, other)))


def bitwise_xor(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x ^ y``, bit by bit; of bools, whether exactly one is true.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.bitwise_xor(*_ordered(input, other)))


def bitwise_left_shift(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x << y``: shift the bits of x up by y places.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.left_shift(unwrap_operand(input), unwrap_operand(other)))


def bitwise_right_shift(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Compute ``x >> y``: shift the bits of x down by y places; the sign stays.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.right_shift(unwrap_operand(input), unwrap_operand(other)))


def _ordered(x: Tensor | float, y: Tensor | float) -> tuple[Raw, Raw | float]:
    """Return the operands with a tensor first, for operations where the order does not matter."""
    if isinstance(x, Tensor):
        return x._raw, unwrap_operand(y)
    return unwrap(y), x  # type: ignore[arg-type]  # `unwrap` raises if neither is a tensor


def bitwise_not(input: Tensor) -> Tensor:
    """Compute ``~x``: invert all bits; of bools, return whether each is false.

    Raises:
        NotImplementedError: if there are floats.
    """
    return wrap(bits.bitwise_not(unwrap(input)))


def rlshift(input: Tensor, other: float) -> Tensor:
    """Compute ``c << x`` for a number c."""
    return bitwise_left_shift(other, input)


def rrshift(input: Tensor, other: float) -> Tensor:
    """Compute ``c >> x`` for a number c."""
    return bitwise_right_shift(other, input)
