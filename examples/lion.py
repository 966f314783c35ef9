"""An optimizer of one's own: Lion, as one rule and a class of a few lines, reads digits.

    hatch run python examples/lion.py

It reads at least 95 of 100 digits that it has never seen.

Source: Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023, algorithm 2.
"""

from __future__ import annotations

from typing import TypedDict

import minitorch as torch
from minitorch import nn
from minitorch.optim import Optimizer, ParamsT
from minitorch.utils.data import DataLoader, random_split
from minitorch_data import digits
from minitorch_optim.rules import Options, ParamGroup, Rule, number


class LionOptions(Options):
    betas: tuple[float, float]
    weight_decay: float


class LionGroup(LionOptions, ParamGroup): ...


class LionState(TypedDict):
    exp_avg: torch.Tensor


def start(parameter: torch.Tensor, options: LionOptions) -> LionState:
    return {"exp_avg": torch.zeros_like(parameter)}


def lion(
    parameter: torch.Tensor, gradient: torch.Tensor, state: LionState, options: LionOptions
) -> None:
    """Take a step of one size in each element: ``θ = (1 − η λ) θ − η sign(β₁ m + (1 − β₁) g)``."""
    rate, (beta1, beta2), m = number(options["lr"]), options["betas"], state["exp_avg"]
    direction = (beta1 * m + (1 - beta1) * gradient).sign()
    parameter.mul_(1 - rate * options["weight_decay"]).add_(direction * -rate)
    m.mul_(beta2).add_(gradient * (1 - beta2))


def check(options: LionOptions) -> None:
    if not number(options["lr"]) >= 0:
        raise ValueError(f"Invalid learning rate: {options['lr']}")


class Lion(Optimizer[LionGroup, LionState]):
    def __init__(self, params: ParamsT, lr: float = 1e-3, weight_decay: float = 0.1) -> None:
        defaults: LionOptions = {"lr": lr, "betas": (0.9, 0.99), "weight_decay": weight_decay}
        # Each element for itself: small parameters may be laid end to end.
        super().__init__(params, defaults, Rule(start, lion, check, small=16_384))


def main(epochs: int = 20) -> float:
    torch.manual_seed(0)
    learnt, held_out = random_split(digits(), [0.8, 0.2])
    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    optimizer = Lion(model.parameters())
    for _ in range(epochs):
        for images, labels in DataLoader(learnt, batch_size=64, shuffle=True):
            loss = nn.functional.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    ((images, labels),) = DataLoader(held_out, batch_size=len(held_out))
    with torch.no_grad():
        accuracy = (model(images).argmax(1) == labels).to(torch.float32).mean().item()
    print(f"right on the held-out digits: {accuracy:.1%}")
    return accuracy


if __name__ == "__main__":
    main()
