"""Dropping elements at random: what can be compared of it."""

from __future__ import annotations

from tests.cases.case import ErrorCase, case
from tests.cases.nn.module import F, module

CASES = [
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 0.5, training=False), (2, 3)),
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 0.0), (2, 3)),
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 1.0), (2, 3)),
]

MODULES = [module("Dropout", lambda nn: nn.Dropout(0.3), (2, 3), random=True)]

ERRORS: list[ErrorCase] = []
