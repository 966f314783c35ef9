"""Views of what was written: their history is made anew when it is asked for, whoever asks."""

from __future__ import annotations

import copy
import gc
import pickle
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from minitorch_autograd import (
    Tensor,
    enable_grad,
    float64,
    grad,
    inference_mode,
    no_grad,
    ones,
    record,
    record_several,
    tensor,
)
from minitorch_autograd.engine.value import clock


def leaf(values: list[float]) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


def written_view() -> tuple[Tensor, Tensor]:
    """Return a leaf, and a view of what was computed from it and then tripled in place."""
    x = leaf([1.0, 2.0, 3.0])
    y = x * 2
    view = y[1:]
    y *= 3
    return x, view


# Whatever can be asked of a tensor that depends on its history.
QUESTIONS: dict[str, Callable[[Tensor], object]] = {
    "requires_grad": lambda v: v.requires_grad,
    "is_leaf": lambda v: not v.is_leaf,
    "grad_fn": lambda v: v.grad_fn,
    "repr": lambda v: "grad_fn" in repr(v),
    "copy.copy": lambda v: copy.copy(v).requires_grad,
    "pickle": lambda v: pickle.loads(pickle.dumps(v)).requires_grad,
    "detach": lambda v: not v.detach().requires_grad,
    "register_hook": lambda v: v.register_hook(lambda g: g),
    "retain_grad": lambda v: v.retain_grad() is None,
    "type": lambda v: isinstance(v, Tensor) and type(v)([1.0]).tolist() == [1.0],
    "type(v).__name__": lambda v: type(v).__name__ == "Tensor",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_is_a_tensor_like_others(question: str) -> None:
    x, view = written_view()
    assert QUESTIONS[question](view)
    (gradient,) = grad(view.sum(), x)
    assert gradient is not None
    assert gradient.tolist() == [0.0, 6.0, 6.0]
    assert type(view) is Tensor


@pytest.mark.parametrize("mode", [no_grad(), inference_mode(), enable_grad()])
def test_it_is_asked_for_in_any_mode(mode: AbstractContextManager[None]) -> None:
    x, view = written_view()
    with mode:
        assert view.requires_grad
    (gradient,) = grad(view.sum(), x)
    assert gradient is not None
    assert gradient.tolist() == [0.0, 6.0, 6.0]


def test_what_was_computed_before_has_the_history_from_before() -> None:
    x = leaf([1.0, 2.0])
    y = x * 2
    view = y[:1]
    sums = []
    for _ in range(3):
        sums.append(view.sum())
        y *= 10
    (gradient,) = grad(sums[0] + sums[1] + sums[2], x)
    assert gradient is not None
    assert gradient.tolist() == [222.0, 0.0]


def test_a_write_through_a_view_reaches_the_others() -> None:
    x = leaf([1.0, 2.0, 3.0])
    y = x * 1
    front, back, whole = y[:2], y[1:], y.view(3, 1)
    front *= 2
    back *= 3
    assert whole.tolist() == [[2.0], [12.0], [9.0]]
    for view, expected in (
        (front, [2.0, 6.0, 0.0]),
        (back, [0, 6.0, 3.0]),
        (whole, [2.0, 6.0, 3.0]),
    ):
        (gradient,) = grad(view.sum(), x, retain_graph=True)
        assert gradient is not None
        assert gradient.tolist() == expected


def test_it_keeps_its_gradient_if_it_did() -> None:
    y = leaf([1.0, 2.0]) * 1
    view = y[:1]
    view.retain_grad()
    y *= 3
    (view * 5).sum().backward()
    assert view.retains_grad
    assert view.grad is not None
    assert view.grad.tolist() == [5.0]


def test_a_leaf_of_its_own_stays_one() -> None:
    y = ones(2, dtype=float64)
    view = y[:1].requires_grad_()
    y *= leaf([2.0, 3.0])
    assert view.is_leaf


def test_threads_ask_at_once() -> None:
    x, view = written_view()
    found: list[Tensor] = []
    threads = [threading.Thread(target=lambda: found.append(view * 1)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in found:
        (gradient,) = grad(one.sum(), x, retain_graph=True)
        assert gradient is not None
        assert gradient.tolist() == [0.0, 6.0, 6.0]


# --- What a write costs


def nodes_of_a_write(views: int) -> int:
    """Return how many nodes two writes make, the second of which finds all views outdated."""
    y = leaf([1.0] * 10) * 1
    kept = [y[i % 10] for i in range(views)]
    before = clock.tick()
    y *= 2
    y *= 2
    made = clock.tick() - before
    assert kept[0].requires_grad
    return made


def test_a_write_costs_the_same_with_many_views() -> None:
    assert nodes_of_a_write(2_000) == nodes_of_a_write(1)


def test_views_that_are_unseen_are_not_looked_through() -> None:
    y = leaf([1.0, 2.0]) * 1
    kept = [y[0] for _ in range(100)]
    y *= 2
    assert y._stamp is not None
    assert not y._stamp.views
    assert kept[7].requires_grad
    assert len(y._stamp.views) == 1


def test_a_long_chain_of_views_is_written() -> None:
    for write_last in (True, False):
        x = leaf([1.0, 2.0])
        y = x * 1
        view = y
        for _ in range(5_000):
            view = view.view(2)
        (view if write_last else y).mul_(3.0)
        (gradient,) = grad((y if write_last else view).sum(), x)
        assert gradient is not None
        assert gradient.tolist() == [3.0, 3.0]
    del view, y
    gc.collect()


# --- Views that were made in no_grad


def test_what_is_recorded_is_nobodys_view() -> None:
    x, same = leaf([1.0, 2.0]), leaf([1.0, 2.0])
    with no_grad():
        computed, first, second = x * 2, x * 3, x * 4
        value, *values = computed.view(2), first.view(2), second.view(2)
    y = record("Double", value, (x, lambda g: g * 2))
    y *= 10
    record_several("Both", values, (same, lambda g, h: g * 3 + h * 4))
    values[1] *= 10
    for output, input, expected in ((y, x, 20.0), (values[0] + values[1], same, 43.0)):
        (gradient,) = grad(output.sum(), input)
        assert gradient is not None
        assert gradient.tolist() == [expected, expected]
    assert [computed.tolist(), first.tolist()] == [[20.0, 40.0], [3.0, 6.0]]  # they are still held


def composed() -> Tensor:
    """Return a view of what nobody else has, as functions do whose last step is a view."""
    with no_grad():
        return (ones(2, 3) * 2).view(3, 2).t()


def test_a_view_of_what_nobody_has_can_be_written() -> None:
    y = composed()
    factor = leaf([5.0]).float()
    y *= factor
    (gradient,) = grad(y.sum(), factor)
    assert gradient is not None
    assert gradient.tolist() == [12.0]


def test_its_views_follow() -> None:
    y = composed()
    view = y[0]
    factor = ones(1, requires_grad=True)
    y *= factor
    (gradient,) = grad(view.sum(), factor)
    assert gradient is not None
    assert gradient.tolist() == [6.0]


def test_a_view_of_what_somebody_has_is_refused() -> None:
    factor = ones(1, requires_grad=True)
    with no_grad():
        y = ones(2, 3) * 2
        views = [y[0], y[0][:1], y.t()]
    for view in views:
        with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
            view *= factor
    (first, second) = views[:2]
    del y, views
    for view in (first, second):  # they have each other's memory
        with pytest.raises(RuntimeError, match="A view was created in no_grad mode"):
            view *= factor
