"""Whether operations are recorded: by blocks, by decorators, and in each thread by itself."""

from __future__ import annotations

from collections.abc import Callable, Generator
from threading import Thread
from typing import assert_type

import pytest

from minitorch_autograd import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    ones,
    set_grad_enabled,
)
from minitorch_autograd.engine.modes import Mode, rare_modes

MODES: dict[str, tuple[Callable[[], Mode], bool]] = {
    "no_grad()": (no_grad, False),
    "enable_grad()": (enable_grad, True),
    "set_grad_enabled(False)": (lambda: set_grad_enabled(False), False),
    "set_grad_enabled(True)": (lambda: set_grad_enabled(True), True),
    "inference_mode(False)": (lambda: inference_mode(False), True),
}

each_mode = pytest.mark.parametrize("name", MODES)
either_way = pytest.mark.parametrize("before", [True, False], ids=["recording", "not recording"])


def recorded() -> bool:
    """Return whether operations are recorded, and make sure that the switch says the same."""
    is_recorded = (ones(1, requires_grad=True) * 2).requires_grad
    assert is_grad_enabled() is is_recorded
    return is_recorded


@each_mode
@either_way
def test_a_block(name: str, before: bool) -> None:
    mode, inside = MODES[name]
    with set_grad_enabled(before):
        with mode():
            assert recorded() is inside
        assert recorded() is before


@each_mode
@either_way
def test_a_block_that_ends_with_an_error(name: str, before: bool) -> None:
    mode, _ = MODES[name]
    with set_grad_enabled(before):
        with pytest.raises(KeyError), mode():
            raise KeyError
        assert recorded() is before


@pytest.mark.parametrize("outer", MODES)
@pytest.mark.parametrize("inner", MODES)
def test_a_block_in_a_block(outer: str, inner: str) -> None:
    with MODES[outer][0]():
        with MODES[inner][0]():
            assert recorded() is MODES[inner][1]
        assert recorded() is MODES[outer][1]
    assert recorded()


@each_mode
@either_way
def test_a_decorator(name: str, before: bool) -> None:
    mode, inside = MODES[name]

    def factorial(n: int) -> int:
        """Multiply 1 to n."""
        assert recorded() is inside
        return n * decorated(n - 1) if n else 1  # a call in a call

    with set_grad_enabled(before):
        decorated = mode()(factorial)
        assert recorded() is before
        assert decorated(4) == 24
        assert recorded() is before
    assert (decorated.__name__, decorated.__doc__) == ("factorial", "Multiply 1 to n.")


@pytest.mark.parametrize("bare", [no_grad, inference_mode])
def test_a_decorator_without_brackets(
    bare: Callable[[Callable[[int], bool]], Callable[[int], bool]],
) -> None:
    def odd(n: int) -> bool:
        assert not recorded()
        return n % 2 == 1

    assert bare(odd)(3)
    assert recorded()
    assert_type(no_grad(odd)(3), bool)
    with no_grad():
        assert enable_grad(recorded)()

    class Model:
        @no_grad
        def forward(self) -> bool:
            return recorded()

    assert not Model().forward()


def test_a_decorated_generator_is_in_the_mode_while_it_runs() -> None:
    closed = []

    @no_grad()
    def steps(first: int) -> Generator[int, str, str]:
        try:
            assert not recorded()
            sent = yield first
            assert (sent, recorded()) == ("sent", False)
            try:
                yield 2
            except KeyError:
                assert not recorded()
                yield 3
            return "end"
        finally:
            closed.append(recorded())

    running = steps(1)
    assert next(running) == 1
    assert recorded()
    assert running.send("sent") == 2
    assert recorded()
    assert running.throw(KeyError()) == 3
    with pytest.raises(StopIteration) as end:
        next(running)
    assert end.value.value == "end"
    waiting = steps(1)
    next(waiting)
    waiting.close()
    assert closed == [False, False]
    assert recorded()


def test_at_once() -> None:
    set_grad_enabled(False)
    try:
        assert not recorded()
    finally:
        set_grad_enabled(True)
    assert recorded()


def test_leaves_are_leaves_in_every_mode() -> None:
    with no_grad():
        x = ones(1, requires_grad=True)
        (x * 2).requires_grad_()
    assert x.requires_grad
    (x * 3).backward()
    assert x.grad is not None


def test_a_graph_is_walked_in_every_mode() -> None:
    x = ones(1, requires_grad=True)
    y = x * x
    with no_grad():
        y.backward(create_graph=True)
        assert not is_grad_enabled()
    assert x.grad is not None
    assert x.grad.requires_grad
    assert is_grad_enabled()


def test_a_walk_that_fails_leaves_the_mode_as_it_was() -> None:
    y = (ones(1, requires_grad=True) * 2).sum()
    y.backward()
    with pytest.raises(RuntimeError, match="a second time"):
        y.backward()
    assert recorded()


def test_each_thread_by_itself() -> None:
    seen = []
    for mode in (no_grad(), inference_mode()):
        with mode:
            thread = Thread(target=lambda: seen.append((recorded(), ones(1).is_inference())))
            thread.start()
            thread.join()
            assert not recorded()
    assert seen == [(True, False)] * 2


# --- Inference mode


def test_what_inference_mode_makes_is_no_part_of_a_graph() -> None:
    x = ones(2, requires_grad=True)
    with inference_mode():
        assert is_inference_mode_enabled()
        assert not recorded()
        made, computed, seen = ones(2), x * 2, x[:1]
        made.add_(1)
        with inference_mode(False):
            assert (is_inference_mode_enabled(), recorded()) == (False, True)
            assert not ones(2).is_inference()
        with enable_grad():
            assert not (ones(1, requires_grad=True) * 2).requires_grad
    assert not is_inference_mode_enabled()
    assert [one.is_inference() for one in (x, made, computed, seen)] == [False, True, True, False]
    # Outside it can be looked at, and have a part where no rule needs it.
    assert made[:1].is_inference()
    assert made.detach().is_inference()
    assert not made.clone().is_inference()
    assert not (made * 2).is_inference()
    assert (x + made).requires_grad
    (x * made.clone()).sum().backward()


def test_operations_look_twice_only_while_there_is_a_reason() -> None:
    assert not rare_modes
    with inference_mode():
        assert rare_modes
        made = ones(2)
    assert rare_modes
    del made
    assert not rare_modes


def test_a_mode_around_a_walk() -> None:
    x = ones(2, requires_grad=True)
    y = (x * x).sum()
    with inference_mode():
        y.backward()
    assert x.grad is not None
    assert x.grad.tolist() == [2.0, 2.0]
