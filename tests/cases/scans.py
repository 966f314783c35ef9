"""Functions that gather along a dimension."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, truth, whole


def along(name: str) -> list[Case]:
    """Make the cases of a scan of floats."""
    return [
        case(name, lambda t, x: getattr(t, name)(x, 0), (3, 2)),
        case(name, lambda t, x: getattr(x, name)(-1), (2, 3)),
        case(name, lambda t, x: getattr(x.transpose(0, 1), name)(1), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(0), ()),
        case(name, lambda t, x: getattr(x, name)(1), (2, 0)),
    ]


def extremes(name: str) -> list[Case]:
    """Make the cases of `cummax` or `cummin`."""
    return [
        case(name, lambda t, x: tuple(getattr(t, name)(x, 0)), (3, 2)),
        case(name, lambda t, x: tuple(getattr(x, name)(-1)), (2, 3)),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), ()),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), [1.0, 2.0, 2.0, 1.0], smooth=False),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), [1.0, nan, 2.0, nan], first=False),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), whole([2, 1, 3])),
    ]


CASES = [
    *along("cumsum"),
    case("cumsum", lambda t, x: x.cumsum(0), truth([True, False, True])),
    case("cumsum", lambda t, x: x.cumsum(0, dtype=t.float64), whole([1, 2])),
    case("cumsum", lambda t, x: x.cumsum(0, dtype=t.int32), whole([1, 2])),
    case("cumsum", lambda t, x: x.cumsum(0, dtype=t.uint8), whole([200, 100])),
    case("cumsum", lambda t, x: x.detach().cumsum(0, dtype=t.int16), [1.5, 2.5]),
    case("cumprod", lambda t, x: x.cumprod(0, dtype=t.int32), whole([2, 3])),
    case("cumprod", lambda t, x: x.cumprod(0, dtype=t.float32), whole([2, 3])),
    *along("cumprod"),
    case("cumprod", lambda t, x: x.cumprod(0), whole([2, 3])),
    case("cumprod", lambda t, x: x.cumprod(0), [2.0, 0.0, 3.0]),
    case("cumprod", lambda t, x: x.cumprod(0), [2.0, 0.0, 3.0, 0.0, 5.0]),
    *along("logcumsumexp"),
    case("logcumsumexp", lambda t, x: x.logcumsumexp(0), [-inf, 0.0, inf], first=False),
    *extremes("cummax"),
    *extremes("cummin"),
    case("logcumsumexp", lambda t, x: t.logcumsumexp(x, 0), [-800.0, 0.0], second=False),
    case("logcumsumexp", lambda t, x: t.logcumsumexp(x, 0), [800.0, 0.0, 900.0], second=False),
]
