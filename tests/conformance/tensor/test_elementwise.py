"""Functions and arithmetic of one element at a time, against Python's own."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.comparing import (
    FLOAT32,
    FLOAT64,
    assert_equation,
    assert_raises,
    broadcast,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested, Tensor

INF = float("inf")
NAN = float("nan")

UNARY: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "tanh": math.tanh,
    "sqrt": math.sqrt,
    "abs": abs,
}
POINTS = [0.0009765625, 0.25, 0.5, 1.0, 1.5, 2.0, 3.75, 10.0, 80.0]  # exact in float32

# function, element, result
UNARY_SPECIAL = [
    ("exp", 0.0, 1.0),
    ("exp", -1.5, math.exp(-1.5)),
    ("exp", -INF, 0.0),
    ("exp", -2000.0, 0.0),
    ("exp", 2000.0, INF),
    ("exp", INF, INF),
    ("exp", NAN, NAN),
    ("log", 0.0, -INF),
    ("log", -1.0, NAN),
    ("log", INF, INF),
    ("log", NAN, NAN),
    ("tanh", 0.0, 0.0),
    ("tanh", -0.75, math.tanh(-0.75)),
    ("tanh", 1e-6, 1e-6),
    ("tanh", 2000.0, 1.0),
    ("tanh", -2000.0, -1.0),
    ("tanh", INF, 1.0),
    ("tanh", -INF, -1.0),
    ("tanh", NAN, NAN),
    ("sqrt", 0.0, 0.0),
    ("sqrt", -1.0, NAN),
    ("sqrt", INF, INF),
    ("sqrt", NAN, NAN),
    ("abs", -2.5, 2.5),
    ("abs", -INF, INF),
    ("abs", NAN, NAN),
]

# Python's operators work on tensors and on floats.
ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": operator.pow,
}
# x, operator, y, result: where it isn't what Python says
ARITHMETIC_SPECIAL = [
    (1.0, "/", 0.0, INF),
    (-1.0, "/", 0.0, -INF),
    (0.0, "/", 0.0, NAN),
    (INF, "/", INF, NAN),
    (1.0, "/", INF, 0.0),
    (INF, "-", INF, NAN),
    (INF, "+", 1.0, INF),
    (NAN, "+", 1.0, NAN),
    (INF, "*", 0.0, NAN),
    (0.0, "**", 0.0, 1.0),
    (0.0, "**", -1.0, INF),
    (NAN, "**", 0.0, 1.0),
    (-8.0, "**", 1 / 3, NAN),
    (-2.0, "**", 3.0, -8.0),
    (-2.0, "**", -2.0, 0.25),
    (10.0, "**", 400.0, INF),
    (2.0, "**", -INF, 0.0),
]

INTEGERS = [[7, 0, -3], [2, -2, 5]]


def both_types(values: Nested, layer: Layer) -> list[tuple[str, Tensor, float]]:
    """Make a tensor of `values` in each floating type, beside its name and tolerance."""
    return [
        (name, layer.tensor(values, getattr(layer, name)), tolerance)
        for name, tolerance in (("float32", FLOAT32), ("float64", FLOAT64))
    ]


@pytest.mark.parametrize("function", UNARY)
def test_function(layer: Layer, function: str) -> None:
    expected = [UNARY[function](point) for point in POINTS[:-1]]
    for dtype, x, tolerance in both_types(POINTS[:-1], layer):
        result = getattr(layer, function)(x)
        what = f"{function}({POINTS[:-1]}) in {dtype}"
        assert_equation(what, result.tolist(), expected, tolerance)
        assert result.dtype is x.dtype, f"{what} keeps its dtype, got {result.dtype}"


@pytest.mark.parametrize(("function", "element", "expected"), UNARY_SPECIAL)
def test_function_at_special_elements(
    layer: Layer, function: str, element: float, expected: float
) -> None:
    for dtype, x, tolerance in both_types([element], layer):
        result = getattr(layer, function)(x)
        what = f"{function}([{element}]) in {dtype}"
        assert_equation(what, result.tolist(), [expected], tolerance)


@pytest.mark.parametrize("function", UNARY)
@pytest.mark.parametrize(
    ("values", "shape"),
    [(1.0, ()), ([], (0,)), ([[], []], (2, 0)), ([[1.0, 1.0]], (1, 2))],
    ids=["0d", "empty", "empty rows", "row"],
)
def test_function_keeps_the_shape(
    layer: Layer, function: str, values: Nested, shape: tuple[int, ...]
) -> None:
    result = getattr(layer, function)(layer.tensor(values))
    assert result.shape == shape, f"{function}({values}).shape = {shape}, got {result.shape}"


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1.5, -2.0, INF], [-1.5, 2.0, -INF]), ([3, -4, 0], [-3, 4, 0]), ([], []), (2.5, -2.5)],
    ids=shown,
)
def test_negation(layer: Layer, values: Nested, expected: Nested) -> None:
    x = layer.tensor(values)
    assert_equation(f"-tensor({values})", (-x).tolist(), expected)


def test_abs_of_integers(layer: Layer) -> None:
    x = layer.abs(layer.tensor([3, -4, 0]))
    assert_equation("abs([3, -4, 0])", x.tolist(), [3, 4, 0])


@pytest.mark.parametrize("symbol", ARITHMETIC)
def test_arithmetic(layer: Layer, symbol: str) -> None:
    operation = ARITHMETIC[symbol]
    a, b = [[1.5, 2.0], [0.25, 4.0]], [[2.0, 0.5], [-1.0, 3.0]]
    expected = broadcast(operation, a, b)
    for (dtype, x, tolerance), (_, y, _) in zip(
        both_types(a, layer), both_types(b, layer), strict=True
    ):
        result = operation(x, y)
        assert_equation(f"{a} {symbol} {b} in {dtype}", result.tolist(), expected, tolerance)
        assert result.dtype is x.dtype, f"{dtype} {symbol} {dtype} is {dtype}, got {result.dtype}"


@pytest.mark.parametrize("symbol", ARITHMETIC)
@pytest.mark.parametrize("number", [2.0, 2], ids=["float", "int"])
def test_arithmetic_with_a_number(layer: Layer, symbol: str, number: float) -> None:
    operation, a = ARITHMETIC[symbol], [1.5, 0.25, 4.0]
    x = layer.tensor(a)
    right = [operation(element, number) for element in a]
    assert_equation(f"{a} {symbol} {number}", operation(x, number).tolist(), right, FLOAT32)


@pytest.mark.parametrize("symbol", ARITHMETIC)
@pytest.mark.parametrize("number", [2.0, 2], ids=["float", "int"])
def test_arithmetic_with_a_number_on_the_left(layer: Layer, symbol: str, number: float) -> None:
    operation, a = ARITHMETIC[symbol], [1.5, 0.25, 4.0]
    x = layer.tensor(a)
    right = [operation(number, element) for element in a]
    assert_equation(f"{number} {symbol} {a}", operation(number, x).tolist(), right, FLOAT32)


@pytest.mark.parametrize("symbol", ["+", "-", "*"])
def test_arithmetic_of_integers_is_exact(layer: Layer, symbol: str) -> None:
    operation, big = ARITHMETIC[symbol], [2**53 + 1, -(2**31) - 1, 7]
    x, y = layer.tensor(big), layer.tensor([1, 3, -2])
    expected = [operation(a, b) for a, b in zip(big, [1, 3, -2], strict=True)]
    assert_equation(f"{big} {symbol} [1, 3, -2]", operation(x, y).tolist(), expected)


def test_powers_of_integers(layer: Layer) -> None:
    assert_equation(
        "[2, -3] ** [10, 3]", (layer.tensor([2, -3]) ** layer.tensor([10, 3])).tolist(), [1024, -27]
    )
    assert_equation("[2, -3] ** 2", (layer.tensor([2, -3]) ** 2).tolist(), [4, 9])
    assert_equation("2 ** [3, 0]", (2 ** layer.tensor([3, 0])).tolist(), [8, 1])


def test_integers_to_negative_powers_are_refused(layer: Layer) -> None:
    x = layer.tensor([2])
    phrase = "ntegers to negative integer powers are not allowed"
    assert_raises("[2] ** -1", lambda: x**-1, RuntimeError, phrase)


def test_division_of_integers_is_true_division(layer: Layer) -> None:
    a, b = [7, -7, 1, 0], [2, 2, 0, 0]
    result = layer.tensor(a) / layer.tensor(b)
    assert_equation(f"{a} / {b}", result.tolist(), [3.5, -3.5, INF, NAN])
    assert_equation("[7, -7] / 2", (layer.tensor([7, -7]) / 2).tolist(), [3.5, -3.5])
    assert_equation("1 / [2, 4]", (1 / layer.tensor([2, 4])).tolist(), [0.5, 0.25])


@pytest.mark.parametrize(("a", "symbol", "b", "expected"), ARITHMETIC_SPECIAL)
def test_arithmetic_at_special_elements(
    layer: Layer, a: float, symbol: str, b: float, expected: float
) -> None:
    operation = ARITHMETIC[symbol]
    for (dtype, x, tolerance), (_, y, _) in zip(
        both_types([a], layer), both_types([b], layer), strict=True
    ):
        left = f"[{a}] {symbol} [{b}] in {dtype}"
        assert_equation(left, operation(x, y).tolist(), [expected], tolerance)


def test_bools_add_as_or_and_multiply_as_and(layer: Layer) -> None:
    x, y = layer.tensor([True, True, False]), layer.tensor([True, False, False])
    assert_equation("[T, T, F] + [T, F, F]", (x + y).tolist(), [True, True, False])
    assert_equation("[T, T, F] * [T, F, F]", (x * y).tolist(), [True, False, False])


def test_bools_are_not_subtracted(layer: Layer) -> None:
    x = layer.tensor([True, False])
    assert_raises("bool - bool", lambda: x - x, RuntimeError, "not supported")
    assert_raises("-bool", lambda: -x, RuntimeError, "not supported")


@pytest.mark.parametrize(("function", "symbol"), [("mul", "*"), ("div", "/")])
def test_operators_as_functions(layer: Layer, function: str, symbol: str) -> None:
    operation, a, b = ARITHMETIC[symbol], [[1.5], [4.0]], [2.0, -0.5]
    x, y, call = layer.tensor(a), layer.tensor(b), getattr(layer, function)
    assert_equation(f"{function}({a}, {b})", call(x, y).tolist(), broadcast(operation, a, b))
    assert_equation(f"{function}({a}, 2.0)", call(x, 2.0).tolist(), broadcast(operation, a, 2.0))
