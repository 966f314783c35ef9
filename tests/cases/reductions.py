"""Functions that fold dimensions away."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, truth, whole

DIMS = (0, 1, -1, (0, 2), (2, 0), (-1, 1), None)


def over_dims(name: str) -> list[Case]:
    """Make the cases of a reduction over one dimension, several, or all."""
    return [
        *[
            case(
                name,
                lambda t, x, dim=dim, keepdim=keepdim: getattr(t, name)(x, dim, keepdim=keepdim),
                (2, 3, 4),
            )
            for dim in DIMS
            for keepdim in (False, True)
        ],
        case(name, lambda t, x: getattr(x, name)(), (3,)),
        case(name, lambda t, x: getattr(x, name)(), ()),
        case(name, lambda t, x: getattr(x, name)(-1), ()),
        case(name, lambda t, x: getattr(x.transpose(0, 1), name)(0), (2, 3)),
    ]


def extremes(name: str) -> list[Case]:
    """Make the cases of `max` or `min`: with ties, with NaN, along a dimension."""
    return [
        case(name, lambda t, x: getattr(t, name)(x), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(), ()),
        case(name, lambda t, x: getattr(x, name)(), [1.0, 3.0, 3.0, 1.0], smooth=False),
        case(name, lambda t, x: tuple(getattr(t, name)(x, 1)), (2, 3)),
        case(name, lambda t, x: tuple(getattr(x, name)(0, keepdim=True)), (2, 3)),
        case(name, lambda t, x: tuple(getattr(x, name)(-1)), (2, 3, 2)),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), ()),
        case(name, lambda t, x: getattr(x, name)(), [1.0, nan, inf], second=False, smooth=False),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), [1.0, nan, nan], smooth=False),
        case(name, lambda t, x, y: getattr(t, name)(x, y), (2, 2), (2,)),
        case(name, lambda t, x: tuple(getattr(x, name)(0)), truth([True, False])),
        case(name, lambda t, x: getattr(x, name)(), whole([1, 5, 2])),
    ]


def shared(name: str) -> list[Case]:
    """Make the cases of `amax` or `amin`, where ties share the gradient."""
    return [
        case(name, lambda t, x: getattr(t, name)(x), (2, 3)),
        case(name, lambda t, x: getattr(t, name)(x, 1), (2, 3)),
        case(name, lambda t, x: getattr(t, name)(x, (0, 2), keepdim=True), (2, 3, 2)),
        case(name, lambda t, x: getattr(x, name)(0), [[1.0, 2.0], [1.0, 3.0]], smooth=False),
        case(name, lambda t, x: getattr(x, name)(), [3.0, 3.0, 1.0, 1.0], smooth=False),
        case(name, lambda t, x: getattr(x, name)(0), [1.0, nan, 2.0], first=False),
    ]


def places(name: str) -> list[Case]:
    """Make the cases of `argmax` or `argmin`; without ties, of which torch names any."""
    return [
        case(name, lambda t, x: getattr(t, name)(x), (2, 3)),
        case(name, lambda t, x: getattr(t, name)(x, keepdim=True), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(1), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(-2, keepdim=True), (2, 3)),
        case(name, lambda t, x: getattr(x, name)(), ()),
        case(name, lambda t, x: getattr(x, name)(0, keepdim=True), ()),
        case(name, lambda t, x: getattr(x, name)(0), [1.0, nan, 2.0]),
    ]


CASES = [
    *over_dims("sum"),
    case("sum", lambda t, x: x.sum([]), (2, 3)),
    case("sum", lambda t, x: x.sum([0, -1]), (2, 3)),
    case("sum", lambda t, x: x.sum(), (0, 3)),
    case("sum", lambda t, x: x.sum(0), (0, 3)),
    case("sum", lambda t, x: x.sum(), truth([True, True])),
    case("sum", lambda t, x: x.sum(0), whole([[1, 2], [3, 4]])),
    case("sum", lambda t, x: x.sum(), [inf, -inf], first=False),
    case("sum", lambda t, x: x.sum((0, 1)).sum(), (300, 40), second=False, smooth=False),
    case("sum", lambda t, x: x.sum(1, dtype=t.float32), (2, 3), smooth=False),
    case("sum", lambda t, x: x.sum(dtype=t.int32), whole([1, 2])),
    case("sum", lambda t, x: x.to(t.float16).sum(0), (3, 2), first=False),
    case("sum", lambda t, x: x.to(t.uint8).sum(), whole([200, 100])),
    *over_dims("mean"),
    case("mean", lambda t, x: x.mean(dtype=t.float64), whole([1, 2])),
    case("mean", lambda t, x: x.mean([]), (2, 3)),
    case("mean", lambda t, x: x.mean(), (0,)),
    case("mean", lambda t, x: x.mean((0, 1)), (300, 40), second=False, smooth=False),
    *shared("amax"),
    *shared("amin"),
    *extremes("max"),
    *extremes("min"),
    *places("argmax"),
    *places("argmin"),
]
