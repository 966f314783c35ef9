"""What operations give: values, shapes and types, beside their gradients."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import FLOAT32, assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor

INF = float("inf")
NAN = float("nan")

X: Nested = [[1.0, -2.0, 3.0], [4.0, 5.0, -6.0]]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


# What is computed of x, the matrix above, and what it gives.
OF_X: dict[str, tuple[Callable[[Tensor, Layer], Tensor], Nested]] = {
    "x + x": (lambda x, layer: x + x, [[2.0, -4.0, 6.0], [8.0, 10.0, -12.0]]),
    "x + 1.5": (lambda x, layer: x + 1.5, [[2.5, -0.5, 4.5], [5.5, 6.5, -4.5]]),
    "x + [1, 2, 3]": (
        lambda x, layer: x + layer.tensor([1, 2, 3]),
        [[2.0, 0.0, 6.0], [5.0, 7.0, -3.0]],
    ),
    "x - 1": (lambda x, layer: x - 1, [[0.0, -3.0, 2.0], [3.0, 4.0, -7.0]]),
    "x - x": (lambda x, layer: x - x, [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]),
    "x * x": (lambda x, layer: x * x, [[1.0, 4.0, 9.0], [16.0, 25.0, 36.0]]),
    "x * 2.0": (lambda x, layer: x * 2.0, [[2.0, -4.0, 6.0], [8.0, 10.0, -12.0]]),
    "0.5 * x": (lambda x, layer: 0.5 * x, [[0.5, -1.0, 1.5], [2.0, 2.5, -3.0]]),
    "x / 2": (lambda x, layer: x / 2, [[0.5, -1.0, 1.5], [2.0, 2.5, -3.0]]),
    "x / x": (lambda x, layer: x / x, [[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]]),
    "-x": (lambda x, layer: -x, [[-1.0, 2.0, -3.0], [-4.0, -5.0, 6.0]]),
    "x @ [1, 0, 2]": (lambda x, layer: x @ layer.tensor([1.0, 0.0, 2.0]), [7.0, -8.0]),
    "x @ x.t()": (
        lambda x, layer: x @ x.t(),
        [[14.0, -24.0], [-24.0, 77.0]],
    ),
    "x == 5.0": (lambda x, layer: x == 5.0, [[False, False, False], [False, True, False]]),
    "x == x": (lambda x, layer: x == x, [[True, True, True], [True, True, True]]),
    "x < 3.0": (lambda x, layer: x < 3.0, [[True, True, False], [False, False, True]]),
    "x > 3.0": (lambda x, layer: x > 3.0, [[False, False, False], [True, True, False]]),
    "x > -x": (lambda x, layer: x > -x, [[True, False, True], [True, True, False]]),
    "x.relu()": (lambda x, layer: x.relu(), [[1.0, 0.0, 3.0], [4.0, 5.0, 0.0]]),
    "x.sum()": (lambda x, layer: x.sum(), 5.0),
    "x.sum(0)": (lambda x, layer: x.sum(0), [5.0, 3.0, -3.0]),
    "x.sum(-1)": (lambda x, layer: x.sum(-1), [2.0, 3.0]),
    "x.sum(1, keepdim=True)": (lambda x, layer: x.sum(1, keepdim=True), [[2.0], [3.0]]),
    "x.mean()": (lambda x, layer: x.mean(), 5 / 6),
    "x.mean(0)": (lambda x, layer: x.mean(0), [2.5, 1.5, -1.5]),
    "x.mean(-1, keepdim=True)": (lambda x, layer: x.mean(-1, keepdim=True), [[2 / 3], [1.0]]),
    "x.amax(0)": (lambda x, layer: x.amax(0), [4.0, 5.0, 3.0]),
    "x.amax(-1)": (lambda x, layer: x.amax(-1), [3.0, 5.0]),
    "x.amax(1, keepdim=True)": (lambda x, layer: x.amax(1, keepdim=True), [[3.0], [5.0]]),
    "x.argmax()": (lambda x, layer: x.argmax(), 4),
    "x.argmax(0)": (lambda x, layer: x.argmax(0), [1, 1, 0]),
    "x.argmax(-1)": (lambda x, layer: x.argmax(-1), [2, 1]),
    "x.argmax(1, keepdim=True)": (lambda x, layer: x.argmax(1, keepdim=True), [[2], [1]]),
    "x.gather(1, [[2], [0]])": (
        lambda x, layer: x.gather(1, layer.tensor([[2], [0]])),
        [[3.0], [4.0]],
    ),
    "x.gather(0, [[1, 0, 1]])": (
        lambda x, layer: x.gather(0, layer.tensor([[1, 0, 1]])),
        [[4.0, -2.0, -6.0]],
    ),
    "x.gather(-1, [[2, 2, 0, 0], ...])": (
        lambda x, layer: x.gather(-1, layer.tensor([[2, 2, 0, 0], [1, 0, 1, 0]])),
        [[3.0, 3.0, 1.0, 1.0], [5.0, 4.0, 5.0, 4.0]],
    ),
    "x.reshape((3, 2))": (
        lambda x, layer: x.reshape((3, 2)),
        [[1.0, -2.0], [3.0, 4.0], [5.0, -6.0]],
    ),
    "x.reshape((-1,))": (lambda x, layer: x.reshape((-1,)), [1.0, -2.0, 3.0, 4.0, 5.0, -6.0]),
    "x.reshape((1, -1, 3))": (lambda x, layer: x.reshape((1, -1, 3)), [X]),
    "x.t()": (
        lambda x, layer: x.t(),
        [[1.0, 4.0], [-2.0, 5.0], [3.0, -6.0]],
    ),
    "x[0].t()": (lambda x, layer: x[0].t(), [1.0, -2.0, 3.0]),  # a vector stays
    "x.unsqueeze(0)": (lambda x, layer: x.unsqueeze(0), [X]),
    "x.unsqueeze(-1)": (
        lambda x, layer: x.unsqueeze(-1),
        [[[1.0], [-2.0], [3.0]], [[4.0], [5.0], [-6.0]]],
    ),
    "x.unsqueeze(1).squeeze(1)": (lambda x, layer: x.unsqueeze(1).squeeze(1), X),
    "x.squeeze(0)": (lambda x, layer: x.squeeze(0), X),  # its size is not 1: it stays
    "x[1]": (lambda x, layer: x[1], [4.0, 5.0, -6.0]),
    "x[-2]": (lambda x, layer: x[-2], [1.0, -2.0, 3.0]),
    "x[1:]": (lambda x, layer: x[1:], [[4.0, 5.0, -6.0]]),
    "x[0:0].sum(0)": (lambda x, layer: x[0:0].sum(0), [0.0, 0.0, 0.0]),
    "x[::2]": (lambda x, layer: x[::2], [[1.0, -2.0, 3.0]]),
    "x[-1:]": (lambda x, layer: x[-1:], [[4.0, 5.0, -6.0]]),
    "x[[1, 1, 0]]": (
        lambda x, layer: x[layer.tensor([1, 1, 0])],
        [[4.0, 5.0, -6.0]] * 2 + [[1.0, -2.0, 3.0]],
    ),
    "x.clone()": (lambda x, layer: x.clone(), X),
    "x.detach()": (lambda x, layer: x.detach(), X),
    "x.to(int64)": (lambda x, layer: x.to(layer.int64), [[1, -2, 3], [4, 5, -6]]),
    "where(x > 0, x, 0.0)": (
        lambda x, layer: layer.where(x > 0.0, x, 0.0),
        [[1.0, 0.0, 3.0], [4.0, 5.0, 0.0]],
    ),
    "where(x > 0, 1.0, x)": (
        lambda x, layer: layer.where(x > 0.0, 1.0, x),
        [[1.0, -2.0, 1.0], [1.0, 1.0, -6.0]],
    ),
    "where(x > 0, x, -x)": (
        lambda x, layer: layer.where(x > 0.0, x, -x),
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
    ),
    "mul(x, [1., 2., 3.])": (
        lambda x, layer: layer.mul(x, layer.tensor([1.0, 2.0, 3.0])),
        [[1.0, -4.0, 9.0], [4.0, 10.0, -18.0]],
    ),
    "div(x, [1., 2., 4.])": (
        lambda x, layer: layer.div(x, layer.tensor([1.0, 2.0, 4.0])),
        [[1.0, -1.0, 0.75], [4.0, 2.5, -1.5]],
    ),
    "maximum(x, [2., -3., 3.])": (
        lambda x, layer: layer.maximum(x, layer.tensor([2.0, -3.0, 3.0])),
        [[2.0, -2.0, 3.0], [4.0, 5.0, 3.0]],
    ),
    "sqrt(x * x)": (lambda x, layer: layer.sqrt(x * x), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
}


@pytest.mark.parametrize("operation", OF_X)
@pytest.mark.parametrize("requires_grad", [False, True], ids=["plain", "tracked"])
def test_operation(layer: Layer, operation: str, requires_grad: bool) -> None:
    call, expected = OF_X[operation]
    result = call(layer.tensor(X, requires_grad=requires_grad), layer)
    assert_equation(f"x = {X}; {operation}", result.tolist(), expected, FLOAT32)


# A function of one element, and what it gives at elements where much can go wrong.
FUNCTIONS: list[tuple[str, float, float]] = [
    ("exp", 1.5, math.exp(1.5)),
    ("exp", -INF, 0.0),
    ("exp", 1000.0, INF),
    ("log", 2.5, math.log(2.5)),
    ("log", 0.0, -INF),
    ("log", -1.0, NAN),
    ("tanh", 0.5, math.tanh(0.5)),
    ("tanh", 1000.0, 1.0),
    ("tanh", -INF, -1.0),
    ("sigmoid", 0.0, 0.5),
    ("sigmoid", 2.0, sigmoid(2.0)),
    ("sigmoid", -2.0, sigmoid(-2.0)),
    ("sigmoid", 1000.0, 1.0),
    ("sigmoid", -1000.0, 0.0),
    ("sigmoid", -INF, 0.0),
    ("relu", 0.0, 0.0),
    ("relu", -INF, 0.0),
    ("relu", INF, INF),
    *[(function, NAN, NAN) for function in ("exp", "log", "tanh", "sigmoid", "relu")],
]


@pytest.mark.parametrize(("function", "element", "expected"), FUNCTIONS)
def test_function(layer: Layer, function: str, element: float, expected: float) -> None:
    for dtype in (layer.float32, layer.float64):
        x = layer.tensor([element], dtype=dtype)
        result = getattr(x, function)()
        left = f"tensor([{element}], dtype={dtype}).{function}()"
        assert_equation(left, result.tolist(), [expected], FLOAT32)
        assert result.dtype is dtype, f"{left} keeps its dtype, got {result.dtype}"


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (lambda x, y: x + y, "float64"),
        (lambda x, y: x * 2, "float32"),
        (lambda x, y: y * 2.5, "float64"),
        (lambda x, y: x.to(y.dtype), "float64"),
        (lambda x, y: x > y, "bool"),
        (lambda x, y: x == 1.0, "bool"),
    ],
    ids=["float32 + float64", "float32 * int", "float64 * float", "to", ">", "=="],
)
def test_dtypes_meet(
    layer: Layer, operation: Callable[[Tensor, Tensor], Tensor], expected: str
) -> None:
    x, y = layer.tensor([1.0]), layer.tensor([1.0], dtype=layer.float64)
    result = operation(x, y)
    assert result.dtype is getattr(layer, expected), f"it is {expected}, got {result.dtype}"


def test_integers(layer: Layer) -> None:
    x = layer.tensor([1, 2, 4])
    assert_equation("[1, 2, 4] / 2", (x / 2).tolist(), [0.5, 1.0, 2.0])
    assert_equation("[1, 2, 4] * 2", (x * 2).tolist(), [2, 4, 8])
    assert_equation("[1, 2, 4] + 0.5", (x + 0.5).tolist(), [1.5, 2.5, 4.5])
    assert_equation("[1, 2, 4].sum()", x.sum().item(), 7)
    assert_equation("([1, 2, 4] == 2).sum()", (x == 2).sum().item(), 1)


def test_item(layer: Layer) -> None:
    assert_equation("tensor([[2.5]]).item()", layer.tensor([[2.5]]).item(), 2.5)
    assert_equation("tensor(3).item()", layer.tensor(3).item(), 3)
    x = layer.tensor([1.0, 2.0])
    phrase = "cannot be converted to Scalar"
    assert_raises("tensor([1., 2.]).item()", lambda: x.item(), RuntimeError, phrase)


def test_to_its_own_dtype_is_the_tensor_itself(layer: Layer) -> None:
    x = layer.tensor([1.0])
    assert x.to(layer.float32) is x, "x.to(float32) is x where x is float32, got another tensor"


# What can't be done with a (2, 3) tensor, the error, and the phrase that says why.
REFUSED: dict[str, tuple[Callable[[Tensor, Layer], object], type[Exception], str]] = {
    "x + shape (2,)": (
        lambda x, layer: x + layer.tensor([1.0, 2.0]),
        RuntimeError,
        "must match the size of tensor b",
    ),
    "x @ x": (lambda x, layer: x @ x, RuntimeError, "cannot be multiplied"),
    "x.reshape((4,))": (
        lambda x, layer: x.reshape((4,)),
        RuntimeError,
        "is invalid for input of size 6",
    ),
    "x.sum(2)": (lambda x, layer: x.sum(2), IndexError, "Dimension out of range"),
    "x.mean(-3)": (lambda x, layer: x.mean(-3), IndexError, "Dimension out of range"),
    "x.amax(2)": (lambda x, layer: x.amax(2), IndexError, "Dimension out of range"),
    "x.unsqueeze(3)": (lambda x, layer: x.unsqueeze(3), IndexError, "Dimension out of range"),
    "x[2]": (lambda x, layer: x[2], IndexError, "out of bounds"),
    "x[[0, 2]]": (lambda x, layer: x[layer.tensor([0, 2])], IndexError, "out of"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused(layer: Layer, what: str) -> None:
    call, kind, phrase = REFUSED[what]
    x = layer.tensor(X)
    assert_raises(f"x of shape (2, 3): {what}", lambda: call(x, layer), kind, phrase)
