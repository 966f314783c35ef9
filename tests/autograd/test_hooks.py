"""Hooks of tensors and nodes, and gradients that are kept of what is no leaf."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from minitorch_autograd import Node, RemovableHandle, Tensor, grad, no_grad, ones, tensor


def node(y: Tensor) -> Node:
    assert y.grad_fn is not None
    return y.grad_fn


def leaf(*values: float) -> Tensor:
    return tensor(list(values), requires_grad=True)


@pytest.mark.parametrize("kind", ["leaf", "computed"])
def test_hooks_are_called_in_order_and_each_may_replace_the_gradient(kind: str) -> None:
    x = leaf(1.0, 2.0)
    y = x * 3
    seen = []

    def hook(factor: float | None) -> Any:
        def called(g: Tensor) -> Tensor | None:
            seen.append(g.tolist())
            return None if factor is None else g * factor

        return called

    target = x if kind == "leaf" else y
    for factor in (2.0, None, 5.0):
        target.register_hook(hook(factor))
    y.sum().backward()
    before = 3.0 if kind == "leaf" else 1.0
    assert seen == [[before] * 2, [before * 2] * 2, [before * 2] * 2]
    assert x.grad is not None
    assert x.grad.tolist() == [30.0, 30.0]


def test_a_hook_sees_the_complete_gradient_once() -> None:
    x = leaf(2.0)
    y = x * 1
    seen: list[object] = []
    y.register_hook(lambda g: seen.append(g.tolist()))
    (y * y + y * 3 + y).sum().backward()
    assert seen == [[8.0]]


def test_a_hook_sees_the_gradient_that_grad_returns() -> None:
    x = leaf(2.0)
    y = x * 3
    for one in (x, y):
        one.register_hook(lambda g: g * 10)
    dy, dx = grad((y * y).sum(), [y, x])
    assert (dy.tolist(), dx.tolist()) == ([120.0], [3600.0])


def test_a_hook_is_a_part_of_the_second_derivative() -> None:
    x = leaf(3.0)
    x.register_hook(lambda g: g * g)
    (dx,) = grad((x * x).sum(), x, create_graph=True)  # (2x)²
    assert dx.tolist() == [36.0]
    # The hook squares the second gradient, too: that of 4x² is 8x.
    assert [one.tolist() for one in grad(dx.sum(), x)] == [[576.0]]


def test_a_hook_is_taken_away_by_its_handle() -> None:
    x = leaf(1.0)
    seen: list[str] = []
    first = x.register_hook(lambda g: seen.append("first"))
    with x.register_hook(lambda g: seen.append("second")) as second:
        (x * 1).sum().backward()
    first.remove()
    first.remove()
    (x * 1).sum().backward()
    assert seen == ["first", "second"]
    assert isinstance(second, RemovableHandle)
    assert first.id < second.id


def test_a_hook_may_take_itself_away() -> None:
    x = leaf(1.0)
    seen: list[int] = []

    def once(g: Tensor) -> None:
        seen.append(1)
        handle.remove()

    handle = x.register_hook(once)
    x.register_hook(lambda g: seen.append(2))
    for _ in range(2):
        (x * 1).sum().backward()
    assert seen == [1, 2, 2]


def test_hooks_of_a_leaf_when_its_gradient_is_written() -> None:
    x = leaf(1.0)
    seen: list[object] = []

    def step(x: Tensor) -> None:
        assert x.grad is not None
        seen.append(x.grad.tolist())
        with no_grad():
            x.sub_(x.grad)
        x.grad = None

    handle = x.register_post_accumulate_grad_hook(step)
    (x * 5).sum().backward()
    assert (seen, x.tolist(), x.grad) == ([[5.0]], [-4.0], None)
    grad((x * 5).sum(), x)
    assert len(seen) == 1  # nothing was accumulated
    handle.remove()
    (x * 5).sum().backward()
    assert len(seen) == 1


def test_hooks_of_a_node() -> None:
    x, w = leaf(1.0), leaf(7.0)
    y = x * w
    seen: list[object] = []
    node(y).register_prehook(lambda gs: (gs[0] * 2,) if gs[0] is not None else None)
    node(y).register_hook(
        lambda inputs, outputs: seen.extend(one and one.tolist() for one in (*inputs, *outputs))
    )
    node(y).register_hook(lambda inputs, outputs: (inputs[1], inputs[0]))
    y.sum().backward()
    assert seen == [[14.0], [2.0], [2.0]]
    assert x.grad is not None
    assert w.grad is not None
    assert (x.grad.tolist(), w.grad.tolist()) == ([2.0], [14.0])


def test_the_order_of_all_hooks_of_a_leaf() -> None:
    x = leaf(1.0)
    seen: list[str] = []
    (accumulator, _), *_ = node(x * 1).next_functions
    accumulator.register_hook(lambda inputs, outputs: seen.append("node"))
    accumulator.register_prehook(lambda gs: seen.append("prehook"))
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append("accumulated"))
    x.register_hook(lambda g: seen.append("tensor"))
    (x * 2).sum().backward()
    assert seen == ["tensor", "prehook", "accumulated", "node"]


# --- Gradients of what is no leaf


def test_a_retained_gradient_adds_up_and_is_as_the_hooks_leave_it() -> None:
    x = leaf(1.0)
    y = x * 3
    assert not y.retains_grad
    y.retain_grad()
    y.retain_grad()
    assert y.retains_grad
    y.register_hook(lambda g: g * 10)  # registered later, and yet before
    y.sum().backward(retain_graph=True)
    assert y.grad is not None
    assert y.grad.tolist() == [10.0]
    y.sum().backward()
    assert y.grad.tolist() == [20.0]
    assert x.grad is not None
    x.grad.mul_(0.0)
    assert y.grad.tolist() == [20.0]


def test_a_leaf_retains_its_gradient_anyway() -> None:
    x = leaf(1.0)
    x.retain_grad()
    assert not x.retains_grad
    (x * 2).sum().backward()
    assert x.grad is not None


def test_asking_for_a_gradient_that_is_not_kept_warns() -> None:
    y = leaf(1.0) * 3
    with pytest.warns(UserWarning, match="that is not a leaf Tensor is being accessed") as caught:
        assert y.grad is None
    assert caught[0].filename == __file__
    del y.grad
    x = ones(1)
    assert x.grad is None


def test_nothing_that_hooks_need_keeps_the_tensor_alive() -> None:
    gc.collect()
    gc.disable()
    try:
        x = leaf(1.0)
        y = x * 2
        y.retain_grad()
        y.register_hook(lambda g: None)
        x.register_hook(lambda g: None)
        y.sum().backward()
        seen = [weakref.ref(one) for one in (x, y)]
        del x, y
        assert [one() for one in seen] == [None, None]
    finally:
        gc.enable()
