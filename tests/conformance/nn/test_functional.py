"""`nn.functional`: values and gradients."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.differences import assert_gradients, assert_second_derivatives
from tests.conformance.comparing import (
    FLOAT32,
    FLOAT64,
    assert_equation,
    assert_raises,
    counted,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.autograd.differences import Function
    from tests.conformance.nn.contract import Autograd, F, Layer, Nested, Tensor

INF = float("inf")

A: Nested = [[0.5, -1.25, 2.0], [1.5, 0.75, -0.5]]


def softmax(row: list[float]) -> list[float]:
    exponentials = [math.exp(x) for x in row]
    return [x / sum(exponentials) for x in exponentials]


VALUES: dict[str, tuple[Callable[[F, Tensor], Tensor], Nested, Nested]] = {
    "tanh": (lambda F, x: F.tanh(x), [-1.0, 0.0, 2.0], [math.tanh(-1), 0.0, math.tanh(2)]),
    "sigmoid": (lambda F, x: F.sigmoid(x), [0.0, 1000.0, -1000.0], [0.5, 1.0, 0.0]),
    "relu": (lambda F, x: F.relu(x), [-1.0, 0.0, 2.0], [0.0, 0.0, 2.0]),
    "leaky_relu": (lambda F, x: F.leaky_relu(x), [-1.0, 0.0, 2.0], [-0.01, 0.0, 2.0]),
    "leaky_relu, 0.5": (lambda F, x: F.leaky_relu(x, 0.5), [-1.0, 0.0, 2.0], [-0.5, 0.0, 2.0]),
    "softmax": (
        lambda F, x: F.softmax(x, 1),
        [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]],
        [softmax([1, 2, 3]), [1 / 3] * 3],
    ),
    "softmax of the last dim": (lambda F, x: F.softmax(x, -1), [1.0, 2.0], softmax([1, 2])),
    "softmax of dim 0": (lambda F, x: F.softmax(x, 0), [[5.0, 1.0], [5.0, 1.0]], [[0.5, 0.5]] * 2),
    "softmax of large numbers": (lambda F, x: F.softmax(x, 0), [1e4, 1e4], [0.5, 0.5]),
    "softmax beside -inf": (lambda F, x: F.softmax(x, 0), [-INF, 1.0, 1.0], [0.0, 0.5, 0.5]),
    "log_softmax": (
        lambda F, x: F.log_softmax(x, 1),
        [[1.0, 2.0, 3.0]],
        [[math.log(x) for x in softmax([1, 2, 3])]],
    ),
    "log_softmax of large numbers": (
        lambda F, x: F.log_softmax(x, 0),
        [1e4, 0.0, 1e4],
        [-math.log(2), -1e4 - math.log(2), -math.log(2)],
    ),
    "dropout, not training": (lambda F, x: F.dropout(x, 0.9, False), [1.0, 2.0], [1.0, 2.0]),
    "dropout of nothing": (lambda F, x: F.dropout(x, 0.0), [1.0, 2.0], [1.0, 2.0]),
}


@pytest.mark.parametrize("case", VALUES)
def test_values(nn: Layer, below: Autograd, case: str) -> None:
    call, values, expected = VALUES[case]
    for dtype in (below.float32, below.float64):
        y = call(nn.functional, below.tensor(values, dtype=dtype))
        tolerance = FLOAT32 if dtype is below.float32 else 10 * FLOAT64
        assert_equation(f"{case} of {values} in {dtype}", y.tolist(), expected, tolerance)
        assert y.dtype is dtype, f"{case} keeps {dtype}, got {y.dtype}"


@pytest.mark.parametrize(
    ("input", "bias", "expected"),
    [
        ([1.0, 2.0], None, [5.0, 11.0]),
        ([1.0, 2.0], [10.0, 20.0], [15.0, 31.0]),
        ([[1.0, 2.0], [0.0, 1.0]], [10.0, 20.0], [[15.0, 31.0], [12.0, 24.0]]),
        ([[[[1.0, 2.0]]]], None, [[[[5.0, 11.0]]]]),
    ],
    ids=shown,
)
def test_linear(
    nn: Layer, below: Autograd, input: Nested, bias: Nested | None, expected: Nested
) -> None:
    weight: Nested = [[1.0, 2.0], [3.0, 4.0]]
    b = None if bias is None else below.tensor(bias)
    y = nn.functional.linear(below.tensor(input), below.tensor(weight), b)
    assert_equation(f"{input} @ {weight}.T + {bias}", y.tolist(), expected)


# A function, and the inputs to differentiate it by.
CASES: dict[str, tuple[Function, list[Nested]]] = {
    "tanh": (lambda F, layer, x: F.tanh(x), [A]),
    "sigmoid": (lambda F, layer, x: F.sigmoid(x), [A]),
    "relu": (lambda F, layer, x: F.relu(x), [A]),
    "leaky_relu": (lambda F, layer, x: F.leaky_relu(x, 0.3), [A]),
    "softmax": (lambda F, layer, x: F.softmax(x, 1), [A]),
    "softmax of dim 0": (lambda F, layer, x: F.softmax(x, 0), [A]),
    "log_softmax": (lambda F, layer, x: F.log_softmax(x, -1), [A]),
    "linear": (
        lambda F, layer, x, w, b: F.linear(x, w, b),
        [A, counted((2, 3), -2.5), [0.5, -0.5]],
    ),
    "linear without bias": (lambda F, layer, x, w: F.linear(x, w), [A, counted((2, 3), -2.5)]),
    "linear of a vector": (
        lambda F, layer, x, w, b: F.linear(x, w, b),
        [[0.5, -1.5], [[1.0, 2.0]], [0.5]],
    ),
    "linear of four dims": (
        lambda F, layer, x, w, b: F.linear(x, w, b),
        [counted((2, 1, 2, 2), -3.5), [[1.0, 2.0]], [0.5]],
    ),
    "mse_loss": (
        lambda F, layer, x, y: F.mse_loss(x, y),
        [A, [[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]]],
    ),
    "mse_loss, summed": (
        lambda F, layer, x, y: F.mse_loss(x, y, reduction="sum"),
        [A, [[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]]],
    ),
    "mse_loss, each": (
        lambda F, layer, x, y: F.mse_loss(x, y, reduction="none"),
        [A, [[1.0, 2.0, 3.0], [0.5, 0.0, -1.0]]],
    ),
    "cross_entropy": (lambda F, layer, x: F.cross_entropy(x, layer.tensor([2, 0])), [A]),
    "cross_entropy, summed": (
        lambda F, layer, x: F.cross_entropy(x, layer.tensor([1, 1]), reduction="sum"),
        [A],
    ),
    "cross_entropy, each": (
        lambda F, layer, x: F.cross_entropy(x, layer.tensor([0, 2]), reduction="none"),
        [A],
    ),
    "cross_entropy of one": (
        lambda F, layer, x: F.cross_entropy(x, layer.tensor(1)),
        [[0.5, -1.0, 2.0]],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_gradient(nn: Layer, below: Autograd, case: str) -> None:
    function, inputs = CASES[case]
    assert_gradients(below, case, partial(function, nn.functional), inputs)


@pytest.mark.parametrize("case", CASES)
def test_second_derivative(nn: Layer, below: Autograd, case: str) -> None:
    function, inputs = CASES[case]

    def squared(layer: Autograd, *xs: Tensor) -> Tensor:
        # So that a linear function has a second derivative, too.
        y = function(nn.functional, layer, *xs)
        return y * y

    assert_second_derivatives(below, f"({case}) squared", squared, inputs)


def test_dropout_of_what_is_no_probability(nn: Layer, below: Autograd) -> None:
    x = below.tensor([1.0])
    phrase = "dropout probability has to be between 0 and 1"
    what = "dropout(x, 1.5)"
    assert_raises(what, lambda: nn.functional.dropout(x, 1.5), ValueError, phrase)
