"""Large parameters are updated in blocks, by several threads, and nothing one can see tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.optim.optimizers import ELEMENTWISE

import minitorch_optim
from minitorch_autograd import Generator, Tensor, equal, ones, randn, zeros
from minitorch_optim import SGD, Optimizer
from minitorch_optim.engine.blockwise import LARGE
from minitorch_optim.rules import Options, ParamGroup, Rule

COLUMNS = 64
ROWS = LARGE // COLUMNS + 1000  # in blocks that are not all alike


def noise(shape: tuple[int, ...], seed: int) -> Tensor:
    return randn(shape, generator=Generator().manual_seed(seed))


def run(
    make: Callable[[list[Tensor]], Optimizer],
    shapes: Sequence[tuple[int, ...]],
    change: Callable[[Any], None] = lambda group: None,
) -> tuple[list[Tensor], dict[tuple[int, str], Tensor]]:
    """Make four steps, with options changed before the third; return all that can be seen."""
    params = [noise(shape, i).requires_grad_() for i, shape in enumerate(shapes)]
    optimizer = make(params)
    for step in range(4):
        if step == 2:
            change(optimizer.param_groups[0])
        for i, p in enumerate(params):
            p.grad = noise(p.shape, 100 * (step + 1) + i)
        optimizer.step()
    return params, {
        (number, name): value
        for number, state in optimizer.state_dict()["state"].items()
        for name, value in state.items()
        if isinstance(value, Tensor)
    }


def assert_same(one: Any, other: Any) -> None:
    (params, states), (other_params, other_states) = one, other
    assert states.keys() == other_states.keys()
    assert all(equal(p, q) for p, q in zip(params, other_params, strict=True))
    assert all(equal(value, other_states[key]) for key, value in states.items())


def whole(make: Callable[..., Optimizer]) -> Callable[[list[Tensor]], Optimizer]:
    """Return a maker of the same optimizer, which takes each parameter alone and at once."""

    def made(params: list[Tensor]) -> Optimizer:
        optimizer = make(params)
        assert optimizer._rule is not None
        optimizer._rule = replace(optimizer._rule, small=0)
        return optimizer

    return made


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_a_large_parameter(name: str) -> None:
    make = getattr(minitorch_optim, name)
    shapes = [(ROWS, COLUMNS), (3,)]
    assert_same(run(make, shapes), run(whole(make), shapes))


def test_many_small_ones() -> None:
    shapes = [(100, 100)] * (LARGE // 10_000 + 5)
    make = minitorch_optim.Adam
    assert_same(run(make, shapes), run(whole(make), shapes))


def momentum(group: Any) -> None:
    group["momentum"] = 0.9


def amsgrad(group: Any) -> None:
    group["amsgrad"] = True


@pytest.mark.parametrize(("name", "change"), [("SGD", momentum), ("Adam", amsgrad)])
def test_an_option_that_is_switched_on_later(name: str, change: Callable[[Any], None]) -> None:
    make = getattr(minitorch_optim, name)
    shapes = [(ROWS, COLUMNS)]
    ours = run(make, shapes, change)
    assert_same(ours, run(whole(make), shapes, change))
    assert len(ours[1]) > len(run(make, shapes)[1])


def test_a_rule_that_adds_to_its_state_late_is_refused() -> None:
    def start(parameter: Tensor, options: Options) -> dict[str, Tensor]:
        return {"step": zeros(())}

    def late(
        parameter: Tensor, gradient: Tensor, state: dict[str, Tensor], options: Options
    ) -> None:
        if state["step"].add_(1.0).item() == 3:
            state["more"] = gradient.clone()

    rule: Rule[Options, dict[str, Tensor]] = Rule(start, late, lambda options: None, small=10)
    p = ones(ROWS, COLUMNS).requires_grad_()
    p.grad = ones(ROWS, COLUMNS)
    optimizer = Optimizer[ParamGroup, dict[str, Tensor]]([p], {"lr": 0.1}, rule)
    optimizer.step()
    optimizer.step()
    text = "late: a rule may add to its state in a step with new options only, but added ['more']"
    with pytest.raises(RuntimeError, match=re.escape(text)):
        optimizer.step()


def test_a_rate_may_change_from_step_to_step() -> None:
    def slower(group: Any) -> None:
        group["lr"] = 1e-4

    shapes = [(ROWS, COLUMNS)]

    def make(params: list[Tensor]) -> Optimizer:
        return SGD(params, lr=0.1, momentum=0.9)

    assert_same(run(make, shapes, slower), run(whole(make), shapes, slower))
