"""Hooks of steps and of state dicts, of one optimizer and of all."""

from __future__ import annotations

from typing import Any

import pytest

from minitorch_autograd import Tensor, tensor
from minitorch_optim import SGD, Optimizer, StateDict
from minitorch_optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

Arguments = tuple[tuple[Any, ...], dict[str, Any]]


def sgd() -> SGD:
    p = tensor([1.0], requires_grad=True)
    p.grad = tensor([1.0])
    return SGD([p], lr=0.5)


def parameter(optimizer: Optimizer) -> Tensor:
    return optimizer.param_groups[0]["params"][0]


def test_step_hooks_are_called_in_order_and_removed() -> None:
    calls: list[str] = []
    optimizer = sgd()

    def seen(name: str, expected: float) -> Any:
        def hook(one: Optimizer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
            assert one is optimizer and args == (optimizer,) and kwargs == {}
            assert parameter(one).tolist() == [expected]
            calls.append(name)

        return hook

    handles = [
        optimizer.register_step_pre_hook(seen("before", 1.0)),
        optimizer.register_step_post_hook(seen("after", 0.5)),
        register_optimizer_step_pre_hook(seen("before all", 1.0)),
        register_optimizer_step_post_hook(seen("after all", 0.5)),
    ]
    optimizer.step()
    assert calls == ["before all", "before", "after", "after all"]
    for handle in handles:
        handle.remove()
    optimizer.step()
    assert len(calls) == 4


def test_a_pre_hook_may_change_the_arguments() -> None:
    optimizer = sgd()

    def without_closure(one: Optimizer, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Arguments:
        return (one, None), {}

    def closure() -> float:
        raise AssertionError("replaced by the hook")

    with optimizer.register_step_pre_hook(without_closure):
        optimizer.step(closure)
    assert parameter(optimizer).tolist() == [0.5]


def test_a_pre_hook_that_returns_something_else() -> None:
    optimizer = sgd()
    optimizer.register_step_pre_hook(lambda one, args, kwargs: 3)  # type: ignore[arg-type, return-value]
    with pytest.raises(RuntimeError) as error:
        optimizer.step()
    assert str(error.value) == (
        "Optimizer.step must return None or a tuple of (new_args, new_kwargs), but got 3: "
        "a pre hook did"
    )
    assert parameter(optimizer).tolist() == [1.0]


def test_a_step_of_one_s_own_has_hooks() -> None:
    class Own(Optimizer):
        def step(self, closure: object = None) -> None:  # type: ignore[override]  # ignores it
            calls.append("step")

    calls: list[str] = []
    own = Own([tensor([1.0], requires_grad=True)], {"lr": 1.0})
    own.register_step_pre_hook(lambda one, args, kwargs: calls.append("before"))
    own.register_step_post_hook(lambda one, args, kwargs: calls.append("after"))
    own.step()
    assert calls == ["before", "step", "after"]


def test_state_dict_hooks() -> None:
    optimizer, calls = sgd(), []

    def renamed(one: Optimizer, state_dict: StateDict) -> StateDict:
        calls.append("post")
        return {**state_dict, "state": {0: {"name": "w"}}}

    optimizer.register_state_dict_pre_hook(lambda one: calls.append("pre"))
    optimizer.register_state_dict_pre_hook(lambda one: calls.append("first"), prepend=True)
    optimizer.register_state_dict_post_hook(renamed)
    assert optimizer.state_dict()["state"] == {0: {"name": "w"}}
    assert calls == ["first", "pre", "post"]


def test_load_state_dict_hooks() -> None:
    optimizer, calls = sgd(), []
    saved = optimizer.state_dict()

    def faster(one: Optimizer, state_dict: StateDict) -> StateDict:
        calls.append("pre")
        groups = [{**group, "lr": 4.0} for group in state_dict["param_groups"]]
        return {**state_dict, "param_groups": groups}

    def loaded(one: Optimizer) -> None:
        calls.append(f"post {one.param_groups[0]['lr']}")

    optimizer.register_load_state_dict_pre_hook(faster)
    optimizer.register_load_state_dict_post_hook(loaded)
    optimizer.load_state_dict(saved)
    assert calls == ["pre", "post 4.0"]
    assert saved["param_groups"][0]["lr"] == 0.5
