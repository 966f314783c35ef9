"""What holds for every rule, and the first steps of each by numbers that a hand can follow."""

from __future__ import annotations

import itertools
import re
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.optim.optimizers import ELEMENTWISE
from tests.optim.walking import places

import minitorch_optim
from minitorch_autograd import Generator, Tensor, float64, no_grad, randn, tensor
from minitorch_optim import Optimizer, rules

# The path of a parameter that begins at 1, step by step.
PATHS: list[tuple[str, dict[str, object], list[float], list[float]]] = [
    # v = 0.5 x 4, then 0.5 x 2 + 0.5 x 1; the step is g / √v
    (
        "RMSprop",
        {"lr": 0.1, "alpha": 0.5, "eps": 0.0},
        [2.0, 1.0],
        [1 - 0.2 / sqrt(2), 1 - 0.2 / sqrt(2) - 0.1 / sqrt(1.5)],
    ),
    # v = 2 and m = 1: v - m² = 1
    ("RMSprop", {"lr": 0.1, "alpha": 0.5, "eps": 0.0, "centered": True}, [2.0], [0.8]),
    ("RMSprop", {"lr": 0.1, "alpha": 0.75, "eps": 1.0}, [2.0], [0.9]),
    # the first step again, half of it, when there is no gradient any more
    ("RMSprop", {"lr": 0.1, "alpha": 0.75, "eps": 1.0, "momentum": 0.5}, [2.0, 0.0], [0.9, 0.85]),
    # s = 9, then 9 + 16; g / √s = 1, 4 / 5
    ("Adagrad", {"lr": 0.1, "eps": 0.0}, [3.0, 4.0], [0.9, 0.82]),
    ("Adagrad", {"lr": 0.1, "eps": 0.0, "lr_decay": 1.0}, [3.0, 4.0], [0.9, 0.86]),
    ("Adagrad", {"lr": 0.1, "eps": 2.0, "initial_accumulator_value": 7.0}, [3.0], [0.95]),
    # v + ε = 1 + 3, u + ε = 3: d = g √3 / 2
    ("Adadelta", {"rho": 0.75, "eps": 3.0}, [2.0], [1 - sqrt(3)]),
    # then u = 0.75 + 0, and v = 0.75: d = √3.75 / √(0.75 + 0.25 + 3)
    (
        "Adadelta",
        {"rho": 0.75, "eps": 3.0},
        [2.0, 1.0],
        [1 - sqrt(3), 1 - sqrt(3) - sqrt(3.75) / sqrt(0.75 + 0.25 + 3)],
    ),
    # m / (1 - β₁ᵗ) = 3, then (0.5 x 1.5 + 0.5 x 1) / 0.75; u = 3, then 1.5
    ("Adamax", {"lr": 0.1, "betas": (0.5, 0.5), "eps": 0.0}, [3.0], [0.9]),
    (
        "Adamax",
        {"lr": 0.1, "betas": (0.5, 0.5), "eps": 0.0},
        [3.0, -1.0],
        [0.9, 0.9 - 0.1 * (0.25 / 0.75) / 1.5],
    ),
    ("Adamax", {"lr": 0.1, "betas": (0.5, 0.5), "eps": 1.0}, [-3.0], [1 + 0.1 * 0.75]),
    # without a decay μ = β₁ / 2 = 0.25: d = 0.25 m / (1 - 0.0625) + 0.75 g / 0.75, and m = 1
    (
        "NAdam",
        {"lr": 0.1, "betas": (0.5, 0.75), "eps": 0.0, "momentum_decay": 0},
        [2.0],
        [1 - 0.1 * (0.25 / 0.9375 + 2) / 2],
    ),
    # too early for the mean of squares: m / (1 - β₁ᵗ) alone
    ("RAdam", {"lr": 0.1, "betas": (0.5, 0.75)}, [3.0], [0.7]),
    ("RAdam", {"lr": 0.1, "betas": (0.5, 0.75), "weight_decay": 0.5}, [3.0], [0.65]),
    (
        "RAdam",
        {"lr": 0.1, "betas": (0.5, 0.75), "weight_decay": 0.5, "decoupled_weight_decay": True},
        [3.0],
        [0.65],
    ),
    # θ (1 - 0.1 x 0.5) - 0.1 g, then by 0.1 / (1 + 0.5 x 0.1)
    (
        "ASGD",
        {"lr": 0.1, "lambd": 0.5, "alpha": 1.0},
        [1.0, 0.0],
        [0.85, 0.85 * (1 - 0.05 / 1.05)],
    ),
    # on, on, turned (no step), on again
    (
        "Rprop",
        {"lr": 0.1, "etas": (0.5, 2.0)},
        [3.0, 1.0, -5.0, -1.0],
        [0.9, 0.7, 0.7, 0.8],
    ),
    ("Rprop", {"lr": 0.1, "step_sizes": (0.01, 0.11)}, [3.0, 1.0], [0.9, 0.79]),
]


def walk(name: str, gradients: Sequence[float], options: Mapping[str, Any]) -> list[float]:
    """Return where each of `gradients` takes the parameter."""
    return places(lambda p: getattr(minitorch_optim, name)([p], **options), gradients)


@pytest.mark.parametrize(("name", "options", "gradients", "expected"), PATHS)
def test_first_steps(
    name: str, options: dict[str, object], gradients: list[float], expected: list[float]
) -> None:
    assert walk(name, gradients, options) == pytest.approx(expected, rel=1e-6)


floats = st.floats(-10, 10).filter(lambda x: abs(x) > 1e-3)


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(gradients=st.lists(floats, min_size=1, max_size=5))
def test_to_climb_is_to_descend_the_negative(name: str, gradients: list[float]) -> None:
    negative = [-g for g in gradients]
    assert walk(name, gradients, {"maximize": True}) == walk(name, negative, {})


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("gradient", [3.0, -0.2])
def test_it_goes_downhill(name: str, gradient: float) -> None:
    path = [1.0, *walk(name, [gradient] * 5, {})]
    downhill = [(b - a) * gradient < 0 for a, b in itertools.pairwise(path)]
    assert all(downhill)


# The last two stay alone: one has no dimensions, one is too large.
SHAPES = [(2, 3), (4,), (0,), (), (200, 100)]


def noise(shape: tuple[int, ...], seed: int) -> Tensor:
    return randn(shape, dtype=float64, generator=Generator().manual_seed(seed))


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_in_buckets_as_one_by_one(name: str) -> None:
    def run(make: Callable[[list[Tensor]], Optimizer]) -> object:
        params = [noise(shape, i).requires_grad_() for i, shape in enumerate(SHAPES)]
        optimizer = make(params)
        for step in range(4):
            for i, p in enumerate(params):
                p.grad = noise(p.shape, 100 * step + i)
            optimizer.step()
        states = optimizer.state_dict()["state"]
        return [p.tolist() for p in params], [
            (number, key, value.tolist())
            for number, state in states.items()
            for key, value in state.items()
            if isinstance(value, Tensor)
        ]

    together = getattr(minitorch_optim, name)

    def apart(params: list[Tensor]) -> Optimizer:
        optimizer: Optimizer = together(params)
        assert optimizer._rule is not None
        optimizer._rule = replace(optimizer._rule, small=0)
        return optimizer

    assert run(together) == run(apart)


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if name != "Rprop"])
def test_no_step_allocates_once_warm(name: str) -> None:
    # Rprop chooses by masks, which are new tensors.
    params = [noise((300, 100), seed).requires_grad_() for seed in range(2)]
    for p in params:
        p.grad = noise(p.shape, 5)
    optimizer = getattr(minitorch_optim, name)(params, maximize=True, **more_options(name))
    for _ in range(2):
        optimizer.step()
    tracemalloc.start()
    try:
        optimizer.step()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20_000  # a parameter has 240,000 bytes


def more_options(name: str) -> dict[str, object]:
    """Return the options of an optimizer that need the most room."""
    options: dict[str, dict[str, object]] = {
        "Adam": {"amsgrad": True, "weight_decay": 0.1},
        "AdamW": {"amsgrad": True},
        "RMSprop": {"centered": True, "momentum": 0.9, "weight_decay": 0.1},
        "SGD": {"momentum": 0.9, "weight_decay": 0.1},
        "ASGD": {"t0": 0.0, "weight_decay": 0.1},
    }
    return options.get(name, {"weight_decay": 0.1})


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_rule_without_its_class(name: str) -> None:
    rule_name = "adam" if name == "AdamW" else name.lower()
    update, start = getattr(rules, rule_name), getattr(rules, f"{rule_name}_state")
    p = noise((3, 2), 0)
    q = p.detach().clone().requires_grad_()
    optimizer = getattr(minitorch_optim, name)([q])
    options = optimizer.param_groups[0]
    state = start(p, options)
    for step in range(3):
        q.grad = noise(p.shape, step + 1)
        optimizer.step()
        with no_grad():
            update(p, noise(p.shape, step + 1), state, options)
    assert p.tolist() == q.tolist()


@pytest.mark.parametrize(
    ("name", "option", "value", "text"),
    [
        ("RMSprop", "alpha", -1.0, "Invalid alpha value: -1.0; expected 0 or more"),
        ("RMSprop", "momentum", -1.0, "Invalid momentum value: -1.0; expected 0 or more"),
        ("Adagrad", "lr_decay", -1.0, "Invalid lr_decay value: -1.0; expected 0 or more"),
        (
            "Adagrad",
            "initial_accumulator_value",
            -1.0,
            "Invalid initial_accumulator_value value: -1.0; expected 0 or more",
        ),
        ("Adadelta", "rho", 1.5, "Invalid rho value: 1.5; expected 0 to 1"),
        (
            "Adamax",
            "betas",
            (0.9, 1.0),
            "Invalid beta parameter at index 1: 1.0; expected 0 or more, below 1",
        ),
        ("NAdam", "momentum_decay", -1, "Invalid momentum_decay value: -1; expected 0 or more"),
        ("RAdam", "eps", -1.0, "Invalid epsilon value: -1.0; expected 0 or more"),
        ("ASGD", "weight_decay", -1, "Invalid weight_decay value: -1; expected 0 or more"),
        (
            "Rprop",
            "etas",
            (0.5, 0.9),
            "Invalid eta values: 0.5, 0.9; expected one between 0 and 1, and one above",
        ),
        *(
            (name, "lr", -1.0, "Invalid learning rate: -1.0; expected 0 or more")
            for name in ELEMENTWISE
        ),
    ],
)
def test_refused(name: str, option: str, value: object, text: str) -> None:
    p = tensor([1.0], requires_grad=True)
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        getattr(minitorch_optim, name)([p], **{option: value})
