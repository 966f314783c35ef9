"""Every optimizer finds the minimum of classic surfaces, to a stated distance in stated steps.

The distances were taken from runs, and doubled: a rule that is wrong by a factor comes to another
place, or not that near.
"""

from __future__ import annotations

from collections.abc import Callable
from math import dist

import pytest
from tests.optim.optimizers import OPTIMIZERS

import minitorch_optim
from minitorch_autograd import Tensor, float64, tensor, zeros
from minitorch_optim import LBFGS, Muon

Function = Callable[[Tensor, Tensor], Tensor]


def rosenbrock(x: Tensor, y: Tensor) -> Tensor:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x: Tensor, y: Tensor) -> Tensor:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def bowl(x: Tensor, y: Tensor) -> Tensor:
    return x**2 / 2 + 25 * y**2 / 2


# The function, where to start, and the minimum.
SURFACES: dict[str, tuple[Function, tuple[float, float], tuple[float, float]]] = {
    "rosenbrock": (rosenbrock, (-1.5, 2.0), (1.0, 1.0)),
    "beale": (beale, (1.0, 1.5), (3.0, 0.5)),
    "bowl": (bowl, (-2.5, 1.0), (0.0, 0.0)),
}
# Options, and how near each comes to the three minima.
RUNS: dict[str, tuple[dict[str, object], tuple[float, float, float]]] = {
    "ASGD": ({"lr": 0.002, "lambd": 0.0}, (0.034, 0.31, 0.34)),
    "SGD": ({"lr": 0.001, "momentum": 0.9}, (0.017, 0.017, 3.9e-05)),
    "Adadelta": ({"lr": 5.0}, (1.2, 0.21, 0.094)),
    "Adafactor": ({"lr": 0.5}, (0.82, 0.063, 2.1e-06)),
    "Adagrad": ({"lr": 2.0}, (0.5, 1.2e-06, 1e-06)),
    "Adam": ({"lr": 0.05}, (0.041, 0.0025, 1e-06)),
    "AdamW": ({"lr": 0.05, "weight_decay": 0.0001}, (0.042, 0.0045, 1e-06)),
    "Adamax": ({"lr": 0.1, "betas": (0.9, 0.99)}, (0.0055, 0.0021, 0.0034)),
    "NAdam": ({"lr": 0.05}, (0.28, 0.0036, 1e-06)),
    "RAdam": ({"lr": 0.01, "betas": (0.8, 0.9)}, (0.0012, 0.0009, 0.0011)),
    "RMSprop": ({"lr": 0.01, "momentum": 0.5}, (0.068, 0.0002, 1e-06)),
    "Rprop": ({"lr": 0.01}, (0.18, 1.7e-05, 1e-06)),
}
STEPS = 1000


def end(name: str, options: dict[str, object], surface: str, steps: int = STEPS) -> float:
    """Return the distance from the minimum after so many steps."""
    function, start, minimum = SURFACES[surface]
    x, y = (tensor(one, dtype=float64, requires_grad=True) for one in start)
    optimizer = getattr(minitorch_optim, name)([x, y], **options)

    def closure() -> Tensor:
        optimizer.zero_grad()
        loss = function(x, y)
        loss.backward()
        return loss

    for _ in range(steps):
        optimizer.step(closure)
    return dist((x.item(), y.item()), minimum)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("name", RUNS)
def test_it_comes_near_the_minimum(name: str, surface: str) -> None:
    options, distances = RUNS[name]
    assert end(name, options, surface) < 2 * distances[list(SURFACES).index(surface)]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("search", [None, "strong_wolfe"])
def test_lbfgs_finds_it_in_few_steps(surface: str, search: str | None) -> None:
    options: dict[str, object] = {"line_search_fn": search, "lr": 1.0 if search else 0.1}
    assert end("LBFGS", options, surface, 5 if search else 20) < 1e-3


def test_muon_finds_a_matrix() -> None:
    target = tensor([[1.0, -2.0, 3.0], [0.5, 1.5, -1.0]], dtype=float64)
    w = zeros(2, 3, dtype=float64).requires_grad_()
    optimizer = Muon([w], lr=0.02, weight_decay=0.0)
    for _ in range(400):
        optimizer.zero_grad()
        ((w - target) ** 2).sum().backward()
        optimizer.step()
    assert (w - target).abs().amax().item() < 0.05


def test_every_optimizer_is_here() -> None:
    assert RUNS.keys() | {LBFGS.__name__, Muon.__name__} == set(OPTIMIZERS)
