"""The record of a module to compare with torch's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cases.case import Input

F = "nn.functional."


@dataclass(frozen=True)
class ModuleCase:
    """A module to compare with torch's, with the same weights.

    Attributes:
        name: the module, as `nn` has it.
        make: makes it, of `nn`.
        inputs: what it is called with, as in `Case`.
        call: calls it, of the module and the inputs; what it returns may be nested in tuples.
        domain: where the numbers of inputs given by shape are drawn from.
    """

    name: str
    make: Callable[[Any], Any]
    inputs: tuple[Input, ...]
    call: Callable[..., Any]
    domain: tuple[float, float]

    def __str__(self) -> str:
        return f"{self.name}{self.inputs}"


def module(
    name: str,
    make: Callable[..., Any],
    *inputs: Input,
    call: Callable[..., Any] = lambda module, *inputs: module(*inputs),
    domain: tuple[float, float] = (-2.0, 2.0),
) -> ModuleCase:
    """Make the case of a module; see `ModuleCase`."""
    return ModuleCase(name, make, inputs, call, domain)
