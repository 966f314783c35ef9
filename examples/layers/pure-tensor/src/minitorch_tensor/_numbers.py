"""Numbers: the types of elements, and arithmetic that never raises. No tensor is known here."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from operator import truediv
from typing import Final, TypeAlias

Function: TypeAlias = Callable[..., float]


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


def _wrap(value: float) -> int:
    """Cut off what is behind the point, and bits beyond the 64th, as a processor does."""
    if isinstance(value, float) and not math.isfinite(value):
        return -(2**63)
    return (int(value) + 2**63) % 2**64 - 2**63


# Python's floats have 64 bits; an array of C floats rounds them to 32.
bool_: Final = DType("bool", 1, 0, lambda values: [bool(value) for value in values])
int64: Final = DType("int64", 8, 1, lambda values: [_wrap(value) for value in values])
float32: Final = DType("float32", 4, 2, lambda values: array("f", values).tolist())
float64: Final = DType("float64", 8, 2, lambda values: array("d", values).tolist())

ORDER: Final = (bool_, int64, float32, float64)  # where two meet, the later decides


def _power(x: float, y: float) -> float:
    if x < 0 and y % 1:
        return math.nan
    return math.copysign(math.inf, x) if y % 2 == 1 else math.inf


# Where Python raises an error, the floating-point standard has an answer.
_ANSWERS: Final[dict[Function, Function]] = {
    truediv: lambda x, y: x * math.copysign(math.inf, y),
    math.pow: _power,
    math.exp: lambda x: math.inf,
    math.log: lambda x: math.nan if x else -math.inf,
    math.sqrt: lambda x: math.nan,
}


def _answer(function: Function, *numbers: float) -> float:
    try:
        return function(*numbers)
    except (ArithmeticError, ValueError):
        return _ANSWERS[function](*numbers)


def each(function: Function, *lists: list[float]) -> list[float]:
    """Call `function` of the first elements of `lists`, of the second, and so on."""
    try:
        return list(map(function, *lists))
    except (ArithmeticError, ValueError):
        return [_answer(function, *numbers) for numbers in zip(*lists, strict=True)]


def integer_power(x: int, y: int) -> int:
    if y < 0:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    return pow(x, y, 2**64)  # the bits that are kept


def first(best: Callable[[list[float]], float], line: list[float]) -> int:
    """Return the index of the first NaN, or where there is none, of the first of the best."""
    if not line:
        raise IndexError("Expected reduction dim to have non-zero size.")
    nan = next((i for i, number in enumerate(line) if number != number), None)
    return line.index(best(line)) if nan is None else nan
