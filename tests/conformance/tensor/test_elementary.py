"""The extension "elementary": the functions of a pocket calculator, as Python's `math` has them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import ElementaryLayer

pytestmark = pytest.mark.extension("elementary")

NAN = float("nan")
INF = float("inf")
ANGLES = [-2.0, -0.5, 0.0, 0.75, 3.0]
PARTS = [-0.9, -0.5, 0.0, 0.25, 0.99]
POSITIVE = [1e-3, 0.5, 1.0, 7.0]
OF_ONE: dict[str, tuple[Callable[[float], float], list[float]]] = {
    "expm1": (math.expm1, ANGLES),
    "log1p": (math.log1p, PARTS),
    "exp2": (lambda x: 2**x, ANGLES),
    "log2": (math.log2, POSITIVE),
    "log10": (math.log10, POSITIVE),
    "sin": (math.sin, ANGLES),
    "cos": (math.cos, ANGLES),
    "tan": (math.tan, ANGLES),
    "asin": (math.asin, PARTS),
    "acos": (math.acos, PARTS),
    "atan": (math.atan, ANGLES),
    "sinh": (math.sinh, ANGLES),
    "cosh": (math.cosh, ANGLES),
    "asinh": (math.asinh, ANGLES),
    "acosh": (math.acosh, [1.0, 1.5, 20.0]),
    "atanh": (math.atanh, PARTS),
}


@pytest.mark.parametrize("name", OF_ONE)
def test_values(layer: ElementaryLayer, name: str) -> None:
    function, numbers = OF_ONE[name]
    result = getattr(layer, name)(layer.tensor(numbers, layer.float64))
    assert_equation(f"{name}({numbers})", result.tolist(), [function(n) for n in numbers], 1e-14)


@pytest.mark.parametrize("name", OF_ONE)
def test_shapes_and_types(layer: ElementaryLayer, name: str) -> None:
    function = getattr(layer, name)
    assert_equation(f"{name} of float32", function(layer.tensor(1.0)).dtype, layer.float32)
    assert_equation(f"{name} of int64", function(layer.tensor([1])).dtype, layer.float32)
    shape = function(layer.full((2, 0, 3), 1, layer.float32)).shape
    assert_equation(f"the shape of {name} of nothing", shape, (2, 0, 3))


SPECIAL = [
    ("log1p", -1.0, -INF),
    ("log1p", -2.0, NAN),
    ("log2", 0.0, -INF),
    ("asin", 2.0, NAN),
    ("acosh", 0.5, NAN),
    ("atanh", 1.0, INF),
    ("sin", INF, NAN),
    ("exp2", 2000.0, INF),
    ("expm1", 1e-20, 1e-20),
]


@pytest.mark.parametrize(("name", "number", "expected"), SPECIAL)
def test_special_values(layer: ElementaryLayer, name: str, number: float, expected: float) -> None:
    result = getattr(layer, name)(layer.tensor([number], layer.float64))
    assert_equation(f"{name}({number})", result.tolist(), [expected])


def test_of_two(layer: ElementaryLayer) -> None:
    x, y = layer.tensor([[3.0], [-1.0]], layer.float64), layer.tensor([4.0, -1.0], layer.float64)
    expected = [[math.atan2(a, b) for b in (4.0, -1.0)] for a in (3.0, -1.0)]
    assert_equation("atan2", layer.atan2(x, y).tolist(), expected, 1e-15)
    expected = [[math.hypot(a, b) for b in (4.0, -1.0)] for a in (3.0, -1.0)]
    assert_equation("hypot", layer.hypot(x, y).tolist(), expected, 1e-15)
    expected = [[math.log(math.exp(a) + math.exp(b)) for b in (4.0, -1.0)] for a in (3.0, -1.0)]
    assert_equation("logaddexp", layer.logaddexp(x, y).tolist(), expected, 1e-14)
    large = layer.tensor([1000.0], layer.float64)
    assert_equation("logaddexp(1000, -INF)", layer.logaddexp(large, -INF).tolist(), [1000.0])
