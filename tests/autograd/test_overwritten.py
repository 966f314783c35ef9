"""Values overwritten between forward and backward: the right gradient or the error, in all rows."""

from __future__ import annotations

import dataclasses
import functools
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from tests.cases.case import Case
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.overwriting import outcomes, walked_twice
from tests.cases.table import CASES

import minitorch
from minitorch_autograd import (
    Function,
    Tensor,
    cat,
    float64,
    no_grad,
    record,
    record_several,
    record_with_output,
    tensor,
)
from minitorch_autograd.checkpoint import checkpoint

DIFFERENTIABLE = [case for case in CASES if case.first and case.name not in ("unique", "bincount")]

# --- Laws over all operations and modules


@pytest.mark.relies_on("tensor")
@pytest.mark.relies_on("nn")
@pytest.mark.parametrize("row", DIFFERENTIABLE, ids=str)
def test_every_tensor_of_an_operation(row: Case) -> None:
    found = outcomes(minitorch, row)
    assert "wrong" not in found.values(), found
    assert walked_twice(minitorch, row)


@pytest.mark.relies_on("tensor")
@pytest.mark.relies_on("nn")
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("row", MODULES, ids=str)
def test_every_tensor_of_a_module(row: ModuleCase, training: bool) -> None:
    found = outcomes(minitorch, row, training)
    assert "wrong" not in found.values(), found
    assert walked_twice(minitorch, row)


# --- However a rule holds its tensor

Rule = Callable[[Tensor], Tensor]


class Slots:
    __slots__ = ("y",)

    def __init__(self, y: Tensor) -> None:
        self.y = y

    def rule(self, g: Tensor) -> Tensor:
        return g * self.y


class Called:
    def __init__(self, y: Tensor) -> None:
        self.held = {"inside": [y]}

    def __call__(self, g: Tensor) -> Tensor:
        return g * self.held["inside"][0]


class Pair(NamedTuple):
    name: str
    y: Tensor


@dataclasses.dataclass
class Record:
    y: Tensor


def scaled(y: Tensor, g: Tensor) -> Tensor:
    return g * y


def scaled_by_name(g: Tensor, *, y: Tensor) -> Tensor:
    return g * y


def with_default(y: Tensor) -> Rule:
    def rule(g: Tensor, y: Tensor = y) -> Tensor:
        return g * y

    return rule


def with_keyword_default(y: Tensor) -> Rule:
    def rule(g: Tensor, *, y: Tensor = y) -> Tensor:
        return g * y

    return rule


def nested(y: Tensor) -> Rule:
    def inner(g: Tensor) -> Tensor:
        return g * y

    return lambda g: inner(g)


def recursive(y: Tensor) -> Rule:
    def rule(g: Tensor, depth: int = 2) -> Tensor:
        return rule(g, depth - 1) if depth else g * y

    return rule


def half_made(y: Tensor) -> Rule:
    def rule(g: Tensor) -> Tensor:
        return g * y if y is not None else later

    if y is None:
        later = y  # a cell that stays empty
    return rule


def wrapped(y: Tensor) -> Rule:
    @functools.wraps(scaled)
    def rule(g: Tensor) -> Tensor:
        return scaled(y, g)

    return rule


def with_attribute(y: Tensor) -> Rule:
    def rule(g: Tensor) -> Tensor:
        held: Tensor = vars(rule)["y"]
        return g * held

    vars(rule)["y"] = y
    return rule


def within(held: Any, take: Callable[[Any], Tensor]) -> Rule:
    return lambda g: g * take(held)


def in_a_cycle(y: Tensor) -> Rule:
    held: list[Any] = [y]
    held.append(held)
    return lambda g: g * held[0]


HOLDS: dict[str, Callable[[Tensor], Rule]] = {
    "a closure": lambda y: lambda g: g * y,
    "a closure of a closure": nested,
    "a function that calls itself": recursive,
    "beside an empty cell": half_made,
    "a default argument": with_default,
    "a keyword default": with_keyword_default,
    "a partial": lambda y: functools.partial(scaled, y),
    "a partial by keyword": lambda y: functools.partial(scaled_by_name, y=y),
    "a bound method": lambda y: Slots(y).rule,
    "a method of the tensor": lambda y: y.mul,
    "an object that is called": Called,
    "a tuple": lambda y: within((2, y), lambda held: held[1]),
    "a list": lambda y: within([y], lambda held: held[0]),
    "a dictionary": lambda y: within({"y": y}, lambda held: held["y"]),
    "a named tuple": lambda y: within(Pair("y", y), lambda held: held.y),
    "a data class": lambda y: within(Record(y), lambda held: held.y),
    "a deque": lambda y: within(deque([y]), lambda held: held[0]),
    "a list within itself": in_a_cycle,
    "a decorated function": wrapped,
    "a cached function": lambda y: functools.lru_cache(lambda g: g * y),
    "an attribute of the function": with_attribute,
}
RECORDS: dict[str, Callable[[Tensor, Rule], Tensor]] = {
    "record": lambda x, rule: record("Own", x.detach() * 3, (x, rule)),
    "record_with_output": lambda x, rule: record_with_output(
        "Own", x.detach() * 3, (x, functools.partial(lambda rule, g, y: rule(g), rule))
    ),
    "record_several": lambda x, rule: record_several("Own", [x.detach() * 3], (x, rule))[0],
}


@pytest.mark.parametrize("how", HOLDS)
@pytest.mark.parametrize("form", RECORDS)
def test_a_rule_is_looked_through(how: str, form: str) -> None:
    for overwritten in (False, True):
        x = tensor([2.0, 5.0], requires_grad=True)
        y = tensor([3.0, 3.0])
        out = RECORDS[form](x, HOLDS[how](y)).sum()
        if not overwritten:
            out.backward()
            assert x.grad is not None
            assert x.grad.tolist() == [3.0, 3.0]
            continue
        y.detach()[0] = 1.0
        with pytest.raises(RuntimeError, match="Own: one of the variables needed for gradient"):
            out.backward()


BESIDE = tensor([3.0, 3.0])


class Beside:
    shared = tensor([3.0, 3.0])

    def rule(self, g: Tensor) -> Tensor:
        return g * self.shared


def test_what_belongs_to_a_module_or_a_class_is_not_the_rules() -> None:
    x = tensor([2.0, 5.0], requires_grad=True)
    y = x * 1.0
    outputs = [
        record("Own", x.detach() * 3, (x, lambda g: g * BESIDE)),
        record("Own", x.detach() * 3, (x, Beside().rule)),
        record("Own", x.detach() * 3, (x, functools.partial(lambda node, g: g, y._node))),
    ]
    for one in (BESIDE, Beside.shared, y):
        with no_grad():
            one.mul_(1.0)
    for output in outputs:
        output.sum().backward()


# --- Operations that know themselves what is to be looked at


class Square(Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.noted = x
        return x * x

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Tensor:
        noted: Tensor = ctx.noted
        return g * noted * 2


def test_what_is_only_noted_on_ctx_is_not_looked_at() -> None:
    x = tensor([2.0, 5.0], requires_grad=True)
    y = Square.apply(x)
    with no_grad():
        x.add_(1.0)
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [6.0, 12.0]


@pytest.mark.parametrize("part", ["argument", "parameter"])
def test_a_checkpoint_is_not_run_again_with_other_values(part: str) -> None:
    x = tensor([2.0, 5.0], dtype=float64, requires_grad=True)
    w = tensor([3.0, 3.0], dtype=float64, requires_grad=True)
    y: Any = checkpoint(lambda x: cat([x, w]).tanh(), x, use_reentrant=False)
    with no_grad():
        {"argument": x, "parameter": w}[part].add_(1.0)
    with pytest.raises(RuntimeError, match="CheckpointBackward: one of the variables needed"):
        y.sum().backward()
