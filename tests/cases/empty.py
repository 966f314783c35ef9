"""The rows of the table with sets of no elements in place of theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from tests.cases.case import Input, Nested, Nothing, Values

Shape: TypeAlias = tuple[int, ...]
Drawn: TypeAlias = tuple[str | None, Nested]  # an input, as `Case.draw` gives it

# How NumPy and Python word it; an error of ours says what was done, and what was expected.
RAW = re.compile("cannot reshape array|operands could not be broadcast|division by zero|zero-size")


def emptied(inputs: tuple[Input, ...]) -> list[tuple[Shape, ...]]:
    """Return shapes for the inputs of a row, some of which have no elements.

    In turn each size becomes 0, wherever it is found, so that what has to agree still does; and
    each dimension of all inputs, counted from the front (the batch) and from the end.
    """
    shapes = tuple(shape_of(one) for one in inputs)
    made = [
        tuple(tuple(0 if n == size else n for n in shape) for shape in shapes)
        for size in sorted({n for shape in shapes for n in shape})
    ]
    for dim in range(max(map(len, shapes), default=0)):
        made += [tuple(_without(shape, place) for shape in shapes) for place in (dim, -1 - dim)]
    return [one for one in dict.fromkeys(made) if one != shapes]


def shape_of(one: Input) -> Shape:
    """Return the shape of an input of a row."""
    if isinstance(one, tuple):
        return one
    values = one.values if isinstance(one, Values) else one
    shape = []
    while isinstance(values, list):
        shape.append(len(values))
        values = values[0] if values else None
    return tuple(shape)


def make_emptied(module: Any, drawn: list[Drawn], shapes: tuple[Shape, ...]) -> list[Any]:
    """Make the inputs in these shapes, in float64; floats track gradients."""
    made = []
    for (own, values), shape in zip(drawn, shapes, strict=True):
        dtype = getattr(module, own or "float64")
        empty = 0 in shape or isinstance(values, Nothing)
        tensor = module.zeros(shape, dtype=dtype) if empty else module.tensor(values, dtype=dtype)
        tensor.requires_grad = str(tensor.dtype).startswith("torch.float")
        made.append(tensor)
    return made


def tried(call: Callable[..., Any], *arguments: Any) -> tuple[Any, Exception | None]:
    """Return the result of a call, and its error."""
    try:
        return call(*arguments), None
    except Exception as error:  # noqa: BLE001  (which one it is, is for the test to say)
        return None, error


def _without(shape: Shape, place: int) -> Shape:
    if not -len(shape) <= place < len(shape):
        return shape
    return tuple(0 if d == place % len(shape) else n for d, n in enumerate(shape))
