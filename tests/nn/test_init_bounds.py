"""How far the uniform fillings reach: of many numbers the largest is almost the bound, and no more.

A wrong fan, gain or constant moves the bound by more than the two per cent that are seen here.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod, sqrt
from typing import Any, Literal

import pytest
from tests.nn.values import numbers

import minitorch as torch
from minitorch import nn
from minitorch.nn import init

# Both fans differ, and the sizes of windows count.
SHAPES = [(20, 120), (120, 20), (15, 40, 5), (40, 5, 3, 4), (6, 15, 2, 3, 4)]
GAINS = [1.0, 0.25, 3.0]
COUNT = 2000


def fans(shape: tuple[int, ...]) -> tuple[int, int]:
    window = prod(shape[2:])
    return shape[1] * window, shape[0] * window


def assert_bound(x: torch.Tensor, bound: float) -> None:
    values = numbers(x.detach())
    assert len(values) >= COUNT, "too few to say"
    for reached in (max(values), -min(values)):
        assert 0.98 * bound < reached <= bound * (1 + 1e-6)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("gain", GAINS)
def test_xavier_uniform(shape: tuple[int, ...], gain: float) -> None:
    torch.manual_seed(0)
    x = init.xavier_uniform_(torch.zeros(shape), gain)
    assert_bound(x, gain * sqrt(6 / sum(fans(shape))))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("mode", ["fan_in", "fan_out"])
@pytest.mark.parametrize(
    ("nonlinearity", "a", "gain"),
    [
        ("leaky_relu", 0.0, sqrt(2)),
        ("leaky_relu", 0.5, sqrt(2 / 1.25)),
        ("relu", 0.0, sqrt(2)),
        ("tanh", 0.0, 5 / 3),
        ("selu", 0.0, 3 / 4),
        ("linear", 0.0, 1.0),
    ],
)
def test_kaiming_uniform(
    shape: tuple[int, ...],
    mode: Literal["fan_in", "fan_out"],
    nonlinearity: Any,
    a: float,
    gain: float,
) -> None:
    torch.manual_seed(0)
    x = init.kaiming_uniform_(torch.zeros(shape), a, mode, nonlinearity)
    assert_bound(x, gain * sqrt(3 / fans(shape)[mode == "fan_out"]))


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize(
    ("fill", "std"),
    [
        (lambda x: init.xavier_normal_(x, 2.0), lambda i, o: 2 * sqrt(2 / (i + o))),
        (lambda x: init.kaiming_normal_(x, 1.0), lambda i, o: 1 / sqrt(i)),
        (lambda x: init.kaiming_normal_(x, 0.0, "fan_out", "relu"), lambda i, o: sqrt(2 / o)),
    ],
    ids=["xavier", "kaiming", "of fan out"],
)
def test_normal_fillings(
    shape: tuple[int, ...],
    fill: Callable[[torch.Tensor], torch.Tensor],
    std: Callable[[int, int], float],
) -> None:
    torch.manual_seed(0)
    found = fill(torch.zeros(shape)).std().item()
    assert found == pytest.approx(std(*fans(shape)), rel=0.06)


def test_uniform_and_truncated() -> None:
    torch.manual_seed(0)
    x = init.uniform_(torch.zeros(COUNT), -1.0, 3.0) - 1
    assert_bound(x, 2.0)
    assert_bound(init.trunc_normal_(torch.zeros(2 * COUNT), std=4.0, a=-3.0, b=3.0), 3.0)


# The parameters that modules begin with, each with its bound.
MODULES: list[tuple[Callable[[], nn.Module], dict[str, float]]] = [
    (lambda: nn.Linear(9, 2000), {"weight": 1 / 3, "bias": 1 / 3}),
    (lambda: nn.Bilinear(9, 4, 2000), {"weight": 1 / 3, "bias": 1 / 3}),
    (lambda: nn.Conv1d(6, 2000, 6), {"weight": 1 / 6, "bias": 1 / 6}),
    (lambda: nn.Conv2d(8, 2000, (3, 3), groups=2), {"weight": 1 / 6, "bias": 1 / 6}),
    (lambda: nn.Conv3d(2, 2000, (1, 2, 4)), {"weight": 1 / 4, "bias": 1 / 4}),
    (lambda: nn.ConvTranspose1d(8, 2000, 5), {"weight": 1 / 100, "bias": 1 / 100}),
    (lambda: nn.ConvTranspose2d(8, 2000, 2, groups=4), {"weight": 1 / sqrt(2000)}),
    (lambda: nn.RNN(2000, 4), {"weight_ih_l0": 1 / 2}),
    (lambda: nn.GRU(700, 16), {"weight_ih_l0": 1 / 4}),
    (lambda: nn.LSTM(40, 25, 2), {"weight_ih_l0": 1 / 5, "weight_hh_l1": 1 / 5}),
    (lambda: nn.RNNCell(2000, 4), {"weight_ih": 1 / 2}),
    (lambda: nn.GRUCell(700, 16), {"weight_ih": 1 / 4}),
    (lambda: nn.LSTMCell(40, 25), {"weight_ih": 1 / 5, "weight_hh": 1 / 5}),
    (
        lambda: nn.MultiheadAttention(50, 2),
        {"in_proj_weight": sqrt(6 / (4 * 50)), "out_proj.weight": 1 / sqrt(50)},
    ),
    (
        lambda: nn.MultiheadAttention(50, 2, kdim=70, vdim=100),
        {"k_proj_weight": sqrt(6 / 120), "v_proj_weight": sqrt(6 / 150)},
    ),
]


@pytest.mark.parametrize(("make", "bounds"), MODULES, ids=[str(make()) for make, _ in MODULES])
def test_what_modules_begin_with(make: Callable[[], nn.Module], bounds: dict[str, float]) -> None:
    torch.manual_seed(0)
    parameters = dict(make().named_parameters())
    for name, bound in bounds.items():
        assert_bound(parameters[name], bound)
