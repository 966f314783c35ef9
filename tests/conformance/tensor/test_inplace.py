"""Writing in place: `x += y` and its kin, and results that are written `out`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import FLOAT32, assert_equation, assert_raises, broadcast

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested, Tensor

# The operator in place, and what it does to one element.
INPLACE: dict[str, tuple[Callable[..., Tensor], Callable[..., float]]] = {
    "+=": (operator.iadd, operator.add),
    "-=": (operator.isub, operator.sub),
    "*=": (operator.imul, operator.mul),
    "/=": (operator.itruediv, operator.truediv),
}
VALUES = [[1.0, 2.0], [3.0, 4.0]]


@pytest.mark.parametrize(
    "other",
    [[[5.0, 6.0], [7.0, 8.0]], [5.0, 6.0], [[5.0], [6.0]], [[5.0, 6.0]], 5.0, 5],
    ids=["same shape", "a row for all", "a column for all", "one row", "a float", "an int"],
)
@pytest.mark.parametrize("symbol", INPLACE)
def test_in_place(layer: Layer, symbol: str, other: Nested) -> None:
    operation, scalar = INPLACE[symbol]
    x = layer.tensor(VALUES)
    expected = broadcast(scalar, VALUES, other)
    result = operation(x, other if isinstance(other, float | int) else layer.tensor(other))
    left = f"x = {VALUES}; y = x; y {symbol} {other}"
    assert_equation(f"{left}; y", result.tolist(), expected, FLOAT32)
    assert_equation(f"{left}; x", x.tolist(), expected, FLOAT32)


@pytest.mark.parametrize("symbol", INPLACE)
def test_in_place_by_itself(layer: Layer, symbol: str) -> None:
    operation, scalar = INPLACE[symbol]
    x = layer.tensor(VALUES)
    expected = broadcast(scalar, VALUES, VALUES)
    assert_equation(f"x = {VALUES}; x {symbol} x; x", operation(x, x).tolist(), expected)


@pytest.mark.parametrize("symbol", ["+=", "-=", "*="])
def test_integers_in_place(layer: Layer, symbol: str) -> None:
    operation, scalar = INPLACE[symbol]
    x = layer.tensor([7, 2**53 + 1])
    expected = [scalar(7, 3), scalar(2**53 + 1, 3)]
    assert_equation(f"x = [7, 2**53 + 1]; x {symbol} 3; x", operation(x, 3).tolist(), expected)


@pytest.mark.parametrize("symbol", INPLACE)
@pytest.mark.parametrize("other", ["float64", "int64"])
def test_the_element_type_stays(layer: Layer, symbol: str, other: str) -> None:
    operation, _ = INPLACE[symbol]
    x = operation(layer.tensor([2.0]), layer.tensor([1], getattr(layer, other)))
    assert x.dtype is layer.float32, f"float32 {symbol} {other} stays float32, got {x.dtype}"


@pytest.mark.parametrize(
    ("dtype", "symbol", "other"),
    [
        ("int64", "+=", 1.5),
        ("int64", "*=", 1.5),
        ("int64", "/=", 2),
        ("bool", "+=", 1),
        ("bool", "*=", 1.5),
    ],
)
def test_an_element_type_that_could_not_stay(
    layer: Layer, dtype: str, symbol: str, other: float
) -> None:
    operation, _ = INPLACE[symbol]
    x = layer.tensor([1, 0], getattr(layer, dtype))
    before = x.tolist()
    what = f"{dtype} {symbol} {other}"
    assert_raises(what, lambda: operation(x, other), RuntimeError, "can't be cast")
    assert_equation(f"x after the error of {what}", x.tolist(), before)


@pytest.mark.parametrize("symbol", INPLACE)
@pytest.mark.parametrize(
    ("other", "phrase"),
    [
        ([[1.0, 1.0], [1.0, 1.0]], "doesn't match the broadcast shape"),
        ([1.0, 1.0, 1.0], "must match the size of tensor b"),
    ],
    ids=["larger", "other"],
)
def test_a_shape_that_could_not_stay(layer: Layer, symbol: str, other: Nested, phrase: str) -> None:
    operation, _ = INPLACE[symbol]
    x, y = layer.tensor([1.0, 2.0]), layer.tensor(other)
    what = f"shape {x.shape} {symbol} shape {y.shape}"
    assert_raises(what, lambda: operation(x, y), RuntimeError, phrase)


VIEWS: dict[str, tuple[Callable[[Tensor], Tensor], Nested]] = {
    "x[1, :]": (lambda x: x[(1, slice(None))], [[1.0, 2.0], [13.0, 14.0]]),
    "x[:, 0]": (lambda x: x[(slice(None), 0)], [[11.0, 2.0], [13.0, 4.0]]),
    "x[::2]": (lambda x: x[(slice(0, 2, 2),)], [[11.0, 12.0], [3.0, 4.0]]),
    "x[0, 1]": (lambda x: x[(0, 1)], [[1.0, 12.0], [3.0, 4.0]]),
    "x[None]": (lambda x: x[(None,)], [[11.0, 12.0], [13.0, 14.0]]),
    "x.permute(1, 0)": (lambda x: x.permute((1, 0)), [[11.0, 12.0], [13.0, 14.0]]),
    "x.view(4)": (lambda x: x.view((4,)), [[11.0, 12.0], [13.0, 14.0]]),
    "x.permute(1, 0)[1]": (lambda x: x.permute((1, 0))[(1,)], [[1.0, 12.0], [3.0, 14.0]]),
}


@pytest.mark.parametrize("view", VIEWS)
def test_writing_into_a_view(layer: Layer, view: str) -> None:
    take, expected = VIEWS[view]
    x = layer.tensor(VALUES)
    part = take(x)
    part += 10.0
    assert_equation(f"x = {VALUES}; part = {view}; part += 10; x", x.tolist(), expected)


OUT: dict[str, tuple[Callable[..., Tensor], list[float]]] = {
    "maximum(x, y, out=...)": (lambda layer, x, y, out: layer.maximum(x, y, out=out), [4.0, 9.0]),
    "sqrt(x, out=...)": (lambda layer, x, y, out: layer.sqrt(x, out=out), [2.0, 3.0]),
    "mul(x, y, out=...)": (lambda layer, x, y, out: layer.mul(x, y, out=out), [8.0, 4.5]),
    "mul(x, 3.0, out=...)": (lambda layer, x, y, out: layer.mul(x, 3.0, out=out), [12.0, 27.0]),
    "div(x, y, out=...)": (lambda layer, x, y, out: layer.div(x, y, out=out), [2.0, 18.0]),
    "div(x, 2.0, out=...)": (lambda layer, x, y, out: layer.div(x, 2.0, out=out), [2.0, 4.5]),
}


@pytest.mark.parametrize("call", OUT)
@pytest.mark.parametrize("target", ["x", "y", "z"])
def test_out(layer: Layer, call: str, target: str) -> None:
    function, expected = OUT[call]
    x, y, z = layer.tensor([4.0, 9.0]), layer.tensor([2.0, 0.5]), layer.tensor([0.0, 0.0])
    out = {"x": x, "y": y, "z": z}[target]
    result = function(layer, x, y, out)
    assert result is out, f"{call} into {target} returns what it wrote into, got another tensor"
    assert_equation(f"{call} into {target}; {target}", out.tolist(), expected)


@pytest.mark.parametrize("call", OUT)
def test_out_into_part_of_a_tensor(layer: Layer, call: str) -> None:
    function, expected = OUT[call]
    x, y, z = layer.tensor([4.0, 9.0]), layer.tensor([2.0, 0.5]), layer.tensor([0.0, 0.0, 7.0])
    function(layer, x, y, z[(slice(0, 2),)])
    assert_equation(f"{call} into z[:2]; z", z.tolist(), [*expected, 7.0])
