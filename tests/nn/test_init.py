"""Filling at random: the distributions are those that are told, to within a few per cent.

A sample of n numbers has a mean that is off by 1 / sqrt(n) standard deviations or so, a standard
deviation that is off by 1 / sqrt(2 n), and a distribution function that is off by less than
1.95 / sqrt(n) in 999 of 1000 cases (Kolmogorov).
"""

from __future__ import annotations

from collections.abc import Callable
from math import erf, sqrt

import pytest
from tests.nn.values import numbers

import minitorch as torch
from minitorch.nn import init

SHAPE = (60, 20, 3, 3)  # fans of 180 and 540
FAN_IN, FAN_OUT = 180, 540
COUNT = 60 * 20 * 9


def uniform(bound: float) -> Callable[[float], float]:
    return lambda x: min(max((x + bound) / (2 * bound), 0.0), 1.0)


def normal(std: float, mean: float = 0.0) -> Callable[[float], float]:
    return lambda x: (1 + erf((x - mean) / (std * sqrt(2)))) / 2


def truncated(x: float) -> float:
    whole = normal(1.0)
    return (whole(x) - whole(-1.0)) / (whole(2.0) - whole(-1.0))


CASES: dict[
    str, tuple[Callable[[torch.Tensor, torch.Generator], torch.Tensor], Callable[[float], float]]
] = {
    "uniform_": (
        lambda x, g: init.uniform_(x, -2.0, 2.0, generator=g),
        uniform(2.0),
    ),
    "normal_": (lambda x, g: init.normal_(x, 1.0, 3.0, generator=g), normal(3.0, 1.0)),
    "trunc_normal_": (lambda x, g: init.trunc_normal_(x, a=-1.0, generator=g), truncated),
    "xavier_uniform_": (
        lambda x, g: init.xavier_uniform_(x, 2.0, generator=g),
        uniform(2 * sqrt(6 / (FAN_IN + FAN_OUT))),
    ),
    "xavier_normal_": (
        lambda x, g: init.xavier_normal_(x, generator=g),
        normal(sqrt(2 / (FAN_IN + FAN_OUT))),
    ),
    "kaiming_uniform_": (
        lambda x, g: init.kaiming_uniform_(x, a=1.0, generator=g),
        uniform(sqrt(3 / FAN_IN)),
    ),
    "kaiming_normal_": (
        lambda x, g: init.kaiming_normal_(x, mode="fan_out", nonlinearity="relu", generator=g),
        normal(sqrt(2 / FAN_OUT)),
    ),
}


def distance(values: list[float], distribution: Callable[[float], float]) -> float:
    """Return the largest difference between two distribution functions."""
    values = sorted(values)
    n = len(values)
    return max(
        max(abs(distribution(x) - i / n), abs(distribution(x) - (i + 1) / n))
        for i, x in enumerate(values)
    )


@pytest.mark.parametrize("name", CASES)
def test_distributions(name: str) -> None:
    fill, distribution = CASES[name]
    x = torch.zeros(SHAPE)
    assert fill(x, torch.Generator().manual_seed(3)) is x
    values = numbers(x)
    assert distance(values, distribution) < 1.95 / sqrt(COUNT)
    # A factor of 1.1 is seen.
    assert distance([1.1 * v for v in values], distribution) > 1.95 / sqrt(COUNT)


@pytest.mark.parametrize("shape", [(4, 7), (7, 4), (6, 2, 3)])
def test_orthogonal(shape: tuple[int, ...]) -> None:
    x = init.orthogonal_(torch.zeros(shape, dtype=torch.float64), gain=2.0)
    matrix = x.reshape(shape[0], -1)
    small = matrix @ matrix.t() if matrix.shape[0] <= matrix.shape[1] else matrix.t() @ matrix
    assert torch.allclose(small, 4.0 * torch.eye(small.shape[0], dtype=torch.float64))


def test_orthogonal_signs_are_as_likely() -> None:
    generator = torch.Generator().manual_seed(0)
    signs = [init.orthogonal_(torch.zeros(1, 1), generator=generator).item() for _ in range(200)]
    assert 70 < signs.count(1.0) < 130
    assert signs.count(1.0) + signs.count(-1.0) == 200


def test_sparse() -> None:
    x = init.sparse_(torch.zeros(10, 50), 0.25, std=2.0, generator=torch.Generator().manual_seed(1))
    zeros = (x == 0).to(torch.int64).sum(0)
    assert set(numbers(zeros)) == {3}  # a quarter of ten, rounded up
    others = [v for v in numbers(x) if v]
    assert distance(others, normal(2.0)) < 1.95 / sqrt(len(others))


def test_nothing_is_recorded() -> None:
    layer = torch.nn.Linear(3, 3)
    for fill in (init.xavier_normal_, init.orthogonal_, init.eye_, init.ones_):
        fill(layer.weight)
        assert layer.weight.is_leaf and layer.weight.requires_grad


def test_a_generator_decides() -> None:
    first, second = (
        init.normal_(torch.zeros(3), generator=torch.Generator().manual_seed(5)).tolist()
        for _ in range(2)
    )
    assert first == second


def test_warnings() -> None:
    with pytest.warns(UserWarning, match="Initializing zero-element tensors is a no-op"):
        init.kaiming_uniform_(torch.zeros(0, 3))
    with pytest.warns(UserWarning, match="mean is more than 2 std from"):
        init.trunc_normal_(torch.zeros(3), mean=9.0)
    assert init.orthogonal_(torch.zeros(0, 2)).shape == (0, 2)
