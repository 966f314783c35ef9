"""`record`: the way to define an operation with its derivative."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.leaves import gradient, leaf
from tests.conformance.comparing import assert_equation, shown

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor


def never(g: Tensor) -> Tensor:
    raise AssertionError("the rule of an input that needs no gradient is never called")


def test_record_returns_the_value(layer: Layer) -> None:
    x, value = leaf(layer, [1.0, 2.0]), layer.tensor([10.0, 20.0])
    y = layer.record("Tenfold", value, (x, lambda g: g * 10.0))
    assert y is value, "record(name, value, ...) returns value, got another tensor"
    assert_equation("record(..., value [10, 20], ...)", y.tolist(), [10.0, 20.0])
    assert_equation("record(..., value, (x, rule)).requires_grad", y.requires_grad, True)
    assert_equation("record(..., value, (x, rule)).is_leaf", y.is_leaf, False)


def test_a_rule_gives_the_gradient_of_its_input(layer: Layer) -> None:
    x, y = leaf(layer, [1.0, 2.0]), leaf(layer, [3.0, 4.0])
    z = layer.record(
        "Some", layer.tensor([0.0, 0.0]), (x, lambda g: g * 10.0), (y, lambda g: g * g)
    )
    z.backward(layer.tensor([1.0, 3.0]))
    assert_equation("the rule g * 10, g = [1, 3]", gradient(x).tolist(), [10.0, 30.0])
    assert_equation("the rule g * g, g = [1, 3]", gradient(y).tolist(), [1.0, 9.0])


def test_a_recorded_operation_inside_a_graph(layer: Layer) -> None:
    x = leaf(layer, [2.0, 3.0])
    inner = x * x
    y = layer.record("Fivefold", inner.detach() * 5.0, (inner, lambda g: g * 5.0))
    (y * 7.0).sum().backward()
    assert_equation("7 * 5 * x**2: the gradient at [2, 3]", gradient(x).tolist(), [140.0, 210.0])


def test_two_edges_to_one_input_add_up(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    y = layer.record("Twice", layer.tensor([0.0]), (x, lambda g: g * 2.0), (x, lambda g: g * 3.0))
    y.backward()
    assert_equation("the rules g * 2 and g * 3 of one input", gradient(x).tolist(), [5.0])


# Inputs that were broadcast to (2, 3): each gets the sum over what it was repeated along.
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (1.0, 21.0),
        ([1.0], [21.0]),
        ([1.0, 1.0, 1.0], [5.0, 7.0, 9.0]),
        ([[1.0], [1.0]], [[6.0], [15.0]]),
        ([[1.0, 1.0, 1.0]], [[5.0, 7.0, 9.0]]),
        ([[1.0]], [[21.0]]),
        ([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]], [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]),
    ],
    ids=shown,
)
def test_a_gradient_that_is_still_broadcast_is_summed(
    layer: Layer, values: Nested, expected: Nested
) -> None:
    x = leaf(layer, values)
    y = layer.record("Expand", layer.zeros((2, 3)), (x, lambda g: g))
    y.backward(layer.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    left = f"the rule g, of shape (2, 3), for an input of shape {x.shape}"
    assert_equation(left, gradient(x).tolist(), expected)


@pytest.mark.parametrize(("input", "output"), [("float32", "float64"), ("float64", "float32")])
def test_a_gradient_of_another_type_is_cast(layer: Layer, input: str, output: str) -> None:
    x = layer.tensor([1.5], dtype=getattr(layer, input), requires_grad=True)
    value = layer.tensor([1.5], dtype=getattr(layer, output))
    layer.record("To", value, (x, lambda g: g)).backward()
    assert_equation(f"the rule g, from {output} to {input}", gradient(x).tolist(), [1.0])
    dtype = gradient(x).dtype
    assert dtype is x.dtype, f"the gradient of a {input} tensor is {input}, got {dtype}"


def test_a_rule_gets_a_gradient_like_the_output(layer: Layer) -> None:
    seen: list[Tensor] = []

    def rule(g: Tensor) -> Tensor:
        seen.append(g)
        return g.sum(1)

    x = leaf(layer, [1.0, 2.0])
    y = layer.record("Widen", layer.zeros((2, 3), dtype=layer.float64), (x, rule))
    y.sum().backward()
    assert seen[0].shape == (2, 3), f"g has the output's shape (2, 3), got {seen[0].shape}"
    assert seen[0].dtype is layer.float64, f"g has the output's float64, got {seen[0].dtype}"
    assert_equation("the gradient of x", gradient(x).tolist(), [3.0, 3.0])


def test_a_rule_is_called_once_with_all_that_arrives(layer: Layer) -> None:
    calls: list[Nested] = []

    def rule(g: Tensor) -> Tensor:
        calls.append(g.tolist())
        return g

    x = leaf(layer, [1.0])
    y = layer.record("Same", layer.tensor([1.0]), (x, rule))
    (y * 2.0 + y * 3.0 + y).backward()
    assert_equation("the calls of a rule whose output is used three times", calls, [[6.0]])


def test_rules_of_inputs_that_need_no_gradient_are_not_called(layer: Layer) -> None:
    x, plain = leaf(layer, [1.0]), layer.tensor([1.0])
    y = layer.record("Some", layer.tensor([0.0]), (plain, never), (x, lambda g: g * 2.0))
    y.backward()
    assert_equation("the gradient of the other input", gradient(x).tolist(), [2.0])
    assert_equation("the gradient of the input that needs none", plain.grad, None)


def test_nothing_is_recorded_of_inputs_that_need_no_gradient(layer: Layer) -> None:
    y = layer.record("Some", layer.tensor([0.0]), (layer.tensor([1.0]), never))
    assert_equation("record of untracked inputs: requires_grad", y.requires_grad, False)
    without = layer.record("Constant", layer.tensor([0.0]))
    assert_equation("record without edges: requires_grad", without.requires_grad, False)


def test_nothing_is_recorded_under_no_grad(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    with layer.no_grad():
        y = layer.record("Some", layer.tensor([0.0]), (x, never))
    assert_equation("record under no_grad: requires_grad", y.requires_grad, False)
    assert_equation("record under no_grad: is_leaf", y.is_leaf, True)


def test_a_rule_is_not_recorded_itself(layer: Layer) -> None:
    tracked: list[bool] = []

    def rule(g: Tensor) -> Tensor:
        tracked.append((g * x).requires_grad)
        return g * x

    x = leaf(layer, [3.0])
    layer.record("Half square", layer.tensor([4.5]), (x, rule)).backward()
    assert_equation("what a rule computes of x requires grad", tracked, [False])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(lambda g, x: g * x * 2.0, [2.0]), (lambda g, x: g * (x + x), [2.0])],
    ids=["g * x * 2", "g * (x + x)"],
)
def test_a_rule_has_a_derivative_itself(
    layer: Layer, rule: Callable[[Tensor, Tensor], Tensor], expected: Nested
) -> None:
    x = leaf(layer, [3.0])
    y = layer.record("Square", layer.tensor([9.0]), (x, lambda g: rule(g, x)))
    y.backward(create_graph=True)
    first = gradient(x)
    assert_equation("x ** 2 at 3: the first derivative", first.tolist(), [6.0])
    x.grad = None
    first.backward()
    assert_equation("x ** 2 at 3: the second derivative", gradient(x).tolist(), expected)


def test_a_rule_gets_the_output(layer: Layer) -> None:
    # The derivative of 1 / x is -(1 / x)².
    x, value = leaf(layer, [2.0, 4.0]), layer.tensor([0.5, 0.25])
    y = layer.record_with_output("Reciprocal", value, (x, lambda g, y: -g * y * y))
    assert y is value, "record_with_output(name, value, ...) returns value, got another tensor"
    y.backward(layer.tensor([1.0, 16.0]))
    assert_equation("1 / x: the gradient at [2, 4]", gradient(x).tolist(), [-0.25, -1.0])


def test_a_rule_with_the_output_has_a_derivative_itself(layer: Layer) -> None:
    x = leaf(layer, [2.0])
    y = layer.record_with_output("Reciprocal", layer.tensor([0.5]), (x, lambda g, y: -g * y * y))
    (y * 3.0).backward(create_graph=True)
    first = gradient(x)
    assert_equation("3 / x at 2: the first derivative", first.tolist(), [-0.75])
    x.grad = None
    first.backward()
    assert_equation("3 / x at 2: the second derivative", gradient(x).tolist(), [0.75])


def test_gradients_of_rules_with_the_output_are_summed_and_cast(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    value = layer.tensor([[1.0, 2.0], [3.0, 4.0]], dtype=layer.float64)
    layer.record_with_output("Some", value, (x, lambda g, y: g * y)).sum().backward()
    assert_equation("the rule g * y, y = [[1, 2], [3, 4]]", gradient(x).tolist(), [10.0])
    dtype = gradient(x).dtype
    assert dtype is layer.float32, f"the gradient of a float32 tensor is float32, got {dtype}"


def test_nothing_is_recorded_with_the_output_where_nothing_is_tracked(layer: Layer) -> None:
    x, plain = leaf(layer, [1.0]), layer.tensor([1.0])
    with layer.no_grad():
        y = layer.record_with_output("Some", layer.tensor([0.0]), (x, lambda g, y: never(g)))
    assert_equation("under no_grad: requires_grad", y.requires_grad, False)
    z = layer.record_with_output("Some", layer.tensor([0.0]), (plain, lambda g, y: never(g)))
    assert_equation("of untracked inputs: requires_grad", z.requires_grad, False)
