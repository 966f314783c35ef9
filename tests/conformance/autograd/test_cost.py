"""What a graph costs: no recursion over its length, and no memory once its output is gone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.leaves import gradient, leaf
from tests.conformance.comparing import assert_equation

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Tensor


def test_a_long_chain(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    y = x
    for _ in range(100_000):
        y = y + 1.0
    y.backward()
    assert_equation("y = y + 1, 100,000 times: dy/dx", gradient(x).tolist(), [1.0])


def test_a_long_chain_that_is_never_walked(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    y = x
    for _ in range(100_000):
        y = y + 1.0
    value = y.item()
    del y  # freeing it must not recurse, either
    assert_equation("y = y + 1, 100,000 times", value, 100_001.0)


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Switch the garbage collector off, so that only reference counting frees anything."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


class Witness:
    """Something that a rule holds on to: gone when the rule is."""

    alive = 0

    def __init__(self) -> None:
        Witness.alive += 1

    def __del__(self) -> None:
        Witness.alive -= 1

    def rule(self, g: Tensor) -> Tensor:
        return g * 2.0

    def rule_with_output(self, g: Tensor, y: Tensor) -> Tensor:
        return g * y / y * 2.0


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("output", ["not mentioned", "mentioned"])
@pytest.mark.parametrize("walked", ["never", "once", "with create_graph", "and retained"])
def test_a_graph_goes_with_its_output(layer: Layer, walked: str, output: str) -> None:
    x = leaf(layer, [3.0])
    before = Witness.alive
    if output == "mentioned":
        y = layer.record_with_output("Double", x.detach() * 2.0, (x, Witness().rule_with_output))
    else:
        y = layer.record("Double", x.detach() * 2.0, (x, Witness().rule))
    z = (y * y).exp() * y.tanh()
    if walked != "never":
        z.backward(create_graph=walked == "with create_graph", retain_graph=walked != "once")
        x.grad = None
    del y, z
    assert_equation(f"rules alive after their output, walked {walked}", Witness.alive - before, 0)
