"""Random numbers: small draws, and large ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.bench.cases import Case, Torch

DRAWS: dict[str, Callable[[Torch, int], Any]] = {
    "rand": lambda t, n: t.rand(n),
    "rand of float64": lambda t, n: t.rand(n, dtype=t.float64),
    "randn": lambda t, n: t.randn(n),
    "randn of float64": lambda t, n: t.randn(n, dtype=t.float64),
    "randint": lambda t, n: t.randint(0, 10, (n,)),
    "randperm": lambda t, n: t.randperm(n),
    "bernoulli_": lambda t, n: t.empty(n).bernoulli_(0.3),
    "exponential_": lambda t, n: t.empty(n).exponential_(),
    "dropout": lambda t, n: t.nn.functional.dropout(t.ones(n), 0.3),
}


def draw(name: str, size: int) -> Case:
    """Make the case of a draw at a size."""
    return Case(f"draw: {name}, {size:,}", lambda t: lambda: DRAWS[name](t, size))


DRAW_CASES = [draw(name, size) for name in DRAWS for size in (10, 60_000, 10**6)]
