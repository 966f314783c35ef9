"""Train both networks of the quickstart on whatever layers are in place, and print what came out.

    python -m minitorch_swap tensor=examples/layers/pure-tensor tests/layers/train.py 200 40

The arguments are the number of digits to learn from, and of epochs.
"""

from __future__ import annotations

import sys

import minitorch as torch
import minitorch.nn.functional as F
from minitorch_data import DataLoader, Subset, digits


def four_samples() -> float:
    """Return the loss after 100 epochs."""
    inputs = torch.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
    targets = torch.tensor([[1.0], [-1.0], [-1.0], [1.0]])
    torch.manual_seed(0)
    nn = torch.nn
    model = nn.Sequential(
        nn.Linear(3, 3), nn.Tanh(), nn.Linear(3, 6), nn.Tanh(), nn.Linear(6, 1), nn.Tanh()
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(100):
        optimizer.zero_grad()
        loss = F.mse_loss(model(inputs), targets)
        loss.backward()
        optimizer.step()
    return loss.item()


def read_digits(count: int, epochs: int) -> float:
    """Return the share of 100 digits read right that were not among the `count` learnt from."""
    torch.manual_seed(0)
    data = digits()
    train, test = Subset(data, range(count)), Subset(data, range(count, count + 100))
    model = torch.nn.Sequential(torch.nn.Linear(64, 16), torch.nn.ReLU(), torch.nn.Linear(16, 10))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(epochs):
        for images, labels in DataLoader(train, batch_size=50, shuffle=True):
            optimizer.zero_grad()
            F.cross_entropy(model(images), labels).backward()
            optimizer.step()
    images, labels = next(iter(DataLoader(test, batch_size=len(test))))
    with torch.no_grad():
        right = model(images).argmax(1) == labels
    return right.sum().item() / len(test)


if __name__ == "__main__":
    count, epochs = map(int, sys.argv[1:])
    print(f"{four_samples():.4f} {read_digits(count, epochs):.3f}")
