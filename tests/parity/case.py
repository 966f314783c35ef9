"""The records that the table of parity is made of.

A case is written once, as a call in the words that `torch` and `minitorch` share:

    case("add", lambda t, x, y: t.add(x, y, alpha=2), (2, 3), (3,))

Inputs are shapes (numbers are drawn from the domain), or values: a number or nested list of floats,
`whole(...)` for int64, `truth(...)` for bool.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Any, TypeAlias

Torch: TypeAlias = Any  # the module `torch` or `minitorch`: one text for both
Nested: TypeAlias = Any  # a number, or nested lists of numbers


@dataclass(frozen=True)
class Values:
    """An input that is not float: its values, and the name of its element type."""

    dtype: str
    values: Nested


@dataclass(frozen=True)
class Nothing:
    """An input without elements."""

    shape: tuple[int, ...]


def whole(values: Nested) -> Values:
    """Return an int64 input."""
    return Values("int64", values)


def truth(values: Nested) -> Values:
    """Return a bool input."""
    return Values("bool", values)


def single(values: Nested) -> Values:
    """Return a float32 input, whatever type the others are tried in."""
    return Values("float32", values)


Input: TypeAlias = "tuple[int, ...] | float | list[Any] | Values"


@dataclass(frozen=True)
class Case:
    """An operation to compare with torch.

    Attributes:
        name: the operation, as both modules have it: "add", "nn.functional.relu", "Tensor.view".
        call: makes the result (a tensor, or several) of the module and the inputs.
        inputs: the inputs, see above.
        domain: where the numbers of inputs given by shape are drawn from.
        first: whether there is a derivative.
        second: whether torch has a second one.
    """

    name: str
    call: Callable[..., Any]
    inputs: tuple[Input, ...]
    domain: tuple[float, float] = (-2.0, 2.0)
    first: bool = True
    second: bool = True

    @property
    def size(self) -> int:
        """The number of elements of all inputs: the smallest failing case is shown."""
        return sum(prod(one) for one in self.inputs if isinstance(one, tuple))

    def draw(self) -> list[tuple[str | None, Nested]]:
        """Return the type (None: the one that is tried) and values of each input."""
        stream = random.Random(f"{self.name} {self.inputs}")
        drawn: list[tuple[str | None, Nested]] = []
        for one in self.inputs:
            if isinstance(one, Values):
                drawn.append((one.dtype, one.values))
            elif isinstance(one, tuple) and 0 in one:
                drawn.append((None, Nothing(one)))
            elif isinstance(one, tuple):
                drawn.append((None, _nest(one, lambda: stream.uniform(*self.domain))))
            else:
                drawn.append((None, one))
        return drawn

    def __str__(self) -> str:
        inputs = ", ".join(
            str(one.values if isinstance(one, Values) else one) for one in self.inputs
        )
        return f"{self.name}({inputs})"


def case(
    name: str,
    call: Callable[..., Any],
    *inputs: Input,
    domain: tuple[float, float] = (-2.0, 2.0),
    first: bool = True,
    second: bool = True,
) -> Case:
    """Make a case; see `Case`."""
    return Case(name, call, inputs, domain, first, second and first)


@dataclass(frozen=True)
class ErrorCase:
    """A call that torch refuses: both raise the type, and both texts have the phrase."""

    name: str
    call: Callable[[Torch], Any]
    type: type[Exception]
    phrase: str


def _nest(shape: tuple[int, ...], draw: Callable[[], float]) -> Nested:
    if not shape:
        return draw()
    return [_nest(shape[1:], draw) for _ in range(shape[0])]
