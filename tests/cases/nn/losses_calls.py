"""The calls of losses that the rows share."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, quietly
from tests.cases.nn.module import F


def reduced(
    name: str, *inputs: Any, reductions: tuple[str, ...] = ("mean", "sum", "none"), **options: Any
) -> list[Case]:
    """Make the cases of a loss, by each reduction."""
    settings = {key: options.pop(key) for key in ("second", "smooth", "domain") if key in options}

    def call(how: str) -> Any:
        return quietly(lambda t, *x: getattr(t.nn.functional, name)(*x, reduction=how, **options))

    return [case(F + name, call(how), *inputs, **settings) for how in reductions]


def weighted(
    name: str, classes: int, *inputs: Any, second: bool = True, **options: Any
) -> list[Case]:
    """Make the cases of a loss with weights of the classes."""
    return [
        case(
            F + name,
            lambda t, *x, how=how: getattr(t.nn.functional, name)(
                *x, weight=t.linspace(0.5, 2, classes, dtype=x[0].dtype), reduction=how, **options
            ),
            *inputs,
            second=second,
        )
        for how in ("mean", "sum", "none")
    ]
