"""The walk back: where gradients arrive, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conformance.autograd.leaves import gradient, leaf
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer


# --- Where gradients arrive


def test_there_is_no_gradient_before(layer: Layer) -> None:
    x = leaf(layer, [1.0])
    assert_equation("x.grad of a new leaf", x.grad, None)
    x * 2.0
    assert_equation("x * 2.0; x.grad", x.grad, None)


def test_the_gradient_of_a_scalar(layer: Layer) -> None:
    x = leaf(layer, [2.0, 3.0])
    (x * x).sum().backward()
    assert_equation("(x * x).sum().backward() at [2, 3]", gradient(x).tolist(), [4.0, 6.0])


def test_an_output_of_one_element_needs_no_gradient(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    (x * x).backward()
    assert_equation("(x * x).backward() at [3]", gradient(x).tolist(), [6.0])


def test_the_gradient_to_begin_with(layer: Layer) -> None:
    x = leaf(layer, [2.0, 3.0])
    (x * 5.0).backward(layer.tensor([1.0, 10.0]))
    assert_equation("(x * 5).backward([1, 10])", gradient(x).tolist(), [5.0, 50.0])


def test_the_gradient_of_a_leaf_by_itself(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    x.backward()
    assert_equation("x.backward(), x a leaf", gradient(x).tolist(), [1.0])


def test_gradients_add_up_over_walks(layer: Layer) -> None:
    x = leaf(layer, [2.0, 3.0])
    (x * x).sum().backward()
    (x * 10.0).sum().backward()
    left = "(x * x).sum().backward(); (x * 10).sum().backward() at [2, 3]"
    assert_equation(left, gradient(x).tolist(), [14.0, 16.0])


def test_gradients_start_again_from_none(layer: Layer) -> None:
    x = leaf(layer, [2.0])
    (x * 3.0).backward()
    x.grad = None
    (x * 5.0).backward()
    assert_equation("after x.grad = None; (x * 5).backward()", gradient(x).tolist(), [5.0])


def test_gradients_add_to_one_that_was_given(layer: Layer) -> None:
    x = leaf(layer, [2.0])
    x.grad = layer.tensor([100.0])
    (x * 3.0).backward()
    assert_equation("x.grad = [100]; (x * 3).backward()", gradient(x).tolist(), [103.0])


def test_all_ways_to_a_leaf_add_up(layer: Layer) -> None:
    # y = x², z = y² + 3 y + x, and dz/dx = 4 x³ + 6 x + 1.
    x = leaf(layer, [2.0])
    y = x * x
    (y * y + y * 3.0 + x).backward()
    assert_equation("z = x**4 + 3 x**2 + x: dz/dx at 2", gradient(x).tolist(), [45.0])


def test_many_ways_are_walked_once(layer: Layer) -> None:
    # There are 2 ** 60 ways from the output to x: each operation must be visited once.
    x = leaf(layer, [1.0])
    y = x
    for _ in range(60):
        y = y + y
    y.backward()
    assert_equation("y = y + y, 60 times: dy/dx", gradient(x).tolist(), [2.0**60])


def test_only_leaves_that_require_grad_get_one(layer: Layer) -> None:
    x, y = leaf(layer, [2.0]), layer.tensor([3.0])
    (x * y).backward()
    assert_equation("(x * y).backward(), y untracked; y.grad", y.grad, None)
    assert_equation("(x * y).backward(), y untracked; x.grad", gradient(x).tolist(), [3.0])


def test_a_leaf_that_is_not_used_gets_none(layer: Layer) -> None:
    x, y = leaf(layer, [2.0]), leaf(layer, [3.0])
    (x * 2.0).backward()
    assert_equation("(x * 2).backward(); y.grad", y.grad, None)


def test_gradients_have_memory_of_their_own(layer: Layer) -> None:
    x, y, seed = leaf(layer, [1.0, 2.0]), leaf(layer, [3.0, 4.0]), layer.tensor([1.0, 1.0])
    (x + y).backward(seed)
    with layer.no_grad():
        gradient(x).mul_(10.0)
    left = "(x + y).backward(seed); x.grad.mul_(10)"
    assert_equation(f"{left}; y.grad", gradient(y).tolist(), [1.0, 1.0])
    assert_equation(f"{left}; seed", seed.tolist(), [1.0, 1.0])


def test_a_second_walk_leaves_the_gradient_to_begin_with_alone(layer: Layer) -> None:
    x, seed = leaf(layer, [1.0, 2.0]), layer.tensor([1.0, 1.0])
    for _ in range(2):
        (x + 1.0).backward(seed)
    assert_equation("(x + 1).backward(seed), twice; seed", seed.tolist(), [1.0, 1.0])
    assert_equation("(x + 1).backward(seed), twice; x.grad", gradient(x).tolist(), [2.0, 2.0])


def test_a_gradient_tracks_nothing(layer: Layer) -> None:
    x = leaf(layer, [2.0])
    (x * x).backward()
    assert_equation("(x * x).backward(); x.grad.requires_grad", gradient(x).requires_grad, False)


def test_a_gradient_with_create_graph_is_tracked(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    (x * x * x).backward(create_graph=True)
    first = gradient(x)
    assert_equation("x ** 3 at 3: the first derivative", first.tolist(), [27.0])
    x.grad = None
    first.backward()
    assert_equation("x ** 3 at 3: the second derivative", gradient(x).tolist(), [18.0])


# --- What can't be walked


def test_an_output_of_many_elements_needs_a_gradient(layer: Layer) -> None:
    y = leaf(layer, [1.0, 2.0]) * 2.0
    phrase = "grad can be implicitly created only for scalar outputs"
    assert_raises("backward of shape (2,)", lambda: y.backward(), RuntimeError, phrase)


def test_the_gradient_to_begin_with_must_fit(layer: Layer) -> None:
    y, seed = leaf(layer, [1.0, 2.0]) * 2.0, layer.tensor([1.0])
    phrase = "Mismatch in shape"
    what = "backward of shape (2,) with a gradient of shape (1,)"
    assert_raises(what, lambda: y.backward(seed), RuntimeError, phrase)


def test_what_tracks_nothing_has_no_backward(layer: Layer) -> None:
    y = layer.tensor([1.0]) * 2.0
    phrase = "does not require grad"
    assert_raises("backward of an untracked tensor", lambda: y.backward(), RuntimeError, phrase)


def test_a_graph_is_walked_once(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    y = x * x
    y.backward()
    phrase = "backward through the graph a second time"
    assert_raises("y.backward(), again", lambda: y.backward(), RuntimeError, phrase)
    assert_equation("the gradient after that error", gradient(x).tolist(), [6.0])


def test_a_graph_is_walked_again_if_retained(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    y = x * x
    y.backward(retain_graph=True)
    y.backward()
    assert_equation("(x * x).backward(), twice, at 3", gradient(x).tolist(), [12.0])
    assert_raises("a third time", lambda: y.backward(), RuntimeError, "a second time")


def test_a_freed_part_is_not_walked_again(layer: Layer) -> None:
    x = leaf(layer, [3.0])
    shared = x * x
    (shared * 2.0).backward()
    other = shared * shared
    assert_raises("through a freed part", lambda: other.backward(), RuntimeError, "a second time")
