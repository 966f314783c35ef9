"""Random numbers have the distributions that they say: their steps lie on the exact ones."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

import minitorch as torch
from minitorch import Tensor
from minitorch.nn import functional as F

COUNT = 100_000
# Kolmogorov's bound: exceeded by chance once in a hundred thousand draws of so many.
BOUND = 2.5 / math.sqrt(COUNT)

Distribution = Callable[[float], float]


def normal(x: float, mean: float = 0.0, std: float = 1.0) -> float:
    return math.erfc((mean - x) / std / math.sqrt(2)) / 2


def cut_normal(mean: float, std: float, a: float, b: float) -> Distribution:
    low, high = normal(a, mean, std), normal(b, mean, std)
    return lambda x: min(max((normal(x, mean, std) - low) / (high - low), 0.0), 1.0)


def poisson(rate: float) -> Distribution:
    def below(x: float) -> float:
        terms = (k * math.log(rate) - rate - math.lgamma(k + 1) for k in range(int(x) + 1))
        return math.fsum(map(math.exp, terms))

    return below


def binary_gumbel(difference: float, tau: float) -> Distribution:
    """The first of two classes, whose logits have that difference."""
    return lambda x: 1 / (1 + math.exp(difference - tau * math.log(x / (1 - x)))) if x < 1 else 1.0


def empty() -> Tensor:
    return torch.empty(COUNT, dtype=torch.float64)


def softened(difference: float, tau: float) -> Tensor:
    logits = torch.tensor([difference, 0.0], dtype=torch.float64).expand(COUNT, 2)
    return F.gumbel_softmax(logits, tau)[:, 0]


CONTINUOUS: list[tuple[str, Callable[[], Tensor], Distribution]] = [
    ("rand", lambda: torch.rand(COUNT), lambda x: x),
    ("randn", lambda: torch.randn(COUNT), normal),
    ("normal", lambda: torch.normal(2.0, 3.0, (COUNT,)), lambda x: normal(x, 2.0, 3.0)),
    ("uniform_", lambda: empty().uniform_(-1, 3), lambda x: (x + 1) / 4),
    ("normal_", lambda: empty().normal_(-1, 0.5), lambda x: normal(x, -1, 0.5)),
    ("exponential_", lambda: empty().exponential_(2.5), lambda x: 1 - math.exp(-2.5 * x)),
    ("cauchy_", lambda: empty().cauchy_(1, 2), lambda x: 0.5 + math.atan((x - 1) / 2) / math.pi),
    ("log_normal_", lambda: empty().log_normal_(0.5, 2), lambda x: normal(math.log(x), 0.5, 2)),
    *(
        (
            f"trunc_normal_{cut}",
            lambda cut=cut: torch.nn.init.trunc_normal_(empty(), *cut),
            cut_normal(*cut),
        )
        for cut in [(0.0, 1.0, -2.0, 2.0), (1.0, 2.0, -0.5, 4.0), (0.0, 1.0, 1.0, 3.0)]
    ),
    *(
        (
            f"gumbel_softmax({difference}, {tau})",
            lambda d=difference, tau=tau: softened(d, tau),
            binary_gumbel(difference, tau),
        )
        for difference, tau in [(0.0, 1.0), (1.5, 2.0), (-1.0, 0.5)]
    ),
]
COUNTED: list[tuple[str, Callable[[], Tensor], Distribution]] = [
    *(
        (f"poisson({rate})", lambda r=rate: torch.poisson(empty().fill_(r)), poisson(rate))
        for rate in (0.3, 3.0, 10.0, 10.5, 25.0, 80.0, 300.0)
    ),
    *(
        (f"geometric_({p})", lambda p=p: empty().geometric_(p), lambda x, p=p: 1 - (1 - p) ** x)
        for p in (0.1, 0.5, 0.9)
    ),
    ("randint", lambda: torch.randint(-3, 7, (COUNT,)), lambda x: (x + 4) / 10),
    ("random_", lambda: empty().random_(2, 9), lambda x: (x - 1) / 7),
    ("bernoulli", lambda: torch.bernoulli(empty().fill_(0.3)), lambda x: 0.7 + 0.3 * x),
    (
        "multinomial",
        lambda: torch.multinomial(torch.tensor([1.0, 0.0, 2.0, 5.0]), COUNT, True),
        lambda x: [1, 1, 3, 8][int(x)] / 8,
    ),
    (
        "multinomial of all",
        lambda: torch.multinomial(torch.tensor([[1.0, 2.0, 5.0]]).expand(COUNT, 3), 2)[:, 0],
        lambda x: [1, 3, 8][int(x)] / 8,
    ),
    ("dropout", lambda: F.dropout(torch.ones(COUNT), 0.25) * 0.75, lambda x: 0.25 + 0.75 * x),
]


@pytest.mark.parametrize(
    ("draw", "below"), [row[1:] for row in CONTINUOUS], ids=[r[0] for r in CONTINUOUS]
)
def test_continuous(draw: Callable[[], Tensor], below: Distribution) -> None:
    torch.manual_seed(1)
    drawn = np.sort(draw().numpy().astype(np.float64))
    exact = np.array([below(float(x)) for x in drawn[::50]])
    assert np.abs(exact - np.arange(COUNT)[::50] / COUNT).max() < BOUND


@pytest.mark.parametrize(
    ("draw", "below"), [row[1:] for row in COUNTED], ids=[r[0] for r in COUNTED]
)
def test_counted(draw: Callable[[], Tensor], below: Distribution) -> None:
    torch.manual_seed(1)
    values, counts = np.unique(draw().numpy(), return_counts=True)
    exact = np.array([below(float(x)) for x in values])
    assert np.abs(exact - counts.cumsum() / COUNT).max() < BOUND
