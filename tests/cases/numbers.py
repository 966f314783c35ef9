"""The calls of the table again, each number in their text replaced by another.

    lambda t, x: t.roll(x, 1, 0)    gives    t.roll(x, 2**70, 0)    and    t.roll(x, 1, 2**70)

So each argument that is a number, of every operation, meets numbers that do not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import CellType, CodeType, FunctionType
from typing import Any, TypeAlias

Call: TypeAlias = Callable[..., Any]


def with_number(call: Call, number: float) -> Iterator[Call]:
    """Yield `call` once for each of its numbers, with `number` in that place."""
    yield from _replaced(call, number)


def _replaced(thing: Any, number: float) -> Iterator[Any]:
    """Yield `thing`, be it a number or something that holds some, with one of them replaced."""
    if type(thing) in (int, float):
        yield number
    elif isinstance(thing, tuple | list):
        for i, one in enumerate(thing):
            for new in _replaced(one, number):
                yield type(thing)([*thing[:i], new, *thing[i + 1 :]])
    elif isinstance(thing, dict):
        for key, one in thing.items():
            for new in _replaced(one, number):
                yield {**thing, key: new}
    elif isinstance(thing, CodeType):
        for constants in _replaced(thing.co_consts, number):
            yield thing.replace(co_consts=constants)
    elif isinstance(thing, FunctionType):
        for code in _replaced(thing.__code__, number):
            yield _function(thing, code, thing.__closure__)
        for i, cell in enumerate(thing.__closure__ or ()):
            for new in _replaced(cell.cell_contents, number):
                cells = [*thing.__closure__]  # type: ignore[misc]  # there is one
                cells[i] = CellType(new)
                yield _function(thing, thing.__code__, tuple(cells))


def _function(old: FunctionType, code: CodeType, closure: tuple[CellType, ...] | None) -> Call:
    new = FunctionType(code, old.__globals__, old.__name__, old.__defaults__, closure)
    new.__kwdefaults__ = old.__kwdefaults__
    return new
