"""Angles, hyperbolas, powers and logarithms."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, whole
from tests.cases.elementwise import EDGES, POSITIVE, one_argument

UNIT = (-0.9, 0.9)


def two_arguments(name: str) -> list[Case]:
    """Make the cases of a function of two tensors."""
    return [
        case(name, lambda t, x, y: getattr(t, name)(x, y), (2, 3), (3,), domain=POSITIVE),
        case(name, lambda t, x, y: getattr(x, name)(y), (2,), (), domain=POSITIVE),
        case(name, lambda t, x, y: getattr(t, name)(x, y), (0, 3), (3,)),
        case(name, lambda t, x, y: getattr(t, name)(x, y), EDGES, EDGES[::-1], first=False),
    ]


CASES = [
    *[one for name in ("sin", "cos", "tan", "atan", "sinh", "cosh") for one in one_argument(name)],
    *[one for name in ("asin", "acos", "atanh") for one in one_argument(name, UNIT)],
    *[one for name in ("asinh", "sinc", "deg2rad", "rad2deg") for one in one_argument(name)],
    *one_argument("acosh", (1.2, 3.0)),
    *[one for name in ("expm1", "exp2", "square") for one in one_argument(name)],
    *[one for name in ("log1p", "log2", "log10") for one in one_argument(name, POSITIVE)],
    *[one for name in ("reciprocal", "rsqrt") for one in one_argument(name, POSITIVE)],
    *[one for name in ("atan2", "hypot", "logaddexp", "logaddexp2") for one in two_arguments(name)],
    *two_arguments("xlogy"),
    *two_arguments("float_power"),
    *[
        case(name, lambda t, x, name=name: getattr(t, name)(x), whole([0, 1]), first=False)
        for name in ("sin", "acos", "exp2", "log1p", "rsqrt", "sinc", "square", "deg2rad")
    ],
    case("sinc", lambda t, x: t.sinc(x), [0.0, 1.0], second=False),
    case("atan2", lambda t, x, y: t.atan2(x, y), [0.0], [0.0], second=False, smooth=False),
    case(
        "hypot", lambda t, x, y: t.hypot(x, y), [0.0, 3.0], [0.0, 4.0], second=False, smooth=False
    ),
    case("logaddexp", lambda t, x, y: t.logaddexp(x, y), [1.0, 800.0], [1.0, 0.0], second=False),
    case(
        "xlogy", lambda t, x, y: t.xlogy(x, y), [0.0, 0.0], [0.0, nan], second=False, smooth=False
    ),
    case("xlogy", lambda t, x: t.xlogy(2.0, x), (2,), domain=POSITIVE),
    case("rsqrt", lambda t, x: t.rsqrt(x), [0.0, inf], second=False, smooth=False),
]
