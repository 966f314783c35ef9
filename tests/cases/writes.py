"""Writes into what an operation or a module has returned, each with what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.cases.case import Case, flat, make_inputs, results
from tests.cases.case import case as make_case
from tests.cases.nn.module import ModuleCase


def write_all(y: Any) -> None:
    y[...] = y * 2


# The write, and the operation that makes the same of a new tensor.
WRITES: Final[dict[str, tuple[Callable[[Any], object], Callable[[Any], Any]]]] = {
    "y += 1": (lambda y: y.add_(1), lambda y: y + 1),
    "y *= 2": (lambda y: y.mul_(2), lambda y: y * 2),
    "y.clamp_(min=0)": (lambda y: y.clamp_(min=0), lambda y: y.clamp(min=0)),
    "y.zero_()": (lambda y: y.zero_(), lambda y: y.masked_fill((y == y) | (y != y), 0)),
    "y[...] = y * 2": (write_all, lambda y: y * 2),
}


# Views whose elements may lie in one place: what a write means there depends on its order.
OVERLAPPING: Final = ("as_strided", "Tensor.as_strided", "Tensor.unfold")


def call_function(module: Any, case: Case) -> tuple[list[Any], list[Any]]:
    """Call a function with inputs that were computed; return the leaves and what it returns."""
    leaves = make_inputs(module, case, "float64", track=True)
    return leaves, results(module, case, [x * 1 if x.requires_grad else x for x in leaves])


def call_module(module: Any, case: ModuleCase, called: Any) -> tuple[list[Any], list[Any]]:
    """Same as `call_function`, but with the module of a case; its parameters are leaves."""
    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    leaves = make_inputs(module, row, "float64", track=True)
    module.manual_seed(0)
    returned = case.call(called, *[x * 1 if x.requires_grad else x for x in leaves])
    return [*leaves, *[p for _, p in sorted(called.named_parameters())]], flat(returned)


def written(outputs: list[Any]) -> list[int]:
    """Return which of the outputs a recorded write is tried on."""
    return [i for i, y in enumerate(outputs) if getattr(y, "requires_grad", False)]
