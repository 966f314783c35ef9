"""The records that the table of operations is made of.

A case is written once, as a call in the words that `torch` and `minitorch` share:

    case("add", lambda t, x, y: t.add(x, y, alpha=2), (2, 3), (3,))

Inputs are shapes (numbers are drawn from the domain), or values: a number or nested list of floats,
`whole(...)` for int64, `truth(...)` for bool.
"""

from __future__ import annotations

import functools
import random
import warnings
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
        smooth: whether differences may be taken at the inputs: not at a kink, a tie, or the edge of
            the domain.
    """

    name: str
    call: Callable[..., Any]
    inputs: tuple[Input, ...]
    domain: tuple[float, float] = (-2.0, 2.0)
    first: bool = True
    second: bool = True
    smooth: bool = True

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
    smooth: bool = True,
) -> Case:
    """Make a case; see `Case`. A float32 input is too coarse to take differences of."""
    coarse = any(isinstance(one, Values) and one.dtype == "float32" for one in inputs)
    smooth = smooth and first and not coarse
    return Case(name, call, inputs, domain, first, second and first, smooth)


def quietly(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return `call` without its warnings: torch warns of what it wants to drop one day."""

    @functools.wraps(call)
    def quiet(*arguments: Any) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return call(*arguments)

    return quiet


def seeded(call: Callable[..., Any]) -> Callable[..., Any]:
    """Return `call`, of the module and more, after a seed: both modules draw the same numbers."""

    @functools.wraps(call)
    def drawing(module: Any, *arguments: Any) -> Any:
        module.manual_seed(0)
        return call(module, *arguments)

    return drawing


@dataclass(frozen=True)
class ErrorCase:
    """A call that torch refuses: both raise the type, and both texts have the phrase."""

    name: str
    call: Callable[[Torch], Any]
    type: type[Exception]
    phrase: str


def refused(
    name: str, call: Callable[..., Any], phrase: str, type: type[Exception] = RuntimeError
) -> ErrorCase:
    """Make a call, of the module, that torch refuses; mostly by a RuntimeError."""
    return ErrorCase(name, call, type, phrase)


def make_inputs(module: Any, case: Case, dtype: str, track: bool) -> list[Any]:
    """Make the inputs of a case; floats track gradients if `track`."""
    made = []
    for own, values in case.draw():
        kind = own or dtype
        if isinstance(values, Nothing):  # nested lists can't say (0, 3)
            tensor = module.zeros(values.shape, dtype=getattr(module, kind))
        else:
            tensor = module.tensor(values, dtype=getattr(module, kind))
        tensor.requires_grad = track and kind.startswith("float")
        made.append(tensor)
    return made


def results(module: Any, case: Case, inputs: list[Any]) -> list[Any]:
    """Call a case; return its results as a list."""
    result = case.call(module, *inputs)
    return list(result) if isinstance(result, tuple) else [result]


def flat(result: Any) -> list[Any]:
    """Return the tensors of nested tuples."""
    if isinstance(result, tuple):
        return [tensor for one in result for tensor in flat(one)]
    return [result]


def _nest(shape: tuple[int, ...], draw: Callable[[], float]) -> Nested:
    if not shape:
        return draw()
    return [_nest(shape[1:], draw) for _ in range(shape[0])]
