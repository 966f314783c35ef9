"""Comparing what a layer gives with what it should: in plain Python, since it may have no NumPy.

A failed comparison reads as an equation: `[1.0] + [2.0] = [3.0], got [4.0]`.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"
    Shape: TypeAlias = tuple[int, ...]

# What a few roundings cost, relative to the result: float32 has 24 bits, float64 has 53.
FLOAT32: Final = 1e-6
FLOAT64: Final = 1e-14


def assert_equation(left: str, got: object, right: object, tolerance: float = 0.0) -> None:
    """Assert that what `left` describes is `right`: values, and of the same Python types."""
    __tracebackhide__ = True
    place = difference(got, right, tolerance)
    assert place is None, f"{left} = {shown(right, 400)}, got {shown(got, 400)}" + (
        f", which differs first at {list(place)}" if place else ""
    )


def difference(got: object, expected: object, tolerance: float = 0.0) -> Shape | None:
    """Return the first place where two nested lists differ, () for all of it, None for nowhere."""
    if isinstance(expected, list) and isinstance(got, list) and len(got) == len(expected):
        for i, pair in enumerate(zip(got, expected, strict=True)):
            if (rest := difference(*pair, tolerance)) is not None:
                return (i, *rest)
        return None
    if isinstance(expected, float) and isinstance(got, float):
        if math.isnan(expected):
            return None if math.isnan(got) else ()
        close = math.isclose(got, expected, rel_tol=tolerance, abs_tol=tolerance)
        return None if close else ()
    return None if type(got) is type(expected) and got == expected else ()


def assert_raises(
    what: str, call: Callable[[], object], kind: type[Exception], phrase: str = ""
) -> None:
    """Assert that `call` raises an error of that kind whose message has that phrase."""
    __tracebackhide__ = True
    error: Exception | None = None
    try:
        result = call()
    except Exception as caught:  # noqa: BLE001  (any error is looked at)
        error = caught
    assert error is not None, f"{what} should raise {kind.__name__}, got no error: {result!r}"
    got = f"{type(error).__name__}: {error}"
    assert isinstance(error, kind), f"{what} should raise {kind.__name__}, got {got}"
    assert phrase in str(error), f"{what} should raise {kind.__name__} ({phrase}), got {got}"


def shown(value: object, length: int = 40) -> str:
    """Return a text of at most `length` characters, for the name of a test, or for a message."""
    text = str(value)
    return text if len(text) <= length else f"{text[: length - 3]}..."


# --- Nested lists, to compute what is expected


def counted(shape: Shape, start: float = 1.0) -> Nested:
    """Return nested lists of `shape` with the numbers start, start + 1, ..."""
    return build(shape, lambda where: start + position(shape, where))


def build(shape: Shape, element: Callable[[Shape], float]) -> Nested:
    """Return nested lists of `shape` of what `element` says for each place."""

    def level(where: Shape) -> Nested:
        if len(where) == len(shape):
            return element(where)
        return [level((*where, i)) for i in range(shape[len(where)])]

    return level(())


def position(shape: Shape, where: Shape) -> int:
    """Return the number of elements before the place `where`, row by row."""
    before = 0
    for size, i in zip(shape, where, strict=True):
        before = before * size + i
    return before


def at(values: Nested, where: Shape) -> float:
    """Return the element at a place; its last coordinates count, and size 1 stands for all."""
    shape = shape_of(values)
    for size, i in zip(shape, where[len(where) - len(shape) :], strict=True):
        assert isinstance(values, Sequence)
        values = values[0 if size == 1 else i]
    assert isinstance(values, float | int)
    return values


def shape_of(values: Nested) -> Shape:
    """Return the shape of nested lists."""
    if not isinstance(values, Sequence):
        return ()
    return (len(values), *shape_of(values[0])) if values else (0,)


def flat(values: Nested) -> list[float]:
    """Return all elements, row by row."""
    if not isinstance(values, Sequence):
        return [values]
    return [element for row in values for element in flat(row)]


def places(shape: Shape) -> list[Shape]:
    """Return all places in `shape`, row by row."""
    return list(product(*map(range, shape)))


def broadcast(function: Callable[..., float], *operands: Nested) -> Nested:
    """Call `function` on the elements of operands that broadcast."""
    shapes = [shape_of(one) for one in operands]
    length = max(map(len, shapes))
    padded = [(1,) * (length - len(shape)) + shape for shape in shapes]
    shape = tuple(0 if 0 in sizes else max(sizes) for sizes in zip(*padded, strict=True))
    return build(shape, lambda where: function(*(at(one, where) for one in operands)))


def float32(x: float) -> float:
    """Round to the nearest float32."""
    single: float = struct.unpack("f", struct.pack("f", x))[0]
    return single
