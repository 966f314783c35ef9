"""What is tracked: requires_grad, leaves, detach, no_grad and enable_grad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.leaves import gradient, leaf
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer


def test_leaves_and_results(layer: Layer) -> None:
    x, plain = leaf(layer, [1.0]), layer.tensor([1.0])
    for what, one, requires_grad, is_leaf in (
        ("x = tensor(..., requires_grad=True)", x, True, True),
        ("x * 2", x * 2.0, True, False),
        ("x + plain", x + plain, True, False),
        ("plain + x", plain + x, True, False),
        ("x.clone()", x.clone(), True, False),
        ("plain = tensor(...)", plain, False, True),
        ("plain * 2", plain * 2.0, False, True),
        ("x > 0", x > 0.0, False, True),
        ("x.argmax()", x.argmax(), False, True),
        ("(x * 2).detach()", (x * 2.0).detach(), False, True),
    ):
        assert_equation(f"{what}: requires_grad", one.requires_grad, requires_grad)
        assert_equation(f"{what}: is_leaf", one.is_leaf, is_leaf)


def test_requires_grad_is_switched_on_later(layer: Layer) -> None:
    x = layer.tensor([2.0])
    before = x * 3.0
    x.requires_grad = True
    (x * 5.0).backward()
    assert_equation("x.requires_grad = True; (x * 5).backward()", gradient(x).tolist(), [5.0])
    assert_equation("what was computed before: requires_grad", before.requires_grad, False)


def test_requires_grad_is_switched_off_again(layer: Layer) -> None:
    x = leaf(layer, [2.0])
    x.requires_grad = False
    assert_equation(
        "x.requires_grad = False; (x * 5).requires_grad", (x * 5.0).requires_grad, False
    )


def test_requires_grad_of_a_result_stays(layer: Layer) -> None:
    y = leaf(layer, [2.0]) * 2.0

    def switch_off() -> None:
        y.requires_grad = False

    phrase = "you can only change requires_grad flags of leaf variables"
    assert_raises("y.requires_grad = False, y a result", switch_off, RuntimeError, phrase)


def test_detach_stops_gradients_and_shares_memory(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    (x * x.detach()).backward()
    assert_equation("(x * x.detach()).backward() at 3", gradient(x).tolist(), [3.0])
    alias = x.detach()
    with layer.no_grad():
        x.mul_(10.0)
    assert_equation("y = x.detach(); x.mul_(10); y", alias.tolist(), [30.0])


def test_no_grad(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    with layer.no_grad():
        y = x * 2.0
        made = layer.tensor([1.0], requires_grad=True)
    assert_equation("with no_grad(): y = x * 2; y.requires_grad", y.requires_grad, False)
    assert_equation("a leaf made under no_grad: requires_grad", made.requires_grad, True)
    assert_equation("(x * 2).requires_grad after no_grad", (x * 2.0).requires_grad, True)


def test_enable_grad_inside_no_grad(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    with layer.no_grad():
        with layer.enable_grad():
            inside = x * 2.0
        after = x * 2.0
    assert_equation("enable_grad inside no_grad: requires_grad", inside.requires_grad, True)
    assert_equation("no_grad goes on after it: requires_grad", after.requires_grad, False)


def test_no_grad_inside_no_grad(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    with layer.no_grad():
        with layer.no_grad():
            pass
        after = x * 2.0
    assert_equation("the outer no_grad goes on: requires_grad", after.requires_grad, False)


def test_no_grad_ends_with_an_error(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    with pytest.raises(KeyError), layer.no_grad():
        raise KeyError
    assert_equation("(x * 2).requires_grad after an error", (x * 2.0).requires_grad, True)


def test_backward_works_under_no_grad(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    y = x * x
    with layer.no_grad():
        y.backward()
    assert_equation("with no_grad(): (x * x).backward() at 3", gradient(x).tolist(), [6.0])
