"""Whether operations are recorded: by blocks, by decorators, and in each thread by itself."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from minitorch_autograd import enable_grad, is_grad_enabled, no_grad, ones, set_grad_enabled

MODES: dict[str, tuple[Callable[[], no_grad | set_grad_enabled], bool]] = {
    "no_grad()": (no_grad, False),
    "enable_grad()": (enable_grad, True),
    "set_grad_enabled(False)": (lambda: set_grad_enabled(False), False),
    "set_grad_enabled(True)": (lambda: set_grad_enabled(True), True),
}

each_mode = pytest.mark.parametrize("name", MODES)
either_way = pytest.mark.parametrize("before", [True, False], ids=["recording", "not recording"])


def recorded() -> bool:
    """Tell whether operations are recorded, and make sure that the switch says the same."""
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
    with no_grad():
        thread = Thread(target=lambda: seen.append(recorded()))
        thread.start()
        thread.join()
        assert not recorded()
    assert seen == [True]
