"""The extension "special": functions that only integrals define, by known values and laws."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import SpecialLayer

pytestmark = pytest.mark.extension("special")

NAN = float("nan")
INF = float("inf")


@pytest.mark.parametrize(("name", "function"), [("erf", math.erf), ("erfc", math.erfc)])
def test_the_error_function(
    layer: SpecialLayer, name: str, function: Callable[[float], float]
) -> None:
    numbers = [-30.0, -5.0, -1.0, -0.4, 0.0, 1e-10, 0.3, 0.5, 2.0, 3.9, 4.1, 8.0, 26.0, 28.0]
    found = getattr(layer, name)(layer.tensor(numbers, layer.float64)).tolist()
    for number, one in zip(numbers, found, strict=True):
        assert one == pytest.approx(function(number), rel=1e-13, abs=1e-300), f"{name}({number})"


def test_its_inverse(layer: SpecialLayer) -> None:
    numbers = [-0.999999, -0.5, -1e-10, 0.0, 0.1, 0.7, 0.99]
    found = layer.erfinv(layer.tensor(numbers, layer.float64))
    assert_equation("erf(erfinv(x))", layer.erf(found).tolist(), numbers, 1e-14)
    edges = layer.erfinv(layer.tensor([-1.0, 1.0, 1.5], layer.float64)).tolist()
    assert_equation("erfinv([-1, 1, 1.5])", edges, [-INF, INF, NAN])


def test_lgamma(layer: SpecialLayer) -> None:
    numbers = [-3.5, -0.5, 1e-5, 0.5, 1.0, 1.5, 2.0, 10.0, 150.5, 1e10]
    found = layer.lgamma(layer.tensor(numbers, layer.float64)).tolist()
    assert_equation(f"lgamma({numbers})", found, [math.lgamma(n) for n in numbers], 1e-14)
    edges = layer.lgamma(layer.tensor([0.0, -1.0, INF], layer.float64)).tolist()
    assert_equation("lgamma([0, -1, INF])", edges, [INF, INF, INF])


def test_digamma(layer: SpecialLayer) -> None:
    euler = 0.57721566490153286
    x = layer.tensor([1.0, 0.5, 2.0], layer.float64)
    expected = [-euler, -euler - 2 * math.log(2), 1 - euler]
    assert_equation("digamma([1, 0.5, 2])", layer.digamma(x).tolist(), expected, 1e-14)
    y = layer.tensor([-0.3, 0.2, 5.5, 40.0], layer.float64)
    step = layer.digamma(y + 1) - layer.digamma(y)
    assert_equation("digamma(x + 1) - digamma(x)", step.tolist(), (1 / y).tolist(), 1e-13)


def test_polygamma(layer: SpecialLayer) -> None:
    x = layer.tensor([1.0, 0.5, 2.0, -0.5], layer.float64)
    expected = [math.pi**2 / 6, math.pi**2 / 2, math.pi**2 / 6 - 1, math.pi**2 / 2 + 4]
    assert_equation("polygamma(1, x)", layer.polygamma(1, x).tolist(), expected, 1e-14)
    zeta3 = 1.2020569031595942854
    found = layer.polygamma(2, layer.tensor([1.0], layer.float64)).tolist()
    assert_equation("polygamma(2, 1)", found, [-2 * zeta3], 1e-14)


@pytest.mark.parametrize("name", ["erf", "erfc", "erfinv", "lgamma", "digamma"])
def test_types(layer: SpecialLayer, name: str) -> None:
    function = getattr(layer, name)
    assert_equation(f"{name} of int64", function(layer.tensor([1])).dtype, layer.float32)
    assert_equation(f"{name} of float32", function(layer.tensor([0.5])).dtype, layer.float32)
