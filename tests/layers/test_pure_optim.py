"""What is particular to optimizers of pure rules: nothing is changed but by the shell.

The layer is loaded from its folder under a name of its own, so that it can be tested beside ours.
"""

from __future__ import annotations

import inspect
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
from tests.layers.loading import loaded

import minitorch_optim
from minitorch_autograd import Generator, Tensor, float64, ones, randn, tensor

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples/layers/pure-optim/src/minitorch_optim"
NAME: Final = "pure_optim"


@pytest.fixture(scope="module")
def pure() -> Iterator[ModuleType]:
    with loaded(NAME, FOLDER) as module:
        yield module


@pytest.fixture
def rules(pure: ModuleType) -> Any:
    return sys.modules[f"{pure.__name__}._rules"]


def test_names_are_those_of_the_contract(pure: ModuleType) -> None:
    file = ROOT / "packages/minitorch-all/src/minitorch/requires.py"
    contracts = runpy.run_path(str(file))["CONTRACTS"]["minitorch_optim"]
    assert set(pure.__all__) == {name for name in vars(contracts[""]) if not name.startswith("_")}
    methods = {name for name, _ in inspect.getmembers(pure.Adam) if not name.startswith("_")}
    assert methods == {name for name in vars(contracts["Adam"]) if not name.startswith("_")}


CASES: Final = [
    ("SGD", {"lr": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5, "weight_decay": 0.1}),
    ("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    ("Adam", {"lr": 0.1}),
    ("Adam", {"lr": 0.1, "betas": (0.5, 0.75), "eps": 0.1, "weight_decay": 0.1}),
    ("AdamW", {"lr": 0.1, "weight_decay": 0.1}),
]


@pytest.mark.parametrize(("name", "options"), CASES)
def test_steps_are_those_of_our_layer(
    pure: ModuleType, name: str, options: dict[str, object]
) -> None:
    noise = Generator().manual_seed(0)
    ends = []
    gradients = [randn(3, dtype=float64, generator=noise) for _ in range(20)]
    for layer in (pure, minitorch_optim):
        p = tensor([1.0, -2.0, 3.0], dtype=float64, requires_grad=True)
        optimizer = getattr(layer, name)([p], **options)
        for gradient in gradients:
            optimizer.zero_grad()
            p.grad = gradient
            optimizer.step()
        ends.append(p.tolist())
    assert ends[0] == pytest.approx(ends[1], rel=1e-12)


def test_a_rule_changes_nothing(rules: Any) -> None:
    parameter, gradient = tensor([1.0]), tensor([3.0])
    options = rules.AdamOptions(0.1, (0.5, 0.75), 0.0, 0.0)
    start = rules.adam_start(parameter)
    first, state = rules.adam(options, start, gradient, parameter)
    again, _ = rules.adam(options, start, gradient, parameter)
    assert first.tolist() == again.tolist() == pytest.approx([0.9])
    assert (parameter.tolist(), gradient.tolist()) == ([1.0], [3.0])
    assert (start.t, start.m.tolist(), state.t, state.m.tolist()) == (0, [0.0], 1, [1.5])


def test_a_step_can_be_differentiated(rules: Any) -> None:
    """The next loss as a function of the gradient: what learning to learn begins with."""
    gradient = tensor([3.0], requires_grad=True)
    options = rules.SGDOptions(0.1, 0.0, 0.0, 0.0, False)
    parameter, _ = rules.sgd(options, rules.sgd_start(gradient), gradient, tensor([1.0]))
    (parameter * parameter).sum().backward()
    # d (1 - 0.1 g)² / dg = 2 (1 - 0.3) (-0.1)
    assert gradient.grad is not None
    assert gradient.grad.tolist() == pytest.approx([-0.14])


def leaf() -> Tensor:
    p = tensor([1.0], requires_grad=True)
    p.grad = ones(1)
    return p


@pytest.mark.parametrize(
    ("name", "params", "options", "message"),
    [
        ("SGD", [], {}, "optimizer got an empty parameter list"),
        (
            "SGD",
            leaf(),
            {},
            "params argument given to the optimizer should be an iterable of Tensors",
        ),
        ("SGD", [3], {}, "optimizer can only optimize Tensors, got int"),
        ("SGD", [leaf() * 2], {}, "can't optimize a non-leaf Tensor"),
        ("SGD", [leaf()], {"lr": -1}, "Invalid learning rate: -1"),
        ("SGD", [leaf()], {"momentum": -1}, "Invalid momentum value: -1"),
        (
            "SGD",
            [leaf()],
            {"nesterov": True},
            "Nesterov momentum requires a momentum and zero dampening",
        ),
        ("Adam", [leaf()], {"betas": (0.9, 1.0)}, "Invalid beta parameter at index 1: 1.0"),
        ("Adam", [leaf()], {"eps": -1.0}, "Invalid epsilon value: -1.0"),
        ("AdamW", [leaf()], {"weight_decay": -1.0}, "Invalid weight_decay value: -1.0"),
    ],
)
def test_errors_are_torch_s(
    pure: ModuleType, name: str, params: list[Tensor], options: dict[str, object], message: str
) -> None:
    with pytest.raises((TypeError, ValueError)) as error:
        getattr(pure, name)(params, **options)
    assert str(error.value) == message
