"""Which values there are, how often, and between which bounds; vectors put together."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

from tests.cases.case import Case, Input, Values, case, truth, whole

BOUNDS = [1.0, 3.0, 3.0, 5.0]
VALUES = [0.0, 1.0, 3.0, 4.0, 6.0]
ROWS = whole([[1, 2, 1], [0, 3, 0], [1, 2, 1], [0, 2, 5]])


def no_gradient(name: str, call: Callable[..., Any], *inputs: Input) -> Case:
    """Make a case of an operation that torch has no derivative of."""
    return case(name, call, *inputs, first=False)


BOUNDED = [
    *[
        no_gradient("searchsorted", lambda t, b, x, o=o: t.searchsorted(b, x, **o), BOUNDS, VALUES)
        for o in ({}, {"right": True}, {"side": "left"}, {"side": "right", "out_int32": True})
    ],
    no_gradient("searchsorted", lambda t, b, x: t.searchsorted(b, x), BOUNDS, [[inf], [nan]]),
    no_gradient("searchsorted", lambda t, b: t.searchsorted(b, 3), BOUNDS),
    no_gradient("searchsorted", lambda t, b: t.searchsorted(b, 2.5), whole([1, 2, 3])),
    no_gradient("searchsorted", lambda t, b, x: t.searchsorted(b, x), BOUNDS, whole([[2, 3]])),
    no_gradient("searchsorted", lambda t, b, x: t.searchsorted(b, x), (0,), (2,)),
    no_gradient("searchsorted", lambda t, b, x: t.searchsorted(b, x), (2, 3), (2, 0)),
    no_gradient(
        "searchsorted",
        lambda t, b, x: t.searchsorted(b, x, right=True),
        [[[1.0, 3.0, 5.0], [2.0, 2.0, 4.0]]],
        [[[3.0, 0.0], [2.0, 9.0]]],
    ),
    no_gradient(
        "searchsorted",
        lambda t, b, x, i: t.searchsorted(b, x, sorter=i),
        [[5.0, 1.0, 3.0]],
        [[0.0, 3.0]],
        whole([[1, 2, 0]]),
    ),
    no_gradient("bucketize", lambda t, x, b: t.bucketize(x, b), [VALUES], BOUNDS),
    no_gradient(
        "bucketize", lambda t, x, b: t.bucketize(x, b, right=True, out_int32=True), VALUES, BOUNDS
    ),
    no_gradient("bucketize", lambda t, b: t.bucketize(2, b), BOUNDS),
]

ASKED: tuple[dict[str, bool], ...] = (
    {},
    {"return_inverse": True},
    {"return_counts": True},
    {"return_inverse": True, "return_counts": True},
)
ALL = ASKED[-1]

DISTINCT = [
    *[
        no_gradient(name, lambda t, x, n=name, o=o: getattr(t, n)(x, **o), [[3.0, 1.0], [1.0, 3.0]])
        for name in ("unique", "unique_consecutive")
        for o in ASKED
    ],
    *[
        no_gradient(name, lambda t, x, n=name, d=d: getattr(x, n)(dim=d, **ALL), ROWS)
        for name in ("unique", "unique_consecutive")
        for d in (0, 1, -1)
    ],
    *[
        no_gradient(name, lambda t, x, n=name: getattr(x, n)(**ALL), one)
        for name in ("unique", "unique_consecutive")
        for one in (2.0, (0,), (0, 2), [nan, 3.0, 3.0, nan], truth([True, True, False]))
    ],
    *[
        no_gradient(name, lambda t, x, n=name: getattr(x, n)(dim=0, **ALL), (0, 2))
        for name in ("unique", "unique_consecutive")
    ],
    no_gradient("unique", lambda t, x: t.unique(x, True, True, True), Values("float16", [2.0, 1])),
    no_gradient("unique", lambda t, x: x.unique(dim=1), [[[1.0, 2.0], [1.0, 2.0]]]),
]

COUNTED = [
    no_gradient("bincount", lambda t, x: t.bincount(x), whole([3, 1, 1, 0])),
    no_gradient("bincount", lambda t, x: x.bincount(minlength=5), whole([1, 1])),
    no_gradient("bincount", lambda t, x: x.bincount(minlength=2), whole([])),
    no_gradient("bincount", lambda t, x: x.bincount(), Values("uint8", [2, 0])),
    no_gradient("bincount", lambda t, x, w: t.bincount(x, w), whole([2, 0, 2]), [0.5, 1.0, 2.0]),
    no_gradient("bincount", lambda t, x, w: x.bincount(w, 4), whole([1, 1]), whole([1, 2])),
    no_gradient("histc", lambda t, x: t.histc(x, 4, -1, 1), (2, 5)),
    no_gradient("histc", lambda t, x: x.histc(3), [1.0, 2.0, 3.0, 4.0]),
    no_gradient("histc", lambda t, x: x.histc(bins=2, min=1, max=3), [0.0, 1.0, 2.0, 3.0, nan]),
    no_gradient("histc", lambda t, x: x.histc(2, 0, 2), [inf, -inf, 2.0]),
    no_gradient("histc", lambda t, x: x.histc(3), [1.0, 1.0]),
    no_gradient("histc", lambda t, x: x.histc(3, 1, 1), 2.0),
    no_gradient("histc", lambda t, x: x.histc(), (0,)),
    no_gradient("histc", lambda t, x: x.histc(3), Values("float16", [1.0, 2.0, 2.5])),
]

AMONG = [
    no_gradient("isin", lambda t, x, y: t.isin(x, y), [[1.0, nan, 2.0]], [[2.0], [nan]]),
    no_gradient("isin", lambda t, x, y: t.isin(x, y, invert=True), whole([1, 2, 3]), whole([3, 1])),
    no_gradient(
        "isin", lambda t, x, y: t.isin(x, y, assume_unique=True), whole([1, 2]), [2.0, 1.5]
    ),
    no_gradient("isin", lambda t, x: t.isin(x, 2), whole([[1, 2], [2, 3]])),
    no_gradient("isin", lambda t, x: t.isin(2.0, x), [1.0, 2.0]),
    no_gradient("isin", lambda t, x: t.isin(5, x, invert=True), whole([[1, 2], [2, 3]])),
    no_gradient("isin", lambda t, x, y: t.isin(x, y), (2,), (0,)),
    no_gradient("isin", lambda t, x, y: t.isin(x, y), (0, 2), (3,)),
]

TOGETHER = [
    case("cartesian_prod", lambda t, x, y: t.cartesian_prod(x, y), (2,), (3,)),
    case("cartesian_prod", lambda t, x, y: t.cartesian_prod(x, y, x), (2,), (1,)),
    case("cartesian_prod", lambda t, x: t.cartesian_prod(x), (3,)),
    case("cartesian_prod", lambda t, x, y: t.cartesian_prod(x, y), (0,), (2,)),
    case("combinations", lambda t, x: t.combinations(x), (4,)),
    case("combinations", lambda t, x: t.combinations(x, 3, with_replacement=True), (2,)),
    case("combinations", lambda t, x: t.combinations(x, r=1), (2,)),
    case("combinations", lambda t, x: t.combinations(x, 4), (3,), first=False),
    case("combinations", lambda t, x: t.combinations(x, 0), (3,), first=False),
]

CASES = [*BOUNDED, *DISTINCT, *COUNTED, *AMONG, *TOGETHER]
