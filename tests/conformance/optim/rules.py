"""The update rules as they stand in the papers and in torch's documentation, for one number."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Path = Iterator[float]  # where the parameter is after each step


def sgd(
    p: float,
    gradients: Sequence[float],
    lr: float = 1e-3,
    momentum: float = 0.0,
    dampening: float = 0.0,
    weight_decay: float = 0.0,
    nesterov: bool = False,
) -> Path:
    velocity: float | None = None
    for g in gradients:
        g = g + weight_decay * p
        velocity = g if velocity is None else momentum * velocity + (1 - dampening) * g
        if momentum:
            g = g + momentum * velocity if nesterov else velocity
        p = p - lr * g
        yield p


def adam(
    p: float,
    gradients: Sequence[float],
    lr: float = 1e-3,
    betas: tuple[float, float] = (0.9, 0.999),
    eps: float = 1e-8,
    weight_decay: float = 0.0,
    decoupled: bool = False,
) -> Path:
    m = v = 0.0
    for t, g in enumerate(gradients, 1):
        if decoupled:
            p = p - lr * weight_decay * p
        else:
            g = g + weight_decay * p
        m = betas[0] * m + (1 - betas[0]) * g
        v = betas[1] * v + (1 - betas[1]) * g**2
        unbiased_m, unbiased_v = m / (1 - betas[0] ** t), v / (1 - betas[1] ** t)
        p = p - lr * unbiased_m / (math.sqrt(unbiased_v) + eps)
        yield p


def adamw(p: float, gradients: Sequence[float], weight_decay: float = 1e-2, **options: Any) -> Path:
    return adam(p, gradients, weight_decay=weight_decay, decoupled=True, **options)


@dataclass(frozen=True)
class Case:
    """An optimizer, its options, and the rule that it follows."""

    name: str
    options: dict[str, Any]
    rule: Callable[..., Path]

    def __str__(self) -> str:
        return (
            f"{self.name}({', '.join(f'{name}={value}' for name, value in self.options.items())})"
        )

    def path(self, p: float, gradients: Sequence[float]) -> list[float]:
        """Return where a parameter is after each step."""
        return list(self.rule(p, gradients, **self.options))


CASES = [
    Case("SGD", {}, sgd),
    Case("SGD", {"lr": 0.1}, sgd),
    Case("SGD", {"lr": 0.0}, sgd),
    Case("SGD", {"lr": 0.1, "weight_decay": 0.5}, sgd),
    Case("SGD", {"lr": 0.1, "momentum": 0.9}, sgd),
    Case("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}, sgd),
    Case("SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}, sgd),
    Case("SGD", {"lr": 0.1, "momentum": 0.5, "weight_decay": 0.1, "nesterov": True}, sgd),
    Case("Adam", {}, adam),
    Case("Adam", {"lr": 0.1}, adam),
    Case("Adam", {"lr": 0.1, "betas": (0.5, 0.75)}, adam),
    Case("Adam", {"lr": 0.1, "betas": (0.0, 0.0)}, adam),
    Case("Adam", {"lr": 0.1, "eps": 0.5}, adam),
    Case("Adam", {"lr": 0.1, "weight_decay": 0.5}, adam),
    Case("AdamW", {}, adamw),
    Case("AdamW", {"lr": 0.1}, adamw),
    Case("AdamW", {"lr": 0.1, "weight_decay": 0.0}, adamw),
    Case("AdamW", {"lr": 0.1, "weight_decay": 0.5, "betas": (0.5, 0.75), "eps": 0.5}, adamw),
]

# One of each kind, with state where there is any: for what all optimizers must do.
KINDS = [
    Case("SGD", {"lr": 0.1}, sgd),
    Case("SGD", {"lr": 0.1, "momentum": 0.9}, sgd),
    Case("Adam", {"lr": 0.1}, adam),
    Case("AdamW", {"lr": 0.1}, adamw),
]
