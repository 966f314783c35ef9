"""Writing values to where an index points, into a copy or in place."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Values, case, quietly, truth, whole

NAN = float("nan")
MASK = [[True, False, True], [False, False, True]]
INDEX = whole([[0, 1, 1], [1, 0, 1]])
ROWS = whole([1, 1])


def _reduce(how: str, *inputs: Any, include: bool = True, **options: Any) -> Case:
    return case(
        "scatter_reduce",
        lambda t, x, i, y: t.scatter_reduce(x, 0, i, y, how, include_self=include),
        *inputs,
        **options,
    )


SCATTERING = [
    case("scatter", lambda t, x, i, y: t.scatter(x, 0, i, y), (2, 3), whole([[0, 1, 1]]), (1, 3)),
    case("scatter", lambda t, x, i, y: x.scatter(-1, i, y), (3,), Values("int32", [2, 0]), (2,)),
    case("scatter", lambda t, x, i, y: x.scatter(0, i, y), (), whole(0), ()),
    # torch has no derivative where `src` is larger than `index`
    case(
        "scatter",
        lambda t, x, i, y: x.scatter(1, i, y),
        (2, 3),
        whole([[2], [0]]),
        (2, 3),
        first=False,
    ),
    case("scatter", lambda t, x, i, y: x.scatter(0, i, y), (2, 2), whole([]), (2,), first=False),
    case("scatter", lambda t, x, i: x.scatter(0, i, 2.5), (2, 3), INDEX),
    case("scatter", lambda t, x, i: x.scatter(0, i, value=2.5), whole([1, 2]), whole([0])),
    # a derivative where the same value goes twice to one place
    case(
        "scatter",
        lambda t, x, i, y: x.scatter(0, i, y),
        (2,),
        whole([1, 1]),
        [3.0, 3.0],
        smooth=False,
    ),
    # torch has no derivative of these
    case(
        "scatter",
        quietly(lambda t, x, i, y: x.detach().scatter(0, i, y.detach(), reduce="add")),
        (2, 3),
        INDEX,
        (2, 3),
        first=False,
    ),
    case(
        "scatter",
        lambda t, x, i: x.detach().scatter(0, i, 3.0, reduce="multiply"),
        (2, 3),
        INDEX,
        first=False,
    ),
    case("scatter_add", lambda t, x, i, y: t.scatter_add(x, 0, i, y), (2, 3), INDEX, (2, 3)),
    case("scatter_add", lambda t, x, i, y: x.scatter_add(0, i, y), (3,), whole([0, 0]), (2,)),
    case("scatter_add", lambda t, x, i, y: x.scatter_add(0, i, y), (), whole(0), ()),
    case(
        "scatter_add",
        lambda t, x, i, y: x.scatter_add(0, i, y),
        whole([1, 2]),
        whole([0, 0]),
        whole([3, 4]),
    ),
    case("Tensor.scatter_", lambda t, x, i, y: x.clone().scatter_(0, i, y), (3,), whole([1]), (1,)),
    case("Tensor.scatter_", lambda t, x, i: x.clone().scatter_(0, i, 2.0), (3,), ROWS),
    case(
        "Tensor.scatter_add_", lambda t, x, i, y: x.clone().scatter_add_(0, i, y), (3,), ROWS, (2,)
    ),
    case(
        "Tensor.scatter_reduce_",
        lambda t, x, i, y: x.clone().scatter_reduce_(0, i, y, "amax"),
        (3,),
        ROWS,
        (2,),
    ),
]
REDUCING = [
    *[
        _reduce(how, (3, 3), INDEX, (2, 3), include=include)
        for how in ("sum", "mean", "prod", "amax", "amin")
        for include in (True, False)
    ],
    _reduce("mean", whole([7, -7, 1]), whole([0, 1, 1]), whole([1, 1, 1])),
    _reduce("amax", whole([7, -7, 1]), whole([0, 1, 1]), whole([8, -9, -8])),
    _reduce("amin", whole([7, -7]), whole([0, 0]), whole([8, 9]), include=False),
    _reduce("prod", whole([7, -7]), whole([0, 0]), whole([2, 3])),
    _reduce("sum", (), whole(0), ()),
    _reduce("prod", (), whole(0), (), include=False),
    # ties share equally
    _reduce("amax", [1.0, 2.0, 5.0], whole([0, 0, 1]), [1.0, 1.0, 3.0], smooth=False),
    _reduce("amin", [1.0, 2.0], whole([1, 1]), [1.0, 1.0], include=False, smooth=False),
    # NaN is the extreme of all
    _reduce("amax", [1.0, NAN, 0.0], whole([0, 0, 1]), [NAN, 1.0, 3.0], first=False),
    # beside a zero the others have no gradient; the zero has, if it is alone
    _reduce("prod", [2.0, 3.0], whole([0, 0, 1]), [0.0, 4.0, 5.0], second=False, smooth=False),
    _reduce("prod", [2.0, 3.0], whole([0, 0, 1]), [0.0, 0.0, 5.0], second=False, smooth=False),
    _reduce("prod", [0.0, 3.0, 0.0], whole([0, 0, 1]), [2.0, 4.0, 5.0], second=False, smooth=False),
    _reduce("prod", [0.0, 3.0], whole([0, 1]), [0.0, 5.0], second=False, smooth=False),
]

SLICES = [
    case("index_add", lambda t, x, i, y: t.index_add(x, 0, i, y), (3, 2), ROWS, (2, 2)),
    case("index_add", lambda t, x, i, y: x.index_add(1, i, y, alpha=2.5), (2, 3), ROWS, (2, 2)),
    case("index_add", lambda t, x, i, y: x.index_add(0, i, y), (), whole([0]), ()),
    case(
        "index_add",
        lambda t, x, i, y: x.index_add(0, i, y, alpha=2),
        whole([1, 2]),
        Values("int32", [1, 1]),
        whole([3, 4]),
    ),
    case("index_copy", lambda t, x, i, y: t.index_copy(x, 0, i, y), (3, 2), whole([2, 0]), (2, 2)),
    case("index_copy", lambda t, x, i, y: x.index_copy(1, i, y), (2, 3), whole([2]), (2, 1)),
    case("index_copy", lambda t, x, i, y: x.index_copy(0, i, y), (), whole([0]), ()),
    case("index_fill", lambda t, x, i: t.index_fill(x, 0, i, 2.5), (3, 2), whole([2, -3])),
    case("index_fill", lambda t, x, i, y: x.index_fill(1, i, y), (2, 3), ROWS, ()),
    case("index_fill", lambda t, x, i: x.index_fill(0, i, 2.5), whole([1, 2]), whole(1)),
    case("index_fill", lambda t, x, i: x.index_fill(0, i, 2.5), (), whole([0])),
    case("Tensor.index_add_", lambda t, x, i, y: x.clone().index_add_(0, i, y), (3,), ROWS, (2,)),
    case(
        "Tensor.index_copy_",
        lambda t, x, i, y: x.clone().index_copy_(0, i, y),
        (3,),
        whole([1]),
        (1,),
    ),
    case("Tensor.index_fill_", lambda t, x, i: x.clone().index_fill_(0, i, 1.0), (3,), ROWS),
    *[
        case(
            "index_reduce",
            quietly(
                lambda t, x, i, y, how=how, own=own: x.index_reduce(0, i, y, how, include_self=own)
            ),
            (3, 2),
            ROWS,
            (2, 2),
        )
        for how, own in (("prod", True), ("mean", False), ("amax", True), ("amin", False))
    ],
    case(
        "Tensor.index_reduce_",
        quietly(lambda t, x, i, y: x.clone().index_reduce_(0, i, y, "mean")),
        (3,),
        ROWS,
        (2,),
    ),
]

PLACES = [
    case("index_put", lambda t, x, i, y: t.index_put(x, (i,), y), (3, 2), whole([2, 0]), (2, 2)),
    case("index_put", lambda t, x, i, y: x.index_put((i, i), y), (3, 2), whole([0, 1]), ()),
    case("index_put", lambda t, x, i, y: x.index_put((i,), y, True), (3, 2), ROWS, (2, 2)),
    case("index_put", lambda t, x, i, y: x.index_put([i], y, True), (3, 2), ROWS, (2,)),
    case("index_put", lambda t, x, m, y: x.index_put((m,), y), (2, 3), truth(MASK), (3,)),
    case("index_put", lambda t, x, i, y: x.index_put((i,), y), (3,), whole(1), ()),
    case(
        "Tensor.index_put_",
        lambda t, x, i, y: x.clone().index_put_((i,), y, accumulate=True),
        (3,),
        ROWS,
        (2,),
    ),
    case("put", lambda t, x, i, y: t.put(x, i, y), (2, 3), whole([[5], [-6]]), (2,)),
    case("put", lambda t, x, i, y: x.put(i, y, accumulate=True), (2, 2), whole([1, 1]), (1, 2)),
    case("put", lambda t, x, i, y: x.put(i, y), (), whole(0), ()),
    case("Tensor.put_", lambda t, x, i, y: x.clone().put_(i, y), (2, 2), whole([3]), (1,)),
]

MASKED = [
    case("masked_fill", lambda t, x, m: t.masked_fill(x, m, 2.5), (2, 3), truth(MASK)),
    case("masked_fill", lambda t, x, m, y: x.masked_fill(m, y), (2, 3), truth(MASK), ()),
    case("masked_fill", lambda t, x, m: x.masked_fill(m, 2.5), (3,), truth(MASK)),
    case("masked_fill", lambda t, x, m: x.masked_fill(m, 2.5), whole([1, 2]), truth(True)),
    case(
        "masked_fill",
        lambda t, x, m: x.masked_fill(m, 1.0),
        [NAN, 2.0],
        truth([True, False]),
        smooth=False,
    ),
    case(
        "Tensor.masked_fill_", lambda t, x, m: x.clone().masked_fill_(m, 2.5), (2, 3), truth(MASK)
    ),
    case(
        "masked_scatter", lambda t, x, m, y: t.masked_scatter(x, m, y), (2, 3), truth(MASK), (2, 2)
    ),
    case("masked_scatter", lambda t, x, m, y: x.masked_scatter(m, y), (3,), truth(MASK), (3,)),
    case("masked_scatter", lambda t, x, m, y: x.masked_scatter(m, y), (), truth(True), (2,)),
    case(
        "Tensor.masked_scatter_",
        lambda t, x, m, y: x.clone().masked_scatter_(m, y),
        (2, 3),
        truth([True, False, False]),
        (2,),
    ),
]

PATCHES = [
    case("select_scatter", lambda t, x, y: t.select_scatter(x, y, 0, -1), (2, 3), (3,)),
    case("select_scatter", lambda t, x, y: x.select_scatter(y, 1, 2), (2, 3), (2,)),
    case("slice_scatter", lambda t, x, y: t.slice_scatter(x, y, 1, 2), (2, 3), (2, 1)),
    case("slice_scatter", lambda t, x, y: x.slice_scatter(y, -1, 0, 9, 2), (2, 3), (2, 2)),
    case("slice_scatter", lambda t, x, y: x.slice_scatter(y), (2, 3), (2, 3)),
    case("diagonal_scatter", lambda t, x, y: t.diagonal_scatter(x, y), (2, 3), (2,)),
    case("diagonal_scatter", lambda t, x, y: x.diagonal_scatter(y, -1, 1, 0), (2, 3), (2,)),
]

CASES = [*SCATTERING, *REDUCING, *SLICES, *PLACES, *MASKED, *PATCHES]
