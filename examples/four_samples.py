"""Train a small network on four samples: a whole training, on one screen.

    hatch run python examples/four_samples.py

It uses a few names of each layer only, so it also runs over the small layers of `examples/layers`:
docs/evening.md has the command.
"""

from __future__ import annotations

import minitorch as torch

X = torch.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
Y = torch.tensor([[1.0], [-1.0], [-1.0], [1.0]])


def main(epochs: int = 100) -> None:
    """Train a new network; print its loss now and then, and what it answers in the end."""
    torch.manual_seed(0)
    model = torch.nn.Sequential(
        torch.nn.Linear(3, 3),
        torch.nn.Tanh(),
        torch.nn.Linear(3, 6),
        torch.nn.Tanh(),
        torch.nn.Linear(6, 1),
        torch.nn.Tanh(),
    )
    criterion = torch.nn.MSELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

    for epoch in range(1, epochs + 1):
        loss = criterion(model(X), Y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if epoch == 1 or epoch % 25 == 0:
            print(f"epoch {epoch:3}  loss {loss.item():.4f}")

    with torch.no_grad():
        answers = model(X)
    for i in range(4):
        print(f"wanted {Y[i].item():4.1f}  answered {answers[i].item():5.2f}")


if __name__ == "__main__":
    main()
