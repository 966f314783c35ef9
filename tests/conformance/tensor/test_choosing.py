"""Comparisons, and choosing between two elements: maximum, minimum, where."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.comparing import assert_equation, broadcast, shown

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested

INF = float("inf")
NAN = float("nan")

# Python's operators work on tensors and on floats.
COMPARISONS: dict[str, Callable[..., Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@pytest.mark.parametrize("symbol", COMPARISONS)
@pytest.mark.parametrize(
    ("a", "b"),
    [
        ([1.0, 2.0, 3.0], [2.0, 2.0, 2.0]),
        ([1, 2, 3], [2, 2, 2]),
        ([True, True, False], [True, False, False]),
        ([NAN, NAN, INF, -INF], [NAN, 1.0, INF, INF]),
        ([1, 2, 3], [1.5, 2.0, 2.5]),
        ([2**53, 2**53 + 1, 0], [2**53 + 1, 2**53 + 1, 1]),
        ([1.0, 2.0, NAN], 2.0),
        ([1, 2, 3], 2),
        ([1, 2, 3], 2.5),
        ([True, False], True),
    ],
    ids=shown,
)
def test_comparison(layer: Layer, symbol: str, a: Nested, b: Nested) -> None:
    operation = COMPARISONS[symbol]
    expected = broadcast(operation, a, b)
    x, y = layer.tensor(a), b if isinstance(b, float | int) else layer.tensor(b)
    assert_equation(f"{a} {symbol} {b}", operation(x, y).tolist(), expected)


@pytest.mark.parametrize(
    ("a", "b", "larger", "smaller"),
    [
        ([1.0, 5.0, -2.0], [3.0, 2.0, -2.0], [3.0, 5.0, -2.0], [1.0, 2.0, -2.0]),
        ([1, 5], [3, 2], [3, 5], [1, 2]),
        ([True, False], [False, False], [True, False], [False, False]),
        ([NAN, 1.0, NAN], [1.0, NAN, NAN], [NAN, NAN, NAN], [NAN, NAN, NAN]),
        ([INF, -INF], [1.0, 1.0], [INF, 1.0], [1.0, -INF]),
        ([1.0, 5.0, NAN], 2.0, [2.0, 5.0, NAN], [1.0, 2.0, NAN]),
        ([1, 5], 2, [2, 5], [1, 2]),
        ([1, 5], 2.5, [2.5, 5.0], [1.0, 2.5]),
    ],
    ids=shown,
)
def test_maximum_and_minimum(
    layer: Layer, a: Nested, b: Nested, larger: Nested, smaller: Nested
) -> None:
    x, y = layer.tensor(a), b if isinstance(b, float | int) else layer.tensor(b)
    assert_equation(f"maximum({a}, {b})", layer.maximum(x, y).tolist(), larger)
    assert_equation(f"minimum({a}, {b})", layer.minimum(x, y).tolist(), smaller)


@pytest.mark.parametrize(
    ("condition", "a", "b", "expected"),
    [
        ([True, False], [1.0, 2.0], [3.0, 4.0], [1.0, 4.0]),
        ([True, False], [1, 2], [3, 4], [1, 4]),
        ([True, False], 1.0, 0.0, [1.0, 0.0]),
        ([True, False], 1, 0, [1, 0]),
        ([True, False], [1.5, 2.5], 0.0, [1.5, 0.0]),
        ([True, False], 0.0, [1.5, 2.5], [0.0, 2.5]),
        ([True, False], [1, 2], 0.5, [1.0, 0.5]),
        ([True, False], [1.0, NAN], [NAN, 2.0], [1.0, 2.0]),
        ([[True], [False]], [1.0, 2.0], [[3.0, 4.0], [5.0, 6.0]], [[1.0, 2.0], [5.0, 6.0]]),
        (True, [1.0, 2.0], [3.0, 4.0], [1.0, 2.0]),
        ([], [], [], []),
    ],
    ids=shown,
)
def test_where(layer: Layer, condition: Nested, a: Nested, b: Nested, expected: Nested) -> None:
    x, y = (one if isinstance(one, float | int) else layer.tensor(one) for one in (a, b))
    result = layer.where(layer.tensor(condition, layer.bool), x, y)
    assert_equation(f"where({condition}, {a}, {b})", result.tolist(), expected)
