"""Making tensors: `tensor`, `full`, `arange`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import FLOAT32, FLOAT64, assert_equation, assert_raises, shown

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested

INF = float("inf")
NAN = float("nan")

# values, the element type that `tensor` chooses, the shape, what `tolist` gives
CHOSEN: list[tuple[Nested, str, tuple[int, ...], Nested]] = [
    (3, "int64", (), 3),
    (2.5, "float32", (), 2.5),
    (True, "bool", (), True),
    ([1, 2, 3], "int64", (3,), [1, 2, 3]),
    ([1.0, 2.0], "float32", (2,), [1.0, 2.0]),
    ([True, False], "bool", (2,), [True, False]),
    ([1, 2.5], "float32", (2,), [1.0, 2.5]),
    ([True, 2], "int64", (2,), [1, 2]),
    ([True, 2.5], "float32", (2,), [1.0, 2.5]),
    ((1, 2), "int64", (2,), [1, 2]),
    ([(1, 2), (3, 4)], "int64", (2, 2), [[1, 2], [3, 4]]),
    ([[1.0], [2.0]], "float32", (2, 1), [[1.0], [2.0]]),
    (
        [[[1, 2], [3, 4]], [[5, 6], [7, 8]]],
        "int64",
        (2, 2, 2),
        [[[1, 2], [3, 4]], [[5, 6], [7, 8]]],
    ),
    ([], "float32", (0,), []),
    ([[], []], "float32", (2, 0), [[], []]),
    ([[[]]], "float32", (1, 1, 0), [[[]]]),
    ([INF, -INF, NAN], "float32", (3,), [INF, -INF, NAN]),
    ([2**62 + 1, -(2**63)], "int64", (2,), [2**62 + 1, -(2**63)]),
]

# values, the element type asked for, what `tolist` gives
GIVEN: list[tuple[Nested, str, Nested]] = [
    ([1, 2], "float32", [1.0, 2.0]),
    ([1, 2], "float64", [1.0, 2.0]),
    ([0.1], "float32", [0.10000000149011612]),
    ([0.1], "float64", [0.1]),
    ([16777217], "float32", [16777216.0]),
    ([1.7, -1.7], "int64", [1, -1]),
    ([0, 2, 0.5, -0.0, NAN], "bool", [False, True, True, False, True]),
    ([True, False], "int64", [1, 0]),
    ([True, False], "float32", [1.0, 0.0]),
    ([], "int64", []),
    (7, "float64", 7.0),
]

FULL: list[tuple[tuple[int, ...], float, str, Nested]] = [
    ((), 2.5, "float32", 2.5),
    ((3,), 7, "int64", [7, 7, 7]),
    ((2, 3), 1.5, "float64", [[1.5, 1.5, 1.5], [1.5, 1.5, 1.5]]),
    ((2,), True, "bool", [True, True]),
    ((2,), 1, "float32", [1.0, 1.0]),
    ((2,), -INF, "float32", [-INF, -INF]),
    ((2,), NAN, "float64", [NAN, NAN]),
    ((2,), 0.1, "float32", [0.10000000149011612] * 2),
    ((0,), 1.0, "float32", []),
    ((2, 0), 1.0, "float32", [[], []]),
    ((0, 3), 1, "int64", []),
]

ARANGE: list[tuple[float, float, float, str, Nested]] = [
    (0, 5, 1, "int64", [0, 1, 2, 3, 4]),
    (2, 9, 3, "int64", [2, 5, 8]),
    (2, 8, 3, "int64", [2, 5]),
    (5, 0, -2, "int64", [5, 3, 1]),
    (-2, 2, 1, "float32", [-2.0, -1.0, 0.0, 1.0]),
    (1, 2, 0.25, "float32", [1.0, 1.25, 1.5, 1.75]),
    (1, 2, 0.3, "float64", [1.0, 1.3, 1.6, 1.9]),
    (0, 1, 0.1, "float64", [i * 0.1 for i in range(10)]),
    (1, -1, -0.5, "float32", [1.0, 0.5, 0.0, -0.5]),
    (3, 3, 1, "int64", []),
    (0, 1000, 0.1, "float64", [i * 0.1 for i in range(10_000)]),
]


@pytest.mark.parametrize(("values", "dtype", "shape", "expected"), CHOSEN, ids=shown)
def test_tensor_chooses_the_dtype(
    layer: Layer, values: Nested, dtype: str, shape: tuple[int, ...], expected: Nested
) -> None:
    x = layer.tensor(values)
    assert_equation(f"tensor({values}).tolist()", x.tolist(), expected)
    assert x.shape == shape, f"tensor({values}).shape = {shape}, got {x.shape}"
    assert x.dtype is getattr(layer, dtype), f"tensor({values}).dtype = {dtype}, got {x.dtype}"


@pytest.mark.parametrize(("values", "dtype", "expected"), GIVEN, ids=shown)
def test_tensor_of_a_given_dtype(
    layer: Layer, values: Nested, dtype: str, expected: Nested
) -> None:
    x = layer.tensor(values, getattr(layer, dtype))
    assert_equation(f"tensor({values}, {dtype}).tolist()", x.tolist(), expected)
    assert x.dtype is getattr(layer, dtype), f"tensor({values}, {dtype}).dtype, got {x.dtype}"


def test_tensor_is_a_tensor(layer: Layer) -> None:
    x = layer.tensor([1.0])
    assert isinstance(x, layer.Tensor), f"tensor([1.0]) is a Tensor, got {type(x)}"


def test_the_shape_is_a_tuple_of_ints(layer: Layer) -> None:
    shape = layer.tensor([[1, 2, 3]]).shape
    assert isinstance(shape, tuple), f"shape is a tuple, got {shape!r}"
    assert [type(n) for n in shape] == [int, int], f"sizes are ints, got {shape!r}"


@pytest.mark.parametrize(
    ("values", "phrase"),
    [
        ([[1, 2], [3]], "expected sequence of length 2 at dim 1 (got 1)"),
        ([[1], [2, 3]], "expected sequence of length 1 at dim 1 (got 2)"),
        ([[[1], [2]], [[3], [4, 5]]], "expected sequence of length 1 at dim 2 (got 2)"),
    ],
    ids=shown,
)
def test_ragged_rows_are_refused(layer: Layer, values: Nested, phrase: str) -> None:
    layer.tensor([1])  # this much works
    assert_raises(f"tensor({values})", lambda: layer.tensor(values), ValueError, phrase)


@pytest.mark.parametrize(("shape", "value", "dtype", "expected"), FULL, ids=shown)
def test_full(
    layer: Layer, shape: tuple[int, ...], value: float, dtype: str, expected: Nested
) -> None:
    x = layer.full(shape, value, getattr(layer, dtype))
    assert_equation(f"full({shape}, {value}, {dtype}).tolist()", x.tolist(), expected)
    assert x.shape == shape, f"full({shape}, {value}, {dtype}).shape = {shape}, got {x.shape}"
    assert x.dtype is getattr(layer, dtype), f"full({shape}, ..., {dtype}).dtype, got {x.dtype}"


def test_elements_of_full_can_be_written_one_by_one(layer: Layer) -> None:
    x = layer.full((2, 2), 0, layer.int64)
    x[(0, 1)] = 5
    assert_equation("x = full((2, 2), 0, int64); x[0, 1] = 5; x", x.tolist(), [[0, 5], [0, 0]])


@pytest.mark.parametrize(("start", "end", "step", "dtype", "expected"), ARANGE, ids=shown)
def test_arange(
    layer: Layer, start: float, end: float, step: float, dtype: str, expected: Nested
) -> None:
    x = layer.arange(start, end, step, getattr(layer, dtype))
    tolerance = FLOAT32 if dtype == "float32" else FLOAT64
    assert_equation(f"arange({start}, {end}, {step}, {dtype})", x.tolist(), expected, tolerance)
    assert x.dtype is getattr(layer, dtype), f"arange(..., {dtype}).dtype, got {x.dtype}"


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [([[2.5]], "float32", 2.5), (7, "int64", 7), ([True], "bool", True), (0.1, "float64", 0.1)],
    ids=shown,
)
def test_item(layer: Layer, values: Nested, dtype: str, expected: float) -> None:
    item = layer.tensor(values, getattr(layer, dtype)).item()
    assert_equation(f"tensor({values}, {dtype}).item()", item, expected)


@pytest.mark.parametrize("values", [[1.0, 2.0], []], ids=["two", "none"])
def test_item_of_other_than_one_element_is_refused(layer: Layer, values: Nested) -> None:
    x = layer.tensor(values)
    phrase = "cannot be converted to Scalar"
    assert_raises(f"tensor({values}).item()", lambda: x.item(), RuntimeError, phrase)
