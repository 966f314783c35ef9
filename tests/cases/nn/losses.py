"""Losses."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, ErrorCase, case, whole
from tests.cases.nn.module import F, module


def reduced(name: str, inputs: tuple[Any, ...], targets: Any) -> list[Case]:
    """Make the cases of a loss, by each reduction."""
    return [
        case(
            F + name,
            lambda t, x, y, how=how: getattr(t.nn.functional, name)(x, y, reduction=how),
            inputs,
            targets,
        )
        for how in ("mean", "sum", "none")
    ]


CASES = [
    *reduced("mse_loss", (2, 3), (2, 3)),
    *reduced("nll_loss", (3, 4), whole([1, 0, 3])),
    *reduced("nll_loss", (4,), whole(2)),
    *reduced("cross_entropy", (3, 4), whole([1, 0, 3])),
    *reduced("cross_entropy", (4,), whole(2)),
    case(
        F + "cross_entropy",
        lambda t, x, y: t.nn.functional.cross_entropy(x * 1e3, y),
        (2, 3),
        whole([0, 2]),
    ),
]

MODULES = [
    module("MSELoss", lambda nn: nn.MSELoss(), (2, 3), (2, 3)),
    module("MSELoss", lambda nn: nn.MSELoss(reduction="sum"), (2, 3), (2, 3)),
    module("CrossEntropyLoss", lambda nn: nn.CrossEntropyLoss(), (3, 4), whole([0, 3, 1])),
    module(
        "CrossEntropyLoss",
        lambda nn: nn.CrossEntropyLoss(reduction="none"),
        (3, 4),
        whole([0, 3, 1]),
    ),
]

ERRORS: list[ErrorCase] = []
