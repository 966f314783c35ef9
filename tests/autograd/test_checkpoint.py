"""A checkpoint changes what is remembered, and nothing else."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from minitorch_autograd import (
    Node,
    Tensor,
    default_generator,
    float64,
    grad,
    manual_seed,
    no_grad,
    rand,
    tensor,
)
from minitorch_autograd.checkpoint import checkpoint, checkpoint_sequential


def leaf(*values: float) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


def directly(function: Callable[..., object], *args: object) -> object:
    return function(*args)


@pytest.mark.parametrize("call", [directly, checkpoint])
def test_gradients_arrive_everywhere(call: Callable[..., tuple[Tensor, Tensor]]) -> None:
    w, x = leaf(0.5, 2.0), leaf(1.0, 3.0)
    h = x * w  # leads to both, and both are used again inside

    def function(a: Tensor) -> tuple[Tensor, Tensor]:
        return a * w * h + x, a * 2

    y, z = call(function, h)
    (y * z).sum().backward()
    # y z = 2 w^4 x^3 + 2 w x^2, with w by hand
    assert w.grad is not None
    assert x.grad is not None
    assert w.grad.tolist() == [8 * 0.125 + 2 * 1.0, 8 * 8.0 * 27 + 2 * 9.0]
    assert x.grad.tolist() == [6 * 0.0625 + 4 * 0.5, 6 * 16.0 * 9 + 4 * 2.0 * 3]


def test_gradients_are_differentiable() -> None:
    w, x = leaf(0.5), leaf(3.0)
    y = checkpoint(lambda a: a * a * w, x * 2)
    (dx,) = grad(y, x, create_graph=True)  # 8 w x
    dw, dxx = grad(dx, [w, x])
    assert (dx.item(), dw.item(), dxx.item()) == (12.0, 24.0, 4.0)


def test_checkpoints_nest() -> None:
    x = leaf(3.0)
    checkpoint(lambda a: checkpoint(lambda b: b * b, a) * a, x).backward()
    assert x.grad is not None
    assert x.grad.item() == 27.0


def test_a_graph_that_is_retained_is_walked_again() -> None:
    x = leaf(3.0)
    y = checkpoint(lambda a: a * a, x)
    y.backward(retain_graph=True)
    y.backward()
    assert x.grad is not None
    assert x.grad.item() == 12.0
    with pytest.raises(RuntimeError, match="a second time"):
        y.backward()


def test_what_else_is_returned_stays() -> None:
    x = leaf(1.0, 2.0)
    y, same, n = checkpoint(lambda a, k: (a * k, [a], 3), x, k=2)
    assert y.requires_grad
    assert same[0] is x
    assert n == 3
    assert checkpoint(lambda a: a > 1, x).tolist() == [False, True]
    with no_grad():
        assert not checkpoint(lambda a: a * 2, x).requires_grad


def test_random_numbers_are_the_same_in_both_runs() -> None:
    x = leaf(1.0, 1.0)
    manual_seed(0)
    y = checkpoint(lambda a: a * rand(2), x)
    after = default_generator.get_state().tolist()
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == y.tolist()
    assert default_generator.get_state().tolist() == after


def test_random_numbers_go_on_if_told_so() -> None:
    x = leaf(1.0, 1.0)
    y = checkpoint(lambda a: a * rand(2), x, preserve_rng_state=False)
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() != y.tolist()


def test_contexts_surround_each_run() -> None:
    seen = []

    @contextmanager
    def around(name: str) -> Iterator[None]:
        seen.append(name)
        yield

    x = leaf(1.0)
    y = checkpoint(
        lambda a: a * a, x, use_reentrant=False, context_fn=lambda: (around("1"), around("2"))
    )
    assert seen == ["1"]
    y.backward()
    assert seen == ["1", "2"]


def test_other_shapes_pass_where_nothing_is_checked() -> None:
    shapes = iter([(2,), (1, 2)])
    x = leaf(1.0, 2.0)
    y = checkpoint(lambda a: (a * 2).reshape(next(shapes)), x, determinism_check="none")
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [2.0, 2.0]


def nodes() -> int:
    gc.collect()
    # `isinstance` would ask objects that warn of being asked.
    return sum(issubclass(type(one), Node) for one in gc.get_objects())


def test_less_is_remembered() -> None:
    steps: list[Callable[[Tensor], Tensor]] = [lambda a: a.exp().tanh()] * 20
    before = nodes()

    def alive(y: Tensor) -> int:
        return nodes() - before

    x = leaf(0.5)
    y = x
    for step in steps:
        y = step(y)
    (expected,) = grad(y, x, retain_graph=True)
    assert alive(y) == 1 + 40
    y = checkpoint_sequential(steps, 5, x)
    # Of each of four checkpoints its node and that of its output; of the last segment all.
    assert alive(y) == 1 + 4 * 2 + 8
    (found,) = grad(y, x)
    assert found.tolist() == expected.tolist()


def test_segments_cover_all_functions() -> None:
    steps: list[Callable[[Tensor], Tensor]] = [lambda a, k=k: a * 2 + k for k in range(5)]  # type: ignore[misc]
    for segments in range(1, 6):
        x = leaf(1.0)
        y = checkpoint_sequential(steps, segments, x)
        y.backward()
        assert x.grad is not None
        assert (y.item(), x.grad.item()) == (32.0 + 0 + 8 + 8 + 6 + 4, 32.0)
