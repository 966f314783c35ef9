"""The gradient of every operation, against differences; and of the gradients, once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.differences import assert_gradients, assert_second_derivatives
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import assert_equation, counted

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor
    from tests.conformance.autograd.differences import Function

A: Nested = [[0.5, -1.25, 2.0], [1.5, 0.75, -0.5]]
B: Nested = [[1.25, 0.5, -0.75], [2.0, -1.5, 3.0]]
ROW: Nested = [1.5, -0.5, 2.5]
COLUMN: Nested = [[1.5], [-2.0]]
POSITIVE: Nested = [[0.5, 1.25, 2.0], [1.5, 0.75, 3.5]]
NUMBER: Nested = 1.75

# An operation, and the inputs to differentiate it by.
CASES: dict[str, tuple[Function, list[Nested]]] = {
    "x + y": (lambda layer, x, y: x + y, [A, B]),
    "x + row": (lambda layer, x, y: x + y, [A, ROW]),
    "column + row": (lambda layer, x, y: x + y, [COLUMN, ROW]),
    "x + number": (lambda layer, x, y: x + y, [A, NUMBER]),
    "x + 2.0": (lambda layer, x: x + 2.0, [A]),
    "x - y": (lambda layer, x, y: x - y, [A, B]),
    "row - x": (lambda layer, x, y: x - y, [ROW, A]),
    "x - 2.0": (lambda layer, x: x - 2.0, [A]),
    "x * y": (lambda layer, x, y: x * y, [A, B]),
    "x * row": (lambda layer, x, y: x * y, [A, ROW]),
    "column * x": (lambda layer, x, y: x * y, [COLUMN, A]),
    "matrices * column": (
        lambda layer, x, y: x * y,
        [counted((2, 1, 3), -2.5), counted((4, 1), -1.5)],
    ),
    "number * x": (lambda layer, x, y: x * y, [NUMBER, A]),
    "x * 3.0": (lambda layer, x: x * 3.0, [A]),
    "3.0 * x": (lambda layer, x: 3.0 * x, [A]),
    "x * x": (lambda layer, x: x * x, [A]),
    "x / y": (lambda layer, x, y: x / y, [A, B]),
    "x / row": (lambda layer, x, y: x / y, [A, ROW]),
    "row / column": (lambda layer, x, y: x / y, [ROW, COLUMN]),
    "x / 4.0": (lambda layer, x: x / 4.0, [A]),
    "x / x": (lambda layer, x: x / x, [A]),
    "-x": (lambda layer, x: -x, [A]),
    "mul(x, y)": (lambda layer, x, y: layer.mul(x, y), [A, ROW]),
    "div(x, y)": (lambda layer, x, y: layer.div(x, y), [A, ROW]),
    "maximum(x, y)": (lambda layer, x, y: layer.maximum(x, y), [A, [1.25, -0.5, 2.5]]),
    "x.exp()": (lambda layer, x: x.exp(), [A]),
    "x.log()": (lambda layer, x: x.log(), [POSITIVE]),
    "sqrt(x)": (lambda layer, x: layer.sqrt(x), [POSITIVE]),
    "x.tanh()": (lambda layer, x: x.tanh(), [A]),
    "x.sigmoid()": (lambda layer, x: x.sigmoid(), [A]),
    "x.relu()": (lambda layer, x: x.relu(), [A]),
    "matrix @ matrix": (lambda layer, x, y: x @ y, [A, counted((3, 2), -2.5)]),
    "matrix @ vector": (lambda layer, x, y: x @ y, [A, ROW]),
    "vector @ matrix": (lambda layer, x, y: x @ y, [ROW, counted((3, 2), -2.5)]),
    "vector @ vector": (lambda layer, x, y: x @ y, [ROW, [0.5, 1.5, -1.0]]),
    "batch @ batch": (lambda layer, x, y: x @ y, [counted((2, 2, 3), -4.5), counted((2, 3, 2))]),
    "batch @ matrix": (lambda layer, x, y: x @ y, [counted((2, 2, 3), -4.5), counted((3, 2))]),
    "matrix @ batch": (lambda layer, x, y: x @ y, [A, counted((2, 3, 2), -3.5)]),
    "batch @ vector": (lambda layer, x, y: x @ y, [counted((2, 2, 3), -4.5), ROW]),
    "vector @ batch": (lambda layer, x, y: x @ y, [ROW, counted((2, 3, 2), -3.5)]),
    "batches that broadcast": (
        lambda layer, x, y: x @ y,
        [counted((2, 1, 1, 2)), counted((3, 2, 1), -2.5)],
    ),
    "x @ x.t()": (lambda layer, x: x @ x.t(), [A]),
    "x.sum()": (lambda layer, x: x.sum(), [A]),
    "x.sum(0)": (lambda layer, x: x.sum(0), [A]),
    "x.sum(-1)": (lambda layer, x: x.sum(-1), [A]),
    "x.sum(1, keepdim=True)": (lambda layer, x: x.sum(1, keepdim=True), [A]),
    "x.mean()": (lambda layer, x: x.mean(), [A]),
    "x.mean(0)": (lambda layer, x: x.mean(0), [A]),
    "x.mean(-1, keepdim=True)": (lambda layer, x: x.mean(-1, keepdim=True), [A]),
    "x.amax(0)": (lambda layer, x: x.amax(0), [A]),
    "x.amax(-1, keepdim=True)": (lambda layer, x: x.amax(-1, keepdim=True), [A]),
    "x.gather(1, ...)": (
        lambda layer, x: x.gather(1, layer.tensor([[2, 0, 2, 2], [1, 1, 0, 1]])),
        [A],
    ),
    "x.gather(0, ...)": (lambda layer, x: x.gather(0, layer.tensor([[1, 0]])), [A]),
    "x.reshape((3, 2))": (lambda layer, x: x.reshape((3, 2)), [A]),
    "x.t()": (lambda layer, x: x.t(), [A]),
    "x.t().reshape((6,))": (lambda layer, x: x.t().reshape((6,)), [A]),
    "x.unsqueeze(1)": (lambda layer, x: x.unsqueeze(1), [A]),
    "x.squeeze(1)": (lambda layer, x: x.squeeze(1), [COLUMN]),
    "x[1]": (lambda layer, x: x[1], [A]),
    "x[-1]": (lambda layer, x: x[-1], [A]),
    "x[1:]": (lambda layer, x: x[1:], [A]),
    "x[::2]": (lambda layer, x: x[::2], [ROW]),
    "x[[1, 0, 1]]": (lambda layer, x: x[layer.tensor([1, 0, 1])], [A]),
    "x.clone()": (lambda layer, x: x.clone(), [A]),
    "stack([x, y, x])": (lambda layer, x, y: layer.stack([x, y, x], 1), [A, B]),
    "where(x > y, x, y)": (lambda layer, x, y: layer.where(x > y, x, y), [A, B]),
    "where(x > 0, x, row)": (lambda layer, x, y: layer.where(x > 0.0, x, y), [A, ROW]),
    "where(x > 0, x, 0.5)": (lambda layer, x: layer.where(x > 0.0, x, 0.5), [A]),
    "where(x > 0, 0.5, x)": (lambda layer, x: layer.where(x > 0.0, 0.5, x), [A]),
    "a softmax": (
        lambda layer, x: (
            (x - x.amax(1, keepdim=True)).exp()
            / (x - x.amax(1, keepdim=True)).exp().sum(1, keepdim=True)
        ),
        [A],
    ),
    "a network": (
        lambda layer, x, w, b: ((x @ w + b).tanh() * x.sum(1, keepdim=True)).sigmoid().mean(0),
        [A, counted((3, 2), -0.5), [0.25, -0.75]],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_gradient(layer: Layer, case: str) -> None:
    function, inputs = CASES[case]
    assert_gradients(layer, case, function, inputs)


@pytest.mark.parametrize("case", CASES)
def test_second_derivative(layer: Layer, case: str) -> None:
    function, inputs = CASES[case]

    def squared(layer: Layer, *xs: Tensor) -> Tensor:
        # So that a linear operation has a second derivative, too.
        y = function(layer, *xs)
        return y * y

    assert_second_derivatives(layer, f"({case}) squared", squared, inputs)


def test_third_derivative(layer: Layer) -> None:
    x = layer.tensor([2.0, -1.5], dtype=layer.float64, requires_grad=True)
    y = x * x * x * x
    for expected in ([32.0, -13.5], [48.0, 27.0], [48.0, -36.0]):
        x.grad = None
        y.backward(layer.tensor([1.0, 1.0], dtype=layer.float64), create_graph=True)
        y = gradient(x)
        assert_equation("the next derivative of x ** 4 at [2.0, -1.5]", y.tolist(), expected)


# Where the derivative is a convention, or care must be taken: torch's.
SPECIAL: dict[str, tuple[Function, Nested, Nested]] = {
    "x.relu(), 0 at 0": (lambda layer, x: x.relu(), [-1.0, 0.0, 2.0], [0.0, 0.0, 1.0]),
    "x.amax(0), shared by what is equal": (
        lambda layer, x: x.amax(0),
        [3.0, 1.0, 3.0, 3.0],
        [1 / 3, 0.0, 1 / 3, 1 / 3],
    ),
    "maximum(x, 1), shared by what is equal": (
        lambda layer, x: layer.maximum(x, layer.zeros_like(x) + 1.0),
        [0.0, 1.0, 2.0],
        [0.0, 0.5, 1.0],
    ),
    "x.sigmoid(), far out": (lambda layer, x: x.sigmoid(), [-1000.0, 1000.0], [0.0, 0.0]),
    "x.tanh(), far out": (lambda layer, x: x.tanh(), [-1000.0, 1000.0], [0.0, 0.0]),
    "sqrt(x), at 0": (lambda layer, x: layer.sqrt(x), [0.0, 4.0], [float("inf"), 0.25]),
    "x.log(), at 0": (lambda layer, x: x.log(), [0.0, 4.0], [float("inf"), 0.25]),
    "where, beside what is NaN": (
        lambda layer, x: layer.where(x > 0.0, x, layer.zeros_like(x) / 0.0),
        [-1.0, 2.0],
        [0.0, 1.0],
    ),
}


@pytest.mark.parametrize("case", SPECIAL)
def test_gradient_at_special_elements(layer: Layer, case: str) -> None:
    function, values, expected = SPECIAL[case]
    x = layer.tensor(values, dtype=layer.float64, requires_grad=True)
    y = function(layer, x)
    y.backward(layer.zeros_like(y) + 1.0)
    assert_equation(f"{case}: the gradient at {values}", gradient(x).tolist(), expected, 1e-12)


@pytest.mark.parametrize("shape", [(0,), (2, 0)], ids=str)
def test_gradient_of_nothing(layer: Layer, shape: tuple[int, ...]) -> None:
    x = layer.zeros(shape)
    x.requires_grad = True
    (x * 2.0).sum().backward()
    assert gradient(x).shape == shape, f"its gradient has shape {shape}, got {gradient(x).shape}"


@pytest.mark.parametrize(("x_dtype", "y_dtype"), [("float32", "float64"), ("float64", "float32")])
def test_a_gradient_has_the_type_of_its_tensor(layer: Layer, x_dtype: str, y_dtype: str) -> None:
    x = layer.tensor([1.5], dtype=getattr(layer, x_dtype), requires_grad=True)
    y = layer.tensor([2.0], dtype=getattr(layer, y_dtype), requires_grad=True)
    (x * y).backward()
    for name, one in ((x_dtype, x), (y_dtype, y)):
        dtype = gradient(one).dtype
        assert dtype is one.dtype, f"the gradient of a {name} tensor is {name}, got {dtype}"
    assert_equation("(x * y).backward(): the gradient of x", gradient(x).tolist(), [2.0])


def test_a_gradient_goes_through_a_cast(layer: Layer) -> None:
    x = layer.tensor([1.5, 2.5], requires_grad=True)
    y = x.to(layer.float64) * layer.tensor([2.0, 3.0], dtype=layer.float64)
    y.backward(layer.tensor([1.0, 10.0], dtype=layer.float64))
    assert_equation("x.to(float64) * [2, 3]: the gradient", gradient(x).tolist(), [2.0, 30.0])
    assert gradient(x).dtype is layer.float32, f"it is float32, as x is, got {gradient(x).dtype}"
