"""Small parameters are updated in buckets, and nothing that one can see tells so."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minitorch_autograd import Generator, Tensor, float32, float64, no_grad, ones, randn, zeros
from minitorch_optim import SGD, Adam, Optimizer
from minitorch_optim.rules import ADAM_RULE, AdamGroup, AdamState

# The last two stay alone: one has no dimensions, one is too large.
SHAPES = [(2, 3), (4,), (1, 2), (0,), (), (200, 100)]


def noise(shape: tuple[int, ...], seed: int) -> Tensor:
    return randn(shape, dtype=float64, generator=Generator().manual_seed(seed))


def parameters() -> list[Tensor]:
    return [noise(shape, seed).requires_grad_() for seed, shape in enumerate(SHAPES)]


def give(params: Sequence[Tensor], step: int, without: Sequence[int] = ()) -> None:
    for i, p in enumerate(params):
        p.grad = None if i in without else noise(p.shape, 100 * (step + 1) + i)


def one_by_one(params: list[Tensor]) -> Optimizer:
    rule = replace(ADAM_RULE, small=0)
    return Optimizer[AdamGroup, AdamState](params, Adam(params).defaults, rule)


def numbers(optimizer: Optimizer, params: Sequence[Tensor]) -> list[object]:
    """Return all that can be seen of parameters and states."""
    states = optimizer.state_dict()["state"]
    seen: list[object] = [p.tolist() for p in params]
    return seen + [
        (number, name, value.tolist())
        for number, state in states.items()
        for name, value in state.items()
        if isinstance(value, Tensor)
    ]


missing = st.lists(st.integers(0, len(SHAPES) - 1), max_size=3)


@given(st.lists(missing, min_size=1, max_size=5))
def test_together_is_as_one_by_one(without: list[list[int]]) -> None:
    together, apart = parameters(), parameters()
    optimizers = Adam(together), one_by_one(apart)
    for step, absent in enumerate(without):
        give(together, step, absent)
        give(apart, step, absent)
        for optimizer in optimizers:
            optimizer.step()
    assert numbers(optimizers[0], together) == numbers(optimizers[1], apart)


@given(missing)
def test_a_loaded_state_goes_on(absent: list[int]) -> None:
    whole, first, second = parameters(), parameters(), parameters()
    straight, before = Adam(whole), Adam(first)
    for step in range(3):
        for params, optimizer in ((whole, straight), (first, before)):
            give(params, step, absent if step == 1 else ())
            optimizer.step()
    after = Adam(second)
    after.load_state_dict(before.state_dict())
    with no_grad():
        for p, q in zip(second, first, strict=True):
            p.copy_(q)
    for step in range(3, 5):
        for params, optimizer in ((whole, straight), (second, after)):
            give(params, step)
            optimizer.step()
    assert numbers(after, second) == numbers(straight, whole)


def test_a_record_of_the_state_is_seen_to_change() -> None:
    params = parameters()
    optimizer = Adam(params)
    give(params, 0)
    optimizer.step()
    records = [optimizer.state[p] for p in params]
    before = [record["exp_avg"].tolist() for record in records]
    give(params, 1)
    optimizer.step()
    for p, record, old in zip(params, records, before, strict=True):
        assert record["step"].item() == 2
        assert record["exp_avg"].shape == p.shape
        assert record["exp_avg"].tolist() != old or not old


def test_a_record_may_be_written() -> None:
    params = [zeros(3, requires_grad=True), zeros(2, requires_grad=True)]
    for p in params:
        p.grad = ones(p.shape)
    optimizer = Adam(params, betas=(0.5, 0.5))
    optimizer.step()
    with no_grad():
        optimizer.state[params[0]]["exp_avg"].zero_()
    optimizer.step()
    assert optimizer.state[params[0]]["exp_avg"].tolist() == [0.5, 0.5, 0.5]
    assert optimizer.state[params[1]]["exp_avg"].tolist() == [0.75, 0.75]


def test_a_parameter_may_be_written_between_steps() -> None:
    params = [zeros(3, requires_grad=True), zeros(2, requires_grad=True)]
    for p in params:
        p.grad = ones(p.shape)
    optimizer = SGD(params, lr=0.5)
    optimizer.step()
    with no_grad():
        params[0].zero_()
    optimizer.step()
    assert [p.tolist() for p in params] == [[-0.5, -0.5, -0.5], [-1.0, -1.0]]


def test_element_types_are_not_mixed() -> None:
    params = [
        zeros(2, dtype=dtype, requires_grad=True) for dtype in (float32, float64, float32, float64)
    ]
    for p in params:
        p.grad = ones(2, dtype=p.dtype)
    optimizer = Adam(params, lr=0.1, eps=0.0)
    optimizer.step()
    for p in params:
        assert optimizer.state[p]["exp_avg"].dtype is p.dtype
    assert params[0].tolist() == params[2].tolist() == pytest.approx([-0.1, -0.1], rel=1e-6)
    assert params[1].tolist() == params[3].tolist() == pytest.approx([-0.1, -0.1], rel=1e-14)


def test_a_state_that_begins_later_is_seen_in_every_record() -> None:
    params = parameters()
    optimizer = Adam(params)
    for step in range(2):
        optimizer.param_groups[0]["amsgrad"] = step == 1
        give(params, step)
        optimizer.step()
    for p in params:
        state = optimizer.state[p]
        assert state["max_exp_avg_sq"].tolist() == state["exp_avg_sq"].tolist()


def test_many_parameters_fill_several_buckets() -> None:
    params = [zeros(50, 100, requires_grad=True) for _ in range(15)]
    for p in params:
        p.grad = ones(p.shape)
    optimizer = SGD(params, lr=1.0)
    optimizer.step()
    assert [p.sum().item() for p in params] == [-5_000] * 15
