"""The extension "sorting": elements in order, and places among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import SortingLayer

pytestmark = pytest.mark.extension("sorting")

INF, NAN = float("inf"), float("nan")
DTYPES = ["bool", "uint8", "int16", "int64", "float16", "float32", "float64"]


@pytest.mark.parametrize(
    ("values", "descending", "places"),
    [
        ([3.0, 1.0, 2.0], False, [1, 2, 0]),
        ([3.0, 1.0, 2.0], True, [0, 2, 1]),
        ([1.0, 0.0, 1.0, 0.0], False, [1, 3, 0, 2]),
        ([1.0, 0.0, 1.0, 0.0], True, [0, 2, 1, 3]),
        ([NAN, INF, NAN, -INF], False, [3, 1, 0, 2]),
        ([NAN, INF, NAN, -INF], True, [0, 2, 1, 3]),
        ([0.0, -0.0], False, [0, 1]),
        ([], True, []),
    ],
)
def test_sort(
    layer: SortingLayer, values: list[float], descending: bool, places: list[int]
) -> None:
    ordered, indices = layer.sort(layer.tensor(values), 0, descending)
    left = f"sort({values}, 0, {descending})"
    assert_equation(f"{left}[0]", ordered.tolist(), [values[i] for i in places])
    assert_equation(f"{left}[1]", indices.tolist(), places)
    assert indices.dtype is layer.int64, f"{left}[1] is int64, got {indices.dtype}"


def test_sort_along_each_dimension(layer: SortingLayer) -> None:
    x = layer.tensor([[3, 1], [2, 5]])
    for dim, values, places in (
        (0, [[2, 1], [3, 5]], [[1, 0], [0, 1]]),
        (1, [[1, 3], [2, 5]], [[1, 0], [0, 1]]),
    ):
        ordered, indices = layer.sort(x, dim, False)
        assert_equation(f"sort([[3, 1], [2, 5]], {dim})[0]", ordered.tolist(), values)
        assert_equation(f"sort([[3, 1], [2, 5]], {dim})[1]", indices.tolist(), places)
    assert_equation("sort(x, 0); x", x.tolist(), [[3, 1], [2, 5]])


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_dtype_stays(layer: SortingLayer, dtype: str) -> None:
    kind = getattr(layer, dtype)
    x = layer.tensor([1, 0, 1], kind)
    for left, result in (
        (f"sort({dtype})", layer.sort(x, 0, False)[0]),
        (f"topk({dtype})", layer.topk(x, 3, 0, False)[0]),
    ):
        assert result.dtype is kind, f"{left}[0] is {dtype}, got {result.dtype}"
        assert_equation(f"{left}[0]", result.tolist(), layer.tensor([0, 1, 1], kind).tolist())


@pytest.mark.parametrize("largest", [False, True])
@pytest.mark.parametrize("k", range(6))
def test_topk_is_the_beginning_of_sort(layer: SortingLayer, k: int, largest: bool) -> None:
    rows = [[3.0, NAN, -1.0, INF, 2.0], [0.0, 4.0, -INF, 1.0, 5.0]]
    first = (slice(0, 2), slice(0, k))
    for dim, x in ((1, layer.tensor(rows)), (0, layer.tensor(rows).permute((1, 0)))):
        where = first[:: 1 if dim else -1]
        left = f"topk({x.tolist()}, {k}, {dim}, {largest})"
        for i, (got, ordered) in enumerate(
            zip(layer.topk(x, k, dim, largest), layer.sort(x, dim, largest), strict=True)
        ):
            assert_equation(f"{left}[{i}]", got.tolist(), ordered[where].tolist())


def test_topk_of_equal_elements_takes_different_ones(layer: SortingLayer) -> None:
    values, indices = layer.topk(layer.tensor([1, 2, 1, 2, 2]), 4, 0, True)
    assert_equation("topk([1, 2, 1, 2, 2], 4)[0]", values.tolist(), [2, 2, 2, 1])
    taken, _ = layer.sort(indices, 0, False)
    whole = [[0, 1, 3, 4], [1, 2, 3, 4]]
    assert taken.tolist() in whole, f"topk([1, 2, 1, 2, 2], 4)[1] in {whole}, got {taken.tolist()}"


@pytest.mark.parametrize(
    ("right", "expected"), [(False, [[0, 0, 1], [2, 3, 3]]), (True, [[0, 1, 2], [2, 3, 3]])]
)
def test_searchsorted(layer: SortingLayer, right: bool, expected: list[list[int]]) -> None:
    x = layer.tensor([[-1.0, 0.0, 1.0], [1.5, 3.0, NAN]])
    places = layer.searchsorted(layer.tensor([0.0, 1.0, 2.0]), x, right)
    assert_equation(f"searchsorted([0, 1, 2], x, {right})", places.tolist(), expected)
    assert places.dtype is layer.int64, f"searchsorted(...) is int64, got {places.dtype}"


def test_searchsorted_among_equal_and_among_none(layer: SortingLayer) -> None:
    x, ones, none = layer.tensor(1), layer.tensor([1, 1]), layer.tensor([], layer.int64)
    for bounds, right, expected in ((ones, False, 0), (ones, True, 2), (none, True, 0)):
        left = f"searchsorted({bounds.tolist()}, 1, {right})"
        assert_equation(left, layer.searchsorted(bounds, x, right).tolist(), expected)
