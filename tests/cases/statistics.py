"""Products, counts, spread, and shares of a whole."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, truth, whole

PRODUCTS: list[Case] = [
    case("prod", lambda t, x: t.prod(x), (2, 3)),
    case("prod", lambda t, x: t.prod(x, 1), (2, 3)),
    case("prod", lambda t, x: x.prod(0, keepdim=True), (2, 3)),
    case("Tensor.prod", lambda t, x: x.prod(-2), (2, 3, 2)),
    case("prod", lambda t, x: x.prod(), ()),
    case("prod", lambda t, x: x.prod(), (0,)),
    case("prod", lambda t, x: x.prod(0), (0, 2)),
    case("prod", lambda t, x: x.prod(), [0.0, 2.0, 3.0]),
    case("prod", lambda t, x: x.prod(), [0.0, 0.0, 3.0]),
    case("prod", lambda t, x: x.prod(0), [[0.0, 2.0], [3.0, 0.0], [4.0, 0.0]]),
    case("prod", lambda t, x: x.prod(1), [[0.0, 2.0], [3.0, 4.0]]),
    case("prod", lambda t, x: x.prod(), whole([2, 3])),
    case("prod", lambda t, x: x.prod(), truth([True, True])),
    case("prod", lambda t, x: x.prod(dtype=t.float64), whole([2, 3])),
    case("prod", lambda t, x: x.prod(0, dtype=t.int32), whole([2, 3])),
]

COUNTS: list[Case] = [
    *(
        row
        for name in ("all", "any")
        for row in (
            case(name, lambda t, x, name=name: getattr(t, name)(x), truth([True, False])),
            case(name, lambda t, x, name=name: getattr(x, name)(0), truth([[True, False]] * 2)),
            case(name, lambda t, x, name=name: getattr(x, name)(1, True), [[0.0, nan], [0.0, 0.0]]),
            case(name, lambda t, x, name=name: getattr(x, name)((0, 1)), whole([[1, 2]])),
            case(name, lambda t, x, name=name: getattr(x, name)(), (0,), first=False),
            case(name, lambda t, x, name=name: getattr(x.to(t.uint8), name)(), whole([1, 0])),
        )
    ),
    case("count_nonzero", lambda t, x: t.count_nonzero(x), [[0.0, 1.0], [nan, -0.0]]),
    case("Tensor.count_nonzero", lambda t, x: x.count_nonzero(1), whole([[0, 1], [2, 3]])),
    case("count_nonzero", lambda t, x: t.count_nonzero(x, (0, 1)), truth([[True, False]])),
]

MISSING: list[Case] = [
    case("nansum", lambda t, x: t.nansum(x), [1.0, nan, 2.0], smooth=False),
    case("nansum", lambda t, x: x.nansum(0, keepdim=True), [[nan, 1.0], [2.0, 3.0]], smooth=False),
    case("nansum", lambda t, x: x.nansum(1), (2, 3)),
    case("nansum", lambda t, x: x.nansum(), whole([1, 2])),
    case("nanmean", lambda t, x: t.nanmean(x), [1.0, nan, 2.0], smooth=False),
    case("Tensor.nanmean", lambda t, x: x.nanmean(1), [[nan, nan], [2.0, 3.0]], smooth=False),
    case("nanmean", lambda t, x: x.nanmean((0, 1), True), (2, 3)),
]

SPREAD: list[Case] = [
    *(
        row
        for name in ("var", "std")
        for row in (
            case(name, lambda t, x, name=name: getattr(t, name)(x), (2, 3)),
            case(name, lambda t, x, name=name: getattr(t, name)(x, 1), (2, 3)),
            case(name, lambda t, x, name=name: getattr(x, name)((0, 2), keepdim=True), (2, 3, 2)),
            case(name, lambda t, x, name=name: getattr(x, name)(0, correction=0), (3, 2)),
            case(name, lambda t, x, name=name: getattr(x, name)(-1, correction=2), (2, 4)),
            case(name, lambda t, x, name=name: getattr(x, name)(False), (4,)),
            case(name, lambda t, x, name=name: getattr(x, name)(0, False, True), (3, 2)),
            case(name, lambda t, x, name=name: getattr(x, name)(unbiased=False), (2, 2)),
            case(name, lambda t, x, name=name: getattr(x, name)(), [2.0, 2.0], smooth=False),
        )
    ),
    case("var_mean", lambda t, x: tuple(t.var_mean(x, 1)), (2, 3)),
    case("var_mean", lambda t, x: tuple(t.var_mean(x, (0, 1), correction=0)), (2, 3)),
    case("std_mean", lambda t, x: tuple(t.std_mean(x)), (2, 3)),
    case("std_mean", lambda t, x: tuple(t.std_mean(x, 0, keepdim=True)), (3, 2)),
    case("std", lambda t, x: x.to(t.float16).std(), [300.0, -300.0, 10.0], first=False),
    case("nansum", lambda t, x: x.detach().nansum(dtype=t.int32), [1.0, 2.0], first=False),
    case("diff", lambda t, x: t.diff(x), (2, 4)),
    case("Tensor.diff", lambda t, x: x.diff(2, 0), (4, 2)),
    case("diff", lambda t, x, y: t.diff(x, prepend=y, append=y), (3,), (1,)),
    case("diff", lambda t, x: t.diff(x), truth([True, False, False])),
    case("diff", lambda t, x: t.diff(x, 5), (3,)),
    case("dist", lambda t, x, y: t.dist(x, y), (2, 3), (2, 3)),
    case("Tensor.dist", lambda t, x, y: x.dist(y, 1), (2, 3), (3,)),
    case("dist", lambda t, x, y: t.dist(x, y, inf), (2,), (2,)),
]

SHARES: list[Case] = [
    case("logsumexp", lambda t, x: t.logsumexp(x, 0), (3, 2)),
    case("Tensor.logsumexp", lambda t, x: x.logsumexp((0, 1), keepdim=True), (2, 3)),
    case("logsumexp", lambda t, x: x.logsumexp(-1), [[1000.0, 1000.0], [-1000.0, 0.0]]),
    case("logsumexp", lambda t, x: x.logsumexp(0), [-inf, 1.0], second=False, smooth=False),
    case("logsumexp", lambda t, x: x.logsumexp(0), [-inf, -inf], second=False, smooth=False),
    case("logsumexp", lambda t, x: x.logsumexp(0), [inf, nan], first=False),
    case("logsumexp", lambda t, x: x.logsumexp(0), whole([1, 2])),
    case("logsumexp", lambda t, x: x.logsumexp(0), (0, 2)),
    *(
        row
        for name in ("softmax", "log_softmax")
        for row in (
            case(name, lambda t, x, name=name: getattr(t, name)(x, 1), (2, 3)),
            case(f"Tensor.{name}", lambda t, x, name=name: getattr(x, name)(0), (3, 2)),
            case(name, lambda t, x, name=name: getattr(t, name)(x, dim=-1), (2, 1, 3)),
            case(name, lambda t, x, name=name: getattr(t, name)(x, 0), ()),
            case(name, lambda t, x, name=name: getattr(t, name)(x, 0), (0, 2)),
            case(name, lambda t, x, name=name: getattr(t, name)(x, 0), [1000.0, -1000.0, 999.0]),
            case(
                name,
                lambda t, x, name=name: getattr(t, name)(x, 0, dtype=t.float64),
                whole([1, 2]),
            ),
        )
    ),
]

EXTREMES: list[Case] = [
    case("aminmax", lambda t, x: tuple(t.aminmax(x)), (2, 3)),
    case("Tensor.aminmax", lambda t, x: tuple(x.aminmax(dim=1, keepdim=True)), (2, 3)),
    case("aminmax", lambda t, x: tuple(x.aminmax(dim=0)), [1.0, 1.0, 2.0], smooth=False),
    case("aminmax", lambda t, x: tuple(x.aminmax()), whole([3, 1])),
]

CASES = [*PRODUCTS, *COUNTS, *MISSING, *SPREAD, *SHARES, *EXTREMES]
