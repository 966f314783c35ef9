"""The extension "rounding": whole parts and remainders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import RoundingLayer

pytestmark = pytest.mark.extension("rounding")

NAN = float("nan")
INF = float("inf")


WHOLE = {
    "floor": [-3.0, -2.0, -1.0, 0.0, 0.0, 1.0, 2.0],
    "ceil": [-2.0, -1.0, 0.0, 0.0, 1.0, 2.0, 3.0],
    "trunc": [-2.0, -1.0, 0.0, 0.0, 0.0, 1.0, 2.0],
    "round": [-2.0, -2.0, 0.0, 0.0, 0.0, 2.0, 2.0],
    "sign": [-1.0, -1.0, -1.0, 0.0, 1.0, 1.0, 1.0],
}


@pytest.mark.parametrize("name", WHOLE)
def test_whole_parts(layer: RoundingLayer, name: str) -> None:
    numbers = [-2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5]
    function = getattr(layer, name)
    assert_equation(f"{name}({numbers})", function(layer.tensor(numbers)).tolist(), WHOLE[name])
    whole = function(layer.tensor([-3, 0, 4]))
    assert_equation(f"the type of {name} of int64", whole.dtype, layer.int64)


def test_signs(layer: RoundingLayer) -> None:
    numbers = [1.0, -1.0, 0.0, -0.0, INF, -INF, NAN, -NAN]
    signs = layer.signbit(layer.tensor(numbers))
    assert_equation(f"signbit({numbers})", signs.tolist(), [False, True] * 4)
    assert_equation("the type of signbit", signs.dtype, layer.bool)
    whole = layer.signbit(layer.tensor([-3, 0, 4]))
    assert_equation("signbit([-3, 0, 4])", whole.tolist(), [True, False, False])


@pytest.mark.parametrize("y", [3, -3, 3.0, -2.5])
def test_division_and_what_it_leaves(layer: RoundingLayer, y: float) -> None:
    numbers = [-7, -6, 0, 5, 7]
    x = layer.tensor(numbers, layer.float64 if isinstance(y, float) else layer.int64)
    found = layer.floor_divide(x, y), layer.remainder(x, y), layer.fmod(x, y)
    assert_equation(f"x // {y}", found[0].tolist(), [n // y for n in numbers])
    assert_equation(f"x % {y}", found[1].tolist(), [n % y for n in numbers])
    assert_equation(f"fmod(x, {y})", found[2].tolist(), [type(y)(math.fmod(n, y)) for n in numbers])
    for one in found:
        assert_equation("the type", one.dtype, x.dtype)


def test_a_number_on_the_left(layer: RoundingLayer) -> None:
    x = layer.tensor([2, 3])
    assert_equation("7 // x", layer.floor_divide(7, x).tolist(), [3, 2])
    assert_equation("7 % x", layer.remainder(7, x).tolist(), [1, 1])


@pytest.mark.parametrize("name", ["floor_divide", "remainder", "fmod"])
def test_an_integer_by_0(layer: RoundingLayer, name: str) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        getattr(layer, name)(layer.tensor([1]), 0)


def test_a_float_by_0(layer: RoundingLayer) -> None:
    x = layer.tensor([1.0, -1.0, 0.0])
    assert_equation("x // 0", layer.floor_divide(x, 0.0).tolist(), [INF, -INF, NAN])
    assert_equation("x % 0", layer.remainder(x, 0.0).tolist(), [NAN, NAN, NAN])
