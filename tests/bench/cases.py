"""What is timed: each case makes a function to call, in MiniTorch or in torch.

A case is written once, in the words that both share, and takes the module `torch` or `minitorch`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Torch = Any  # the module `torch` or `minitorch`: one text for both
Call = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """Something to time, and the ratio to torch that it should reach."""

    name: str
    make: Callable[[Torch], Call]
    reach: float | None = None


def training_step(
    torch: Torch, model: Any, loss: Any, inputs: Any, targets: Any, **options: float
) -> Call:
    """Return one step of Adam on `model`."""
    optimizer = torch.optim.Adam(model.parameters(), **options)

    def step() -> None:
        optimizer.zero_grad()
        loss(model(inputs), targets).backward()
        optimizer.step()

    return step


def four_samples(torch: Torch) -> Call:
    """One step of the quickstart's first network."""
    nn = torch.nn
    inputs = torch.tensor([[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]])
    targets = torch.tensor([[1.0], [-1.0], [-1.0], [1.0]])
    model = nn.Sequential(
        nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1), nn.Tanh()
    )
    return training_step(torch, model, nn.MSELoss(), inputs, targets, lr=0.01)


def classifier(*sizes: int, batch: int) -> Callable[[Torch], Call]:
    """Make a case of one step of a ReLU network with cross entropy."""

    def make(torch: Torch) -> Call:
        nn = torch.nn
        layers = []
        for inner, outer in pairwise(sizes):
            layers += [nn.Linear(inner, outer), nn.ReLU()]
        model = nn.Sequential(*layers[:-1])
        inputs = torch.rand(batch, sizes[0])
        targets = torch.tensor([i % sizes[-1] for i in range(batch)])
        return training_step(torch, model, nn.CrossEntropyLoss(), inputs, targets)

    return make


def tiny(operation: str, backward: bool) -> Callable[[Torch], Call]:
    """Make a case of one operation on tiny tensors that track gradients."""

    def make(torch: Torch) -> Call:
        x = torch.rand(4, 3, requires_grad=True)
        y = torch.rand(4, 3, requires_grad=True)
        z = torch.rand(3, 4, requires_grad=True)
        forward: dict[str, Call] = {
            "add": lambda: x + y,
            "matmul": lambda: x @ z,
            "sum": lambda: x.sum(),
        }
        call: Any = forward[operation]
        if not backward:
            return forward[operation]
        gradient = torch.ones(tuple(call().shape))
        return lambda: call().backward(gradient)

    return make


STEPS = [
    Case("step: four samples, Adam", four_samples, 0.4),
    Case("step: digits 64-128-10, batch 64", classifier(64, 128, 10, batch=64), 0.7),
    Case("step: 784-512-512-10, batch 256", classifier(784, 512, 512, 10, batch=256), 1.0),
]
OPERATIONS = [
    Case(
        f"tiny {operation}, forward{' and backward' if backward else ''}",
        tiny(operation, backward),
        0.6,
    )
    for operation in ("add", "matmul", "sum")
    for backward in (False, True)
]
