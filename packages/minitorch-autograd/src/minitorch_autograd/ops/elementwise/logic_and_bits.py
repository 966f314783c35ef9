"""Truth, and integers as bits: no derivatives."""

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
    values = unwrap(x)
    return values if values.dtype is below.bool else values != 0


def logical_and(input: Tensor, other: Tensor) -> Tensor:
    """Return where both are true, as what is not 0 is."""
    return wrap(_truth(input) * _truth(other))


def logical_or(input: Tensor, other: Tensor) -> Tensor:
    """Return where one is true at least, as what is not 0 is."""
    return wrap(_truth(input) + _truth(other))


def logical_xor(input: Tensor, other: Tensor) -> Tensor:
    """Return where just one is true, as what is not 0 is."""
    return wrap(_truth(input) != _truth(other))


def logical_not(input: Tensor) -> Tensor:
    """Return where it is not true: where it is 0."""
    return wrap(unwrap(input) == 0)


def bitwise_and(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Keep the bits that both have; of bools, tell where both hold.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.bitwise_and(*_ordered(input, other)))


def bitwise_or(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Keep the bits that either has; of bools, tell where one holds at least.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.bitwise_or(*_ordered(input, other)))


def bitwise_xor(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Keep the bits that just one has; of bools, tell where just one holds.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.bitwise_xor(*_ordered(input, other)))


def bitwise_left_shift(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Move bits up by so many places.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.left_shift(unwrap_operand(input), unwrap_operand(other)))


def bitwise_right_shift(input: Tensor | float, other: Tensor | float) -> Tensor:
    """Move bits down by so many places; the sign stays.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.right_shift(unwrap_operand(input), unwrap_operand(other)))


def _ordered(x: Tensor | float, y: Tensor | float) -> tuple[Raw, Raw | float]:
    """Return the operands with a tensor first: their order does not matter."""
    if isinstance(x, Tensor):
        return x._raw, unwrap_operand(y)
    return unwrap(y), x  # type: ignore[arg-type]  # `raw` says so where neither is a tensor


def bitwise_not(input: Tensor) -> Tensor:
    """Turn all bits over; of bools, tell where it does not hold.

    Raises:
        NotImplementedError: of floats.
    """
    return wrap(bits.bitwise_not(unwrap(input)))


def rlshift(input: Tensor, other: float) -> Tensor:
    """Move the bits of a number up: ``c << x``."""
    return bitwise_left_shift(other, input)


def rrshift(input: Tensor, other: float) -> Tensor:
    """Move the bits of a number down: ``c >> x``."""
    return bitwise_right_shift(other, input)
