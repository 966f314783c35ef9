"""The types of elements: which numbers each can hold. No tensor is known here."""

from __future__ import annotations

import math
import struct
from array import array
from collections.abc import Callable
from typing import Final


class DType:
    """An element type. There is one object of each, so that `is` compares them."""

    __slots__ = ("_cast", "_category", "_name", "is_floating_point", "itemsize")

    def __init__(
        self, name: str, itemsize: int, category: int, cast: Callable[[list[float]], list[float]]
    ) -> None:
        self._name: Final = name
        self._category: Final = category  # bool 0, integers 1, floats 2
        self._cast: Final = cast  # makes a new list, of numbers that this type can hold
        self.itemsize: Final = itemsize
        self.is_floating_point: Final = category == 2

    def __repr__(self) -> str:
        return f"torch.{self._name}"

    def __reduce__(self) -> str:  # copied and pickled by name: there stays one object of each
        return "bool_" if self._name == "bool" else self._name


def _whole(name: str, itemsize: int, least: int) -> DType:
    """Make an integer type: what is behind the point is cut off, and bits that have no place."""
    span: int = 256**itemsize

    def wrap(value: float) -> int:
        if isinstance(value, float) and not math.isfinite(value):
            return least
        return (int(value) - least) % span + least

    return DType(name, itemsize, 1, lambda values: [wrap(value) for value in values])


def _half(value: float) -> float:
    try:
        return float(struct.unpack("e", struct.pack("e", value))[0])
    except OverflowError:
        return math.copysign(math.inf, value)


# Python's floats have 64 bits; an array of C floats rounds them to 32.
bool_: Final = DType("bool", 1, 0, lambda values: [bool(value) for value in values])
uint8: Final = _whole("uint8", 1, 0)
int8: Final = _whole("int8", 1, -(2**7))
int16: Final = _whole("int16", 2, -(2**15))
int32: Final = _whole("int32", 4, -(2**31))
int64: Final = _whole("int64", 8, -(2**63))
float16: Final = DType("float16", 2, 2, lambda values: [_half(value) for value in values])
float32: Final = DType("float32", 4, 2, lambda values: array("f", values).tolist())
float64: Final = DType("float64", 8, 2, lambda values: array("d", values).tolist())


def join(a: DType, b: DType) -> DType:
    """Return the smallest type that holds the numbers of both."""
    if {a, b} == {uint8, int8}:
        return int16
    return max(a, b, key=lambda one: (one._category, one.itemsize))


_default = [float32]


def get_default_dtype() -> DType:
    return _default[0]


def set_default_dtype(d: DType, /) -> None:
    if not d.is_floating_point:
        raise TypeError(f"only floating-point types are supported as the default type, got {d!r}")
    _default[0] = d
