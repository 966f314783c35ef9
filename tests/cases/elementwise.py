"""Functions of one element at a time."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

import numpy as np
from tests.cases.case import Case, case, single, truth, whole

EDGES = [0.0, -0.0, 1.0, -1.0, inf, -inf, nan, 1e-30, -1e30]
POSITIVE = (0.3, 3.0)


def both_ways(name: str, other: float = 1.5) -> list[Case]:
    """Make the cases of an arithmetic operator: shapes, numbers on either side, types, edges."""
    operators: dict[str, Callable[[Any, Any], Any]] = {
        "add": lambda x, y: x + y,
        "sub": lambda x, y: x - y,
        "mul": lambda x, y: x * y,
        "div": lambda x, y: x / y,
    }
    operator = operators[name]
    return [
        case(name, lambda t, x, y: operator(x, y), (2, 3), (2, 3), domain=POSITIVE),
        case(name, lambda t, x, y: operator(x, y), (2, 1, 3), (4, 1), domain=POSITIVE),
        case(name, lambda t, x, y: operator(x, y), (), (2, 2), domain=POSITIVE),
        case(name, lambda t, x, y: operator(x, y), (0, 3), (3,)),
        case(name, lambda t, x: operator(x, x), (3,), domain=POSITIVE),
        case(name, lambda t, x: operator(x, other), (3,), domain=POSITIVE),
        case(name, lambda t, x: operator(other, x), (3,), domain=POSITIVE),
        case(name, lambda t, x: operator(x, 2), (3,), domain=POSITIVE),
        case(name, lambda t, x, y: getattr(t, name)(x, y), (2,), (2,), domain=POSITIVE),
        case(name, lambda t, x, y: getattr(x, name)(y), (2,), (2,), domain=POSITIVE),
        case(name, lambda t, x, y: operator(x, y), (3,), whole([1, 2, 3])),
        case(name, lambda t, x, y: operator(x, y), (3,), single([1.0, 2.0, 3.0])),
        case(name, lambda t, x, y: operator(x, y), (2,), single(3.0)),
        case(name, lambda t, x, y: operator(x, y), whole([1, 2]), whole([3, 4]), first=False),
        case(name, lambda t, x: operator(x, other), whole([1, 2]), first=False),
        *(
            [case(name, lambda t, x, y: operator(x, y), whole([1, 2]), truth([True, True]))]
            if name != "sub"  # which torch refuses: see the error table
            else []
        ),
        case(name, lambda t, x, y: operator(x, y), EDGES, EDGES[::-1], first=False),
        case(name, lambda t, x, y: operator(x, y), EDGES, 2.0, first=False),
    ]


def one_argument(name: str, domain: tuple[float, float] = (-2.0, 2.0)) -> list[Case]:
    """Make the cases of a function of one tensor, which is a method, too."""
    return [
        case(name, lambda t, x: getattr(t, name)(x), (2, 3), domain=domain),
        case(name, lambda t, x: getattr(x, name)(), (), domain=domain),
        case(name, lambda t, x: getattr(t, name)(x), (0,), domain=domain),
        case(name, lambda t, x: getattr(t, name)(x.transpose(0, 1)), (2, 3), domain=domain),
        case(name, lambda t, x: getattr(t, name)(x), EDGES, first=False),
    ]


def named(cases: list[Case]) -> list[str]:
    """Return the functions of one tensor alone that have a case at EDGES, each once.

    What goes for all of these takes its list of names from here: a new function is in it by itself.
    """
    others = {one.name for one in cases if len(one.inputs) > 1}
    found = [one.name for one in cases if one.inputs == (EDGES,) and one.name not in others]
    return list(dict.fromkeys(found))


def comparison(name: str) -> list[Case]:
    """Make the cases of a comparison."""
    return [
        case(name, lambda t, x, y: getattr(t, name)(x, y), [1.0, 2.0, nan], [2.0, 2.0, nan]),
        case(name, lambda t, x: getattr(x, name)(1.0), EDGES),
        case(name, lambda t, x, y: getattr(t, name)(x, y), whole([[1], [2]]), whole([1, 2])),
        case(name, lambda t, x, y: getattr(t, name)(x, y), truth([True]), truth([False])),
        case(name, lambda t, x, y: getattr(t, name)(x, y), (2,), whole([1, 0])),
    ]


def larger_or_smaller(name: str) -> list[Case]:
    """Make the cases of `maximum` or `minimum`; where two are equal they share the gradient."""
    return [
        case(name, lambda t, x, y: getattr(t, name)(x, y), (2, 3), (3,)),
        case(name, lambda t, x, y: getattr(x, name)(y), (2,), ()),
        case(
            name,
            lambda t, x, y: getattr(t, name)(x, y),
            [1.0, 2.0, 3.0],
            [1.0, 3.0, 2.0],
            smooth=False,
        ),
        case(
            name,
            lambda t, x, y: getattr(t, name)(x, y),
            [nan, 1.0, nan],
            [1.0, nan, nan],
            smooth=False,
        ),
        case(name, lambda t, x, y: getattr(t, name)(x, y), EDGES, EDGES[::-1], first=False),
        case(name, lambda t, x, y: getattr(t, name)(x, y), whole([1, 5]), whole([3, 2])),
    ]


CASES = [
    *both_ways("add"),
    *both_ways("sub"),
    *both_ways("mul"),
    *both_ways("div"),
    case("add", lambda t, x, y: t.add(x, y, alpha=2.5), (2,), (2,)),
    case("sub", lambda t, x, y: t.sub(x, y, alpha=2.5), (2,), (2,)),
    case("rsub", lambda t, x: t.rsub(x, 2.0), (3,)),
    case("pow", lambda t, x: x**3, (2, 3)),
    case("pow", lambda t, x: x**0.5, (3,), domain=POSITIVE),
    case("pow", lambda t, x: x**-1, (3,), domain=POSITIVE),
    case("pow", lambda t, x: x**0, [0.0, 2.0], smooth=False),
    case("pow", lambda t, x: t.pow(2.5, x), (2, 3)),
    case("pow", lambda t, x: t.pow(-2, x), whole([0, 3]), first=False),
    case("pow", lambda t, x: x**2, [0.0, -2.0, 3.0]),
    case("pow", lambda t, x, y: x**y, (2, 3), (3,), domain=POSITIVE),
    case(
        "pow",
        lambda t, x, y: t.pow(x, y),
        [0.0, 0.0, 2.0],
        [2.0, 0.0, 3.0],
        second=False,
        smooth=False,
    ),
    case("pow", lambda t, x: 2.0**x, (3,)),
    case("pow", lambda t, x: 0.0**x, [1.0, 2.0], second=False, smooth=False),
    case("pow", lambda t, x: x.pow(2), whole([1, -3])),
    case("pow", lambda t, x, y: x**y, EDGES, [2.0], first=False),
    case("mul", lambda t, x: x * np.float64(2.0), (2,)),
    case("mul", lambda t, x: x * np.int64(2), (2,)),
    *one_argument("neg"),
    case("neg", lambda t, x: -x, whole([1, -2])),
    *one_argument("exp"),
    *one_argument("log", POSITIVE),
    *one_argument("sqrt", POSITIVE),
    case("sqrt", lambda t, x: t.sqrt(x), [0.0, 4.0], second=False, smooth=False),
    *one_argument("tanh"),
    *one_argument("sigmoid"),
    case("sigmoid", lambda t, x: t.sigmoid(x), [-80.0, -20.0, 20.0, 80.0]),
    *one_argument("relu"),
    case("relu", lambda t, x: t.relu(x), [-1.0, -0.0, 0.0, 1.0], smooth=False),
    *one_argument("abs"),
    case("abs", lambda t, x: t.abs(x), [-1.0, 0.0, 1.0], smooth=False),
    case("abs", lambda t, x: abs(x), whole([-1, 2])),
    case("exp", lambda t, x: t.exp(x), whole([0, 1])),
    *[one for name in ("eq", "ne", "lt", "le", "gt", "ge") for one in comparison(name)],
    *larger_or_smaller("maximum"),
    *larger_or_smaller("minimum"),
    case("where", lambda t, c, x, y: t.where(c, x, y), truth([[True], [False]]), (2, 3), (3,)),
    case("where", lambda t, c, x: t.where(c, x, 0.0), truth([True, False]), (2,)),
    case("where", lambda t, c, x: t.where(c, 1.0, x), truth([True, False]), (2,)),
    case(
        "where",
        lambda t, x: t.where(x > 0, x.log(), x * 0.0 + 1.0),
        [1.0, 2.0],
    ),
    case("where", lambda t, c, x: t.where(c, x, nan), truth([True, False]), (2,), smooth=False),
    case("where", lambda t, c, x, y: t.where(c, x, y), truth([True]), whole([1]), (1,)),
]
