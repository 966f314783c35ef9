"""Reading and writing parts of a tensor: every form of index, and functions that take one."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, Values, case, quietly, truth, whole


def _written(x: Any, index: Any, value: Any) -> Any:
    x[index] = value
    return x


MASK = [[True, False, True], [False, False, True]]


def _get(call: Any, *inputs: Any) -> Case:
    return case("Tensor.__getitem__", call, *inputs)


def _set(call: Any, *inputs: Any) -> Case:
    return case("Tensor.__setitem__", call, *inputs)


READING = [
    case("Tensor.__getitem__", lambda t, x: x[1], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[-1, 0], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[:, 1:], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[..., ::2], (2, 2, 4)),
    case("Tensor.__getitem__", lambda t, x: x[None, :, None], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[...], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[5:, 0], (2, 3)),
    case("Tensor.__getitem__", lambda t, x: x[()], ()),
    case("Tensor.__getitem__", lambda t, x: x[[0, 2, 0]], (3, 2)),
    case("Tensor.__getitem__", lambda t, x: x[:, [1, -1]], (2, 3)),
    case("Tensor.__getitem__", lambda t, x, i: x[i], (3, 2), whole([[0, 2], [1, 1]])),
    case("Tensor.__getitem__", lambda t, x, i: x[i, :, 0], (3, 2, 2), whole([0, 2])),
    case("Tensor.__getitem__", lambda t, x, i: x[0, :, i], (2, 3, 4), whole([0, 2])),
    case("Tensor.__getitem__", lambda t, x, i: x[i, :, i], (2, 3, 2), whole([0, 1, 0])),
    case("Tensor.__getitem__", lambda t, x, i: x[:, i, i], (2, 3, 3), whole([0, 1, 0])),
    case(
        "Tensor.__getitem__", lambda t, x, i, j: x[i, j], (3, 3), whole([[0], [2]]), whole([0, 1])
    ),
    case("Tensor.__getitem__", lambda t, x, i: x[None, i, 1:], (3, 3), whole([0, 1])),
    case("Tensor.__getitem__", lambda t, x, i: x[i], (3, 2), whole(1)),
    case("Tensor.__getitem__", lambda t, x, m: x[m], (3, 2), truth([True, False, True])),
    case("Tensor.__getitem__", lambda t, x: x[x > 0], (3, 2)),
    case("Tensor.__getitem__", lambda t, x, m: x[:, m], (2, 2), truth([False, False])),
    case("Tensor.__getitem__", lambda t, x: x[[True, False, True]], (3, 2)),
    case("Tensor.__getitem__", lambda t, x: x[[]], (3, 2)),  # True and False stand for a dimension
    _get(lambda t, x: x[True], (2,)),
    _get(lambda t, x: x[False], (2,)),
    _get(lambda t, x: x[:, True, None, 0], (2, 2)),
    _get(lambda t, x: x[True, [0, 1, 1]], (2, 2)),
    _get(lambda t, x: x[..., t.tensor(False)], (2,)),
    _get(lambda t, x: x[t.tensor(True), 0, True], (2, 2)),
    _get(lambda t, x: x[t.tensor(True)], ()),
    # integers of other types, and masks
    _get(lambda t, x, i: x[i], (3, 2), Values("int32", [2, 0, -1])),
    _get(lambda t, x, i: x[i, i], (3, 2), Values("int16", 1)),
    _get(lambda t, x, m: x[m], (2, 3), truth(MASK)),
    _get(lambda t, x, m: x[:, m], (2, 2, 3), truth(MASK)),
    _get(lambda t, x, m: x[m, :, None], (2, 2), truth([False, True])),
    _get(lambda t, x, m, i: x[m, i], (3, 2), truth([True, False, True]), whole([1, 0])),
    _get(lambda t, x, m, i: x[m, :, i], (2, 2, 2), truth([True, True]), whole([1, 0])),
    # lists: of plain numbers a tensor, otherwise a tuple, an old form that torch warns of
    _get(quietly(lambda t, x: x[[[0, 1], [1, 0]]]), (2, 2)),
    _get(quietly(lambda t, x: x[[slice(None), t.tensor(1)]]), (2, 2)),
    _get(lambda t, x: x[[[0, 1], [1, 0]],], (2, 2)),
    _get(lambda t, x: x[((1, 0), (0, 0))], (2, 2)),
    _get(lambda t, x: x[[t.tensor(1), 0], 0], (2, 2)),
    _get(lambda t, x: x[[], 0], (2, 2)),
    _get(lambda t, x: x[[True, 0]], (2, 2)),
    _get(lambda t, x: x[range(2)], (3,)),
    # no elements, no dimensions
    _get(lambda t, x, i: x[i], (0, 2), whole([])),
    _get(lambda t, x: x[:, 5:], (2, 3)),
    _get(lambda t, x: x[None, ...], ()),
    _get(lambda t, x: x[t.tensor(0) : t.tensor(1)], (2,)),
]

WRITING = [
    case(
        "Tensor.__setitem__",
        lambda t, x, y: _written(x.detach().clone(), (0,), y),
        (2, 3),
        (3,),
        smooth=False,
    ),
    case("Tensor.__setitem__", lambda t, x, y: _written(x.clone(), (0,), y), (2, 3), (3,)),
    case("Tensor.__setitem__", lambda t, x: _written(x.clone(), (slice(1, None),), 5.0), (3, 2)),
    case("Tensor.__setitem__", lambda t, x: _written(x.clone(), ([0, 2],), 5.0), (3, 2)),
    _set(lambda t, x, y: _written(x.clone(), ([1, 0],), y), (2, 2), (2, 2)),
    _set(lambda t, x, y: _written(x.clone(), (slice(None), [1, 0]), y), (2, 2), (2, 1)),
    _set(lambda t, x, y: _written(x.clone(), (0, ..., None), y), (2, 2), (1,)),
    _set(lambda t, x, y: _written(x.clone(), 0, y), (2, 2), (1, 1, 2)),
    _set(lambda t, x, y: _written(x.clone(), [0], y), (2, 2), (1, 1, 1, 2)),
    _set(lambda t, x, y: _written(x.clone(), (0, 1), y), (2, 2), (1, 1)),
    _set(lambda t, x, m, y: _written(x.clone(), m, y), (2, 3), truth(MASK), (3,)),
    _set(lambda t, x, m: _written(x.clone(), m, 2.5), (2, 3), truth(MASK)),
    _set(lambda t, x, y: _written(x.clone(), x.detach() > 0, y), (2, 2), ()),
    _set(lambda t, x, y: _written(x.clone(), True, y), (2, 2), (2,)),
    _set(lambda t, x: _written(x.clone(), t.tensor(False), 1.0), (2,)),
    _set(lambda t, x: _written(x.clone(), (), 1.0), ()),
    _set(lambda t, x: _written(x.clone(), 0, 1.9), whole([1, 2])),
    _set(lambda t, x, y: _written(x.clone(), 0, y), whole([1, 2]), 1.9),
    _set(lambda t, x: _written(x.clone(), 0, True), (2,)),
    _set(lambda t, x: _written(x.clone(), 0, 5), truth([False])),
    _set(lambda t, x: _written(x.to(t.uint8), 0, -1).to(t.int64), whole([1])),
]

GATHERING = [
    case("gather", lambda t, x, i: t.gather(x, 0, i), (3, 2), whole([[0, 2], [2, 1]])),
    case("gather", lambda t, x, i: x.gather(1, i), (2, 3), whole([[0], [2]])),
    case("gather", lambda t, x, i: x.gather(-1, i), (3,), whole([0, 0, 2, 1])),
    case("gather", lambda t, x, i: x.gather(0, i), (), whole(0)),
    case("gather", lambda t, x, i: x.gather(1, i), (2, 3, 2), whole([[[0, 1]], [[2, 0]]])),
    case("gather", lambda t, x, i: x.gather(0, i), (2,), Values("int32", [1, 1])),
    case("gather", lambda t, x, i: x.gather(0, i), (), whole([0])),
    case("gather", lambda t, x, i: x.gather(0, i), (2, 2), whole([])),
    case("index_select", lambda t, x, i: t.index_select(x, 0, i), (3, 2), whole([2, 0, 2])),
    case("index_select", lambda t, x, i: x.index_select(-1, i), (2, 3), Values("int32", [1])),
    case("index_select", lambda t, x, i: x.index_select(1, i), (2, 3), whole(1)),
    case("index_select", lambda t, x, i: x.index_select(0, i), (), whole([0])),
    case("index_select", lambda t, x, i: x.index_select(0, i), (2, 2), whole([])),
    case("take", lambda t, x, i: t.take(x, i), (2, 3), whole([[5, 0], [-1, 2]])),
    case("take", lambda t, x, i: x.t().take(i), (2, 3), whole([1, 1])),
    case("take", lambda t, x, i: x.take(i), (2,), whole(1)),
    case("take", lambda t, x, i: x.take(i), (2,), whole([])),
    case("take_along_dim", lambda t, x, i: t.take_along_dim(x, i, 0), (3, 2), whole([[2, -1]])),
    case("take_along_dim", lambda t, x, i: x.take_along_dim(i, 1), (1, 3), whole([[0], [2]])),
    case("take_along_dim", lambda t, x, i: x.take_along_dim(i), (2, 2), whole([3, 0])),
    case("masked_select", lambda t, x, m: t.masked_select(x, m), (2, 3), truth(MASK)),
    case("masked_select", lambda t, x, m: x.masked_select(m), (2, 2), truth([True, False])),
    case("masked_select", lambda t, x, m: x.masked_select(m), (3,), truth(MASK)),
    case("masked_select", lambda t, x, m: x.masked_select(m), (), truth(True)),
    case("masked_select", lambda t, x, m: x.masked_select(m), (2,), truth(False)),
]

NAN = float("nan")
FINDING = [
    case("nonzero", lambda t, x: t.nonzero(x), [[0.0, 1.5], [NAN, -0.0]]),
    case("nonzero", lambda t, x: x.nonzero(as_tuple=True), [[0.0, 1.5], [2.0, 0.0]]),
    case("nonzero", lambda t, x: x.nonzero(), whole([[0, 3]])),
    case("nonzero", lambda t, m: m.nonzero(), truth(MASK)),
    case("nonzero", lambda t, x: x.nonzero(), 0.0),
    case("nonzero", lambda t, x: (x.nonzero(), *x.nonzero(as_tuple=True)), 2.0),
    case("nonzero", lambda t, x: x.nonzero(), (0, 2)),
    case("argwhere", lambda t, x: (t.argwhere(x), x.argwhere()), whole([[0, 3], [1, 0]])),
    case("where", lambda t, x: t.where(x), whole([[0, 3], [1, 0]])),
    case("where", lambda t, m: t.where(m), truth(True)),
]

CASES = [*READING, *WRITING, *GATHERING, *FINDING]
