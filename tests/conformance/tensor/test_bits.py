"""The extension "bits": integers as bits, and bools."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import BitsLayer

pytestmark = pytest.mark.extension("bits")

NAN = float("nan")
INF = float("inf")


OF_TWO = {
    "bitwise_and": operator.and_,
    "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor,
    "left_shift": operator.lshift,
    "right_shift": operator.rshift,
}


@pytest.mark.parametrize("name", OF_TWO)
def test_values(layer: BitsLayer, name: str) -> None:
    numbers = [0, 1, 5, -6, 100]
    found = getattr(layer, name)(layer.tensor(numbers), layer.tensor([3]))
    assert_equation(f"{name}({numbers}, 3)", found.tolist(), [OF_TWO[name](n, 3) for n in numbers])
    found = getattr(layer, name)(layer.tensor(numbers, layer.int32), 2)
    assert_equation(f"the type of {name} of int32 and 2", found.dtype, layer.int32)


def test_not(layer: BitsLayer) -> None:
    assert_equation("~x", layer.bitwise_not(layer.tensor([0, 5, -1])).tolist(), [-1, -6, 0])
    truth = layer.bitwise_not(layer.tensor([True, False])).tolist()
    assert_equation("~[True, False]", truth, [False, True])


def test_bools(layer: BitsLayer) -> None:
    x, y = layer.tensor([True, True, False]), layer.tensor([True, False, False])
    assert_equation("and", layer.bitwise_and(x, y).tolist(), [True, False, False])
    assert_equation("or", layer.bitwise_or(x, y).tolist(), [True, True, False])
    assert_equation("xor", layer.bitwise_xor(x, y).tolist(), [False, True, False])


def test_bits_that_have_no_place(layer: BitsLayer) -> None:
    x = layer.tensor([1, 200], layer.uint8)
    assert_equation("x << 1", layer.left_shift(x, 1).tolist(), [2, 144])
    assert_equation("x << 9", layer.left_shift(x, 9).tolist(), [0, 0])


@pytest.mark.parametrize("name", OF_TWO)
def test_floats_are_refused(layer: BitsLayer, name: str) -> None:
    with pytest.raises(RuntimeError):  # NotImplementedError is one
        getattr(layer, name)(layer.tensor([1.0]), 1)
