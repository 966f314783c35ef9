"""The same lines in MiniTorch and in PyTorch, and the gradients that come of them.

It runs where both are: `hatch run parity:gradients`.
"""

from __future__ import annotations

import torch

import minitorch
import minitorch.nn.functional as F


def differences() -> dict[str, float]:
    """Return how far apart the two are in each gradient, at most."""
    minitorch.manual_seed(0)
    input = minitorch.randn(3, 1, 1, 4, requires_grad=True)
    weight = minitorch.randn(3, 4, requires_grad=True)
    F.linear(input, weight).sum().backward()

    their_input = torch.tensor(input.tolist(), requires_grad=True)
    their_weight = torch.tensor(weight.tolist(), requires_grad=True)
    torch.nn.functional.linear(their_input, their_weight).sum().backward()

    found = {}
    for name, ours, theirs in (("input", input, their_input), ("weight", weight, their_weight)):
        assert ours.grad is not None
        print(f"gradient of {name}, {tuple(ours.shape)}")
        print(f"MiniTorch: {ours.grad}\nPyTorch:   {theirs.grad}\n")
        assert ours.shape == theirs.shape
        found[name] = (torch.tensor(ours.grad.tolist()) - theirs.grad).abs().max().item()
    return found


if __name__ == "__main__":
    for name, difference in differences().items():
        print(f"{name}: the gradients differ by {difference:.1e} at most")
        assert difference <= 1e-6
