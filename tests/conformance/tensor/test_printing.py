"""The extension "printing": how tensors are written. Runs where a layer has any of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.comparing import assert_equation, assert_raises, counted

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Nested, PrintingLayer

pytestmark = pytest.mark.extension("printing")


@pytest.fixture(autouse=True)
def the_default_profile(layer: PrintingLayer) -> Iterator[None]:
    yield
    layer.set_printoptions(profile="default")


CASES: list[tuple[dict[str, Any], Nested, str]] = [
    ({}, [1.5], "tensor([1.5000])"),
    ({"precision": 2}, [1.5], "tensor([1.50])"),
    ({"sci_mode": True}, [1.5], "tensor([1.5000e+00])"),
    ({"sci_mode": False}, [1e-5], "tensor([0.0000])"),
    ({"linewidth": 24}, [10, 20, 30, 40, 50], "tensor([10, 20, 30, 40,\n        50])"),
    ({"threshold": 6}, counted((6,), 1), "tensor([1, 2, 3, 4, 5, 6])"),
    ({"threshold": 6}, counted((9,), 1), "tensor([1, 2, 3,  ..., 7, 8, 9])"),
    ({"threshold": 6, "edgeitems": 1}, counted((7,), 1), "tensor([1,  ..., 7])"),
    ({"profile": "short"}, [0.125], "tensor([0.12])"),
    ({"profile": "short", "precision": 1}, [0.125], "tensor([0.1])"),
]


@pytest.mark.parametrize(("options", "values", "expected"), CASES, ids=str)
def test_options(
    layer: PrintingLayer, options: dict[str, Any], values: Nested, expected: str
) -> None:
    layer.set_printoptions(**options)
    assert_equation(f"{values} with {options}", layer.tensor_repr(layer.tensor(values)), expected)


def test_full_is_never_cut(layer: PrintingLayer) -> None:
    layer.set_printoptions(profile="full")
    text = layer.tensor_repr(layer.arange(0, 1001, 1, layer.int64))
    assert_equation("'...' in the text of 1001 elements", "..." in text, False)


def test_options_stay_until_they_are_set_again(layer: PrintingLayer) -> None:
    layer.set_printoptions(precision=2)
    layer.set_printoptions(linewidth=100)
    assert_equation("the text", layer.tensor_repr(layer.tensor([1.5])), "tensor([1.50])")
    layer.set_printoptions(profile="default")
    assert_equation("the text", layer.tensor_repr(layer.tensor([1.5])), "tensor([1.5000])")


def test_a_profile_that_there_is_not(layer: PrintingLayer) -> None:
    call = lambda: layer.set_printoptions(profile="long")  # noqa: E731
    assert_raises('set_printoptions(profile="long")', call, ValueError, "long")
