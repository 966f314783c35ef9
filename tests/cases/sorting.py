"""Elements in order, and those that have a certain place in it.

Of equal elements torch may name the index of any; the cases with ties compare values only.
"""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, Values, case, truth, whole

HALVES = Values("float16", [2.0, nan, 1.0])

SORTS = [
    case("sort", lambda t, x: tuple(t.sort(x)), (2, 3)),
    case("sort", lambda t, x: tuple(x.sort(0, descending=True)), (3, 2)),
    case("sort", lambda t, x: tuple(x.transpose(0, 1).sort(1, True)), (3, 2, 2)),
    case("sort", lambda t, x: tuple(x.sort()), ()),
    case("sort", lambda t, x: tuple(x.sort()), (2, 0)),
    case("sort", lambda t, x: tuple(x.sort(stable=True)), [nan, inf, -inf, nan], first=False),
    case("sort", lambda t, x: tuple(x.sort(descending=True)), [1.0, nan, 2.0], first=False),
    case("sort", lambda t, x: tuple(x.sort(stable=True, descending=True)), HALVES, first=False),
    case("sort", lambda t, x: tuple(t.sort(x, stable=True, dim=0)), whole([2, 1, 2, 1])),
    case(
        "sort", lambda t, x: tuple(x.sort(stable=True, descending=True)), truth([True, False, True])
    ),
    case(
        "sort",
        lambda t, x: tuple(t.sort(x, stable=True, descending=True)),
        [2.0, 1.0, 2.0, 1.0],
        smooth=False,
    ),
    case("argsort", lambda t, x: t.argsort(x), (2, 3)),
    case("argsort", lambda t, x: x.argsort(0, True), (3, 2)),
    case("argsort", lambda t, x: t.argsort(x, dim=0, stable=True), whole([2, 1, 2, 1])),
    case("msort", lambda t, x: t.msort(x), (3, 2)),
    case("msort", lambda t, x: x.msort(), ()),
]

FIRST = [
    case("topk", lambda t, x: tuple(t.topk(x, 2)), (2, 4)),
    case("topk", lambda t, x: tuple(x.topk(2, 0, largest=False)), (4, 2)),
    case("topk", lambda t, x: tuple(x.topk(3)), (3,)),
    case("topk", lambda t, x: tuple(x.topk(0)), (3,)),
    case("topk", lambda t, x: tuple(x.topk(1)), ()),
    case("topk", lambda t, x: tuple(x.topk(0)), ()),
    case("topk", lambda t, x: x.topk(2, sorted=False).values.sum(), (3,)),
    case("topk", lambda t, x: tuple(x.topk(2)), [1.0, nan, 2.0], first=False),
    case("topk", lambda t, x: tuple(x.topk(2, largest=False)), [1.0, nan, 2.0], first=False),
    case("topk", lambda t, x: x.topk(2).values, whole([1, 3, 3, 1])),
    case("kthvalue", lambda t, x: tuple(t.kthvalue(x, 2)), (2, 3)),
    case("kthvalue", lambda t, x: tuple(x.kthvalue(3, 0, keepdim=True)), (3, 2)),
    case("kthvalue", lambda t, x: tuple(x.kthvalue(1)), ()),
    case("kthvalue", lambda t, x: tuple(x.kthvalue(1, 1)), (0, 2)),
    case("kthvalue", lambda t, x: tuple(x.kthvalue(3)), [1.0, nan, 2.0], first=False),
    case("kthvalue", lambda t, x: tuple(x.kthvalue(2)), whole([4, 2, 3])),
]


def middles(name: str) -> list[Case]:
    """Make the cases of `median` or `nanmedian`: of all, along a dimension, with NaN."""
    return [
        case(name, lambda t, x: getattr(t, name)(x), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(), ()),
        case(name, lambda t, x: getattr(x, name)(), (0,), first=False),
        case(name, lambda t, x: getattr(x, name)(), [2.0, 1.0, 2.0, 2.0, 4.0], smooth=False),
        case(name, lambda t, x: getattr(x, name)(), [2.0, nan, nan, 2.0, 4.0], smooth=False),
        case(name, lambda t, x: getattr(x, name)(), whole([4, 1, 3, 2])),
        case(name, lambda t, x: tuple(getattr(t, name)(x, 1)), (2, 3)),
        case(name, lambda t, x: tuple(getattr(x, name)(0, keepdim=True)), (4, 2)),
        case(name, lambda t, x: tuple(getattr(x, name)(-1)), ()),
        case(name, lambda t, x: tuple(getattr(x, name)(1)), (0, 2), first=False),
        case(
            name,
            lambda t, x: tuple(getattr(x, name)(1)),
            [[1.0, nan, 2.0, nan], [3.0, 1.0, 2.0, 0.0]],
            smooth=False,
        ),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), whole([4, 1, 3, 2])),
    ]


MODES = [
    case("mode", lambda t, x: tuple(t.mode(x)), (2, 3)),
    case("mode", lambda t, x: tuple(x.mode(0, keepdim=True)), (3, 2)),
    case("mode", lambda t, x: tuple(x.mode()), ()),
    case("mode", lambda t, x: tuple(x.mode(1)), (0, 2), first=False),
    case("mode", lambda t, x: tuple(x.mode()), [3.0, 1.0, 3.0, 1.0, 2.0], smooth=False),
    case("mode", lambda t, x: tuple(x.mode(0)), whole([[3, 1, 3], [1, 2, 3], [1, 1, 2]])),
    case("mode", lambda t, x: tuple(x.mode()), truth([True, False, True])),
]


def quantiles(name: str) -> list[Case]:
    """Make the cases of `quantile` or `nanquantile`."""
    return [
        case(name, lambda t, x: getattr(t, name)(x, 0.4), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(0.4, 1), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(1, keepdim=True), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(0.4, 0, True), ()),
        case(name, lambda t, x, q: getattr(x, name)(q), (2, 2), [0.2, 0.7]),
        case(name, lambda t, x, q: getattr(x, name)(q, keepdim=True), (2, 2), [0.2, 0.7]),
        case(name, lambda t, x, q: getattr(x, name)(q, -2, keepdim=True), (3, 2), [0.2, 0.7]),
        case(name, lambda t, x, q: getattr(t, name)(x, q, dim=1), (3, 2), 0.3),
        case(name, lambda t, x, q: getattr(x, name)(q, 0), (3, 2), (0,), first=False),
        *[
            case(
                name,
                lambda t, x, q, how=how: getattr(x, name)(q, interpolation=how),
                (4,),
                [0.0, 0.2, 0.5, 0.6, 1.0],
                smooth=False,
            )
            for how in ("linear", "lower", "higher", "midpoint", "nearest")
        ],
        case(
            name,
            lambda t, x, q: getattr(x, name)(q, 1),
            [[1.0, nan, 4.0, 2.0], [nan, nan, nan, nan], [1.0, 2.0, 3.0, 4.0]],
            [0.1, 0.6],
            first=False,
        ),
        case(
            name, lambda t, x, q: getattr(x, name)(q), [1.0, inf, inf], [0.2, 0.5, 1.0], first=False
        ),
    ]


CASES = [
    *SORTS,
    *FIRST,
    *middles("median"),
    *middles("nanmedian"),
    *MODES,
    *quantiles("quantile"),
    *quantiles("nanquantile"),
]
