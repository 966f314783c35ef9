"""Whole parts, remainders, special functions, bounds, truth and bits."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, truth, whole
from tests.cases.elementwise import EDGES, POSITIVE, one_argument
from tests.cases.trigonometry import two_arguments

HALVES = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.0]


def division(name: str) -> list[Case]:
    """Make the cases of a division that leaves a remainder."""
    return [
        case(name, lambda t, x, y: getattr(t, name)(x, y), [5.5, -5.5], [2.0, -3.0]),
        case(name, lambda t, x: getattr(x, name)(-2.0), [5.5, -5.5]),
        case(name, lambda t, x, y: getattr(t, name)(x, y), whole([7, -7]), whole([-2, 2])),
        case(name, lambda t, x, y: getattr(t, name)(x, y), EDGES, EDGES[::-1], first=False),
    ]


def bits(name: str) -> list[Case]:
    """Make the cases of a function of whole numbers or truth values."""
    return [
        case(name, lambda t, x, y: getattr(t, name)(x, y), whole([[6], [-3]]), whole([3, 5])),
        case(name, lambda t, x: getattr(x, name)(2), whole([6, -3])),
    ]


CASES = [
    *[one for name in ("floor", "ceil", "trunc", "round", "frac") for one in one_argument(name)],
    *one_argument("sign"),
    case("round", lambda t, x: t.round(x), HALVES, smooth=False),
    case("round", lambda t, x: t.round(x, decimals=1), (3,), first=False),
    *division("remainder"),
    *division("fmod"),
    case("floor_divide", lambda t, x, y: t.floor_divide(x, y), [5.5], [-2.0], first=False),
    case("floor_divide", lambda t, x, y: x // y, whole([7, -7]), whole([-2, 2])),
    case("remainder", lambda t, x: 7 % x, whole([-2, 3])),
    *[
        case("div", lambda t, x, y, m=m: t.div(x, y, rounding_mode=m), [5.5], [-2.0])
        for m in ("trunc", "floor")
    ],
    *[one for name in ("erf", "erfc") for one in one_argument(name)],
    *one_argument("erfinv", (-0.9, 0.9)),
    case("round", lambda t, x: t.round(x, decimals=1), (2, 3)),
    case(
        "Tensor.round", lambda t, x: x.round(decimals=-1), [14.0, 15.0, -25.0, 26.0], smooth=False
    ),
    # Torch's derivative of `digamma` is exact to ten digits only: tests/conformance has ours.
    case("lgamma", lambda t, x: t.lgamma(x), (2, 3), domain=POSITIVE, second=False),
    case("Tensor.lgamma", lambda t, x: x.lgamma(), [-2.5, -0.5, 0.25], second=False),
    case("lgamma", lambda t, x: t.lgamma(x), [0.0, -1.0, inf, -inf, nan, 1.0, 2.0], first=False),
    case("digamma", lambda t, x: t.digamma(x), (2, 3), domain=POSITIVE, first=False),
    case("Tensor.digamma", lambda t, x: x.digamma(), [-2.5, -0.5, 0.0, -0.0, -1.0], first=False),
    *one_argument("logit", (0.1, 0.9)),
    case("logit", lambda t, x: t.logit(x, 0.1), [0.05, 0.5, 0.95]),
    case("polygamma", lambda t, x: t.polygamma(2, x), (3,), domain=POSITIVE),
    *[one for name in ("fmax", "fmin") for one in two_arguments(name)],
    case("clamp", lambda t, x: t.clamp(x, -1.0, 1.0), [-2.0, -1.0, 0.0, 1.0, nan], smooth=False),
    case("clamp", lambda t, x, y: t.clamp(x, min=y), (2, 3), (3,)),
    case("clamp_min", lambda t, x: t.clamp_min(x, 0.0), [-1.0, 0.0], smooth=False),
    case("clamp_max", lambda t, x: t.clamp_max(x, 0.0), [1.0, 0.0], smooth=False),
    case("nan_to_num", lambda t, x: t.nan_to_num(x, 1.0), EDGES, smooth=False),
    case("lerp", lambda t, x, y, w: t.lerp(x, y, w), (2,), (2,), (2,)),
    case("addcmul", lambda t, x, y, z: t.addcmul(x, y, z, value=2), (2,), (2,), (2,)),
    case("addcdiv", lambda t, x, y, z: t.addcdiv(x, y, z), (2,), (2,), (2,), domain=POSITIVE),
    *[one for name in ("bitwise_and", "bitwise_or", "bitwise_xor") for one in bits(name)],
    *[one for n in ("bitwise_left_shift",) for one in bits(n)[1:]],
    *[one for n in ("bitwise_right_shift",) for one in bits(n)[1:]],
    case("bitwise_not", lambda t, x: ~x, truth([True, False])),
    *[
        case(n, lambda t, x, y, n=n: getattr(t, n)(x, y), [0.0, nan], whole([1, 0]), first=False)
        for n in ("logical_and", "logical_or", "logical_xor")
    ],
    case("logical_not", lambda t, x: t.logical_not(x), EDGES, first=False),
    *[
        case(n, lambda t, x, n=n: getattr(t, n)(x), EDGES, first=False)
        for n in ("isnan", "isinf", "isfinite", "isneginf", "isposinf", "signbit")
    ],
    case(
        "copysign",
        lambda t, x, y: t.copysign(x, y),
        [1.0, 0.0],
        [-1.0, -0.0],
        second=False,
        smooth=False,
    ),
]
