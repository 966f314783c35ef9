"""Linear maps, and embeddings."""

from __future__ import annotations

from tests.cases.case import ErrorCase, case
from tests.cases.nn.module import F, module

CASES = [
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (2, 3), (4, 3)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (2, 3), (4, 3), (4,)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (3,), (4, 3), (4,)),
    case(
        F + "linear",
        lambda t, x, w, b: t.nn.functional.linear(x, w, b),
        (2, 2, 3),
        (4, 3),
        (4,),
    ),
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (3, 1, 1, 4), (3, 4)),
]

MODULES = [
    module("Linear", lambda nn: nn.Linear(3, 4), (2, 3)),
    module("Linear", lambda nn: nn.Linear(3, 4, bias=False), (2, 2, 3)),
    module("Linear", lambda nn: nn.Linear(1, 1), (1,)),
]

ERRORS: list[ErrorCase] = []
