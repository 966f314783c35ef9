"""Norms, distances and deviations of very large and very small numbers.

The law: ``f(c x) = c f(x)`` exactly, for c a power of two, though the squares leave the range; and
so the gradient at ``c x`` is that at x. Of degree 0 the value stays, and the gradient is divided.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from math import inf
from typing import TypeAlias

import pytest

import minitorch as torch
import minitorch.nn.functional as F
from minitorch.nn.utils import get_total_norm

Call: TypeAlias = Callable[[torch.Tensor], torch.Tensor]

ORDERS = [-inf, -1, 0.5, 1, 2, 3, 7.5, inf]
DEGREE_1: dict[str, Call] = {
    "std": lambda x: x.std(),
    "std of rows": lambda x: x.std(1),
    "std of columns, kept": lambda x: x.std(0, keepdim=True),
    "std of 300": lambda x: x.repeat(100, 1).std(1),
    "std of no correction": lambda x: x.std((0, 1), correction=0),
    "std_mean": lambda x: torch.std_mean(x, 1)[0],
    "norm": lambda x: x.norm(),
    "dist": lambda x: torch.dist(x, x.flip(1)),
    "hypot": lambda x: torch.hypot(x[0], x[1]),
    "linalg.matrix_norm": lambda x: torch.linalg.matrix_norm(x),
    "cdist": lambda x: torch.cdist(x, -2 * x),
    "cdist of order 3": lambda x: torch.cdist(x, -2 * x, 3.0),
    "F.pdist": F.pdist,
    "F.pairwise_distance": lambda x: F.pairwise_distance(x, -x, eps=0.0),
    "get_total_norm": lambda x: get_total_norm([x, 2 * x]) + 0 * x.sum(),
}


def of_order(p: float) -> dict[str, Call]:
    return {
        f"linalg.vector_norm of order {p}": lambda x: torch.linalg.vector_norm(x, p, 1),
        f"norm of columns of order {p}": lambda x: x.norm(p, 0, keepdim=True),
    }


for order in ORDERS:
    DEGREE_1 |= of_order(order)
DEGREE_0: dict[str, Call] = {
    "F.normalize": lambda x: F.normalize(x, eps=0.0),
    "F.cosine_similarity": lambda x: F.cosine_similarity(x, x.flip(1), eps=0.0),
}
CALLS = DEGREE_1 | DEGREE_0

X = [[1.0, 2.0, 4.0, -3.0], [0.5, -1.0, 2.5, 2.0], [3.0, 1.0, -0.25, 8.0]]


def value_and_gradient(call: Call, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    x = x.detach().requires_grad_()
    y = call(x)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    return y.detach(), gradient


@pytest.mark.parametrize(
    ("dtype", "power"),
    [
        *((torch.float32, power) for power in (-120, -100, -70, -40, 40, 66, 100, 120)),
        *((torch.float64, power) for power in (-1000, -500, 500, 1000)),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", CALLS)
def test_scaled(name: str, dtype: torch.dtype, power: int) -> None:
    x, c = torch.tensor(X, dtype=dtype), 2.0**power
    value, gradient = value_and_gradient(CALLS[name], x)
    scaled, its_gradient = value_and_gradient(CALLS[name], x * c)
    rtol = 100 * torch.finfo(dtype).eps
    degree = 0 if name in DEGREE_0 else 1
    assert torch.allclose(scaled / c if degree else scaled, value, rtol, 0.0)
    least = rtol * gradient.abs().max().item()  # what is left where terms cancel
    assert torch.allclose(its_gradient if degree else its_gradient * c, gradient, rtol, least)


APART = [name for name in CALLS if re.search(r"rows|vector_norm|pairwise|F\.n", name)]


@pytest.mark.parametrize("name", APART)
def test_rows_apart(name: str) -> None:
    """A row of zeros, of NaN or of infinity changes nothing in the others."""
    x = torch.tensor(X) * 2.0**70
    expected = CALLS[name](x)
    for other in (0.0, inf, float("nan")):
        rows = torch.cat([x[:1], torch.full((1, 4), other), x[1:]])
        found = CALLS[name](rows)
        assert torch.allclose(torch.cat([found[:1], found[2:]]), expected, 1e-6)


def test_a_variance_overflows_where_its_root_does_not() -> None:
    x = torch.tensor([1e20, 2e20, 4e20], requires_grad=True)
    assert x.var().item() == inf
    assert abs(x.std().item() / 1.527525e20 - 1) < 1e-6
    tiny = torch.tensor([1e-30, 2e-30, 4e-30])
    assert tiny.var().item() == 0
    assert abs(tiny.std().item() / 1.527525e-30 - 1) < 1e-6


@pytest.mark.parametrize("value", [0.0, 2.5, 1e30])
def test_what_does_not_deviate(value: float) -> None:
    x = torch.full((5,), value, requires_grad=True)
    y = x.std()
    y.backward()
    assert y.item() == 0
    assert x.grad is not None
    assert x.grad.tolist() == [0.0] * 5
