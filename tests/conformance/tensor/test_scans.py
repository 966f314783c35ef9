"""The extension "scans": products, and what is gathered on the way along a dimension."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import ScansLayer

pytestmark = pytest.mark.extension("scans")

NAN = float("nan")
INF = float("inf")


def test_prod(layer: ScansLayer) -> None:
    x = layer.tensor([[1.0, 2.0, 3.0], [4.0, 0.5, -1.0]])
    assert_equation("prod over 1", layer.prod(x, (1,)).tolist(), [6.0, -2.0])
    assert_equation("prod, kept", layer.prod(x, (0,), True).tolist(), [[4.0, 1.0, -3.0]])
    assert_equation("prod of all", layer.prod(x, (0, 1)).tolist(), -12.0)
    assert_equation("prod of nothing", layer.prod(layer.tensor([]), (0,)).tolist(), 1.0)
    whole = layer.prod(layer.tensor([100, 100], layer.uint8), (0,))
    assert_equation("prod of uint8", (whole.item(), whole.dtype), (10000, layer.int64))


def test_sums_and_products_so_far(layer: ScansLayer) -> None:
    x = layer.tensor([[1.0, 2.0, 3.0], [4.0, 0.5, -1.0]])
    assert_equation("cumsum", layer.cumsum(x, 1).tolist(), [[1.0, 3.0, 6.0], [4.0, 4.5, 3.5]])
    assert_equation("cumsum", layer.cumsum(x, 0).tolist(), [[1.0, 2.0, 3.0], [5.0, 2.5, 2.0]])
    assert_equation("cumprod", layer.cumprod(x, 1).tolist(), [[1.0, 2.0, 6.0], [4.0, 2.0, -2.0]])
    whole = layer.cumsum(layer.tensor([True, False, True]), 0)
    assert_equation("cumsum of bools", whole.tolist(), [1, 1, 2])
    assert_equation("its type", whole.dtype, layer.int64)


def test_logcumsumexp(layer: ScansLayer) -> None:
    x = layer.tensor([-INF, 0.0, 1.0, 1000.0], layer.float64)
    expected = [-INF, 0.0, math.log(1 + math.e), 1000.0]
    assert_equation("logcumsumexp", layer.logcumsumexp(x, 0).tolist(), expected, 1e-14)


def test_extremes_so_far(layer: ScansLayer) -> None:
    x = layer.tensor([2.0, 1.0, 2.0, 3.0, NAN, 5.0])
    values, places = layer.cummax(x, 0)
    assert_equation("cummax", values.tolist(), [2.0, 2.0, 2.0, 3.0, NAN, NAN])
    assert_equation("where", places[(slice(0, 4, 1),)].tolist(), [0, 0, 2, 3])
    values, places = layer.cummin(layer.tensor([[2, 1, 1], [0, 3, -1]]), 1)
    assert_equation("cummin", values.tolist(), [[2, 1, 1], [0, 0, -1]])
    assert_equation("where", places.tolist(), [[0, 1, 2], [0, 0, 2]])
    assert_equation("the type of where", places.dtype, layer.int64)
