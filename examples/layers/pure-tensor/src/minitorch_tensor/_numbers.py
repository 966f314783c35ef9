"""Arithmetic that never raises. No tensor is known here."""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import truediv
from typing import Final, TypeAlias

Function: TypeAlias = Callable[..., float]


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
