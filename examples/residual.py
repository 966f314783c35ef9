"""Train a small residual network with batch normalisation on 4,000 images of MNIST.

    hatch run python examples/residual.py

It reads at least 97.5 of 100 digits that it has never seen.

Source: He et al., "Deep Residual Learning for Image Recognition", 2016, section 3.3.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
import minitorch.nn.functional as F
from minitorch import nn
from minitorch.utils.data import DataLoader, Subset, random_split
from minitorch_data import mnist

Digits = Subset[tuple[torch.Tensor, ...]]


class Block(nn.Module):
    """Two convolutions, and a way past them on which the gradient arrives undiminished."""

    def __init__(self, inside: int, outside: int, stride: int = 1) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(inside, outside, 3, stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(outside)
        self.conv2 = nn.Conv2d(outside, outside, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(outside)
        self.shortcut = nn.Sequential()
        if stride != 1 or inside != outside:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inside, outside, 1, stride, bias=False), nn.BatchNorm2d(outside)
            )
        assert self.norm2.weight is not None
        nn.init.zeros_(self.norm2.weight)  # at first, a block is its shortcut

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = F.relu(self.norm1(self.conv1(x)))
        y = self.norm2(self.conv2(y))
        return F.relu(y + self.shortcut(x))


class ResidualNetwork(nn.Module):
    def __init__(self, width: int = 12) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(1, width, 5, stride=2, padding=2, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )
        self.blocks = nn.Sequential(
            Block(width, width), Block(width, 2 * width, 2), Block(2 * width, 4 * width, 2)
        )
        self.scores = nn.Linear(4 * width, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = self.blocks(self.stem(images))  # (N, 4 * width, 4, 4)
        return self.scores(x.mean(dim=(2, 3)))


def count_right(model: ResidualNetwork, digits: Digits) -> int:
    """Return how many of the digits the model reads, by the running statistics."""
    model.eval()
    right = 0
    with torch.no_grad():
        for images, labels in DataLoader(digits, batch_size=250):
            right += int((model(images).argmax(1) == labels).sum().item())
    model.train()
    return right


def train(
    model: ResidualNetwork, learnt: Digits, held_out: Digits, epochs: int
) -> tuple[list[float], list[int]]:
    """Teach `model` the digits; return after each epoch the mean loss, and what it reads right."""
    loader = DataLoader(learnt, batch_size=64, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, max(1, epochs * 7 // 10), gamma=0.1)
    losses, right = [], []
    for _ in track(range(epochs), "residual network"):
        total = 0.0
        for images, labels in loader:
            # A digit a little aside is still the same.
            aside = [int(i.item()) for i in torch.randint(-1, 2, (2,))]
            scores = model(torch.roll(images, aside, (2, 3)))
            loss = F.cross_entropy(scores, labels, label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        schedule.step()
        losses.append(total / len(loader))
        right.append(count_right(model, held_out))
    return losses, right


def draw(path: Path, losses: list[float], accuracies: list[float]) -> None:
    """Draw the losses, and the accuracy on the images held out."""
    figure = Figure(figsize=(10, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    epochs = range(1, len(losses) + 1)
    left.plot(epochs, losses, color="#30569f", linewidth=2)
    left.set(title="Loss on the training images", xlabel="epoch")
    right.plot(epochs, [100 * x for x in accuracies], color="#1b7f4b", linewidth=2, marker="o")
    right.set(title="Right on the held-out images", xlabel="epoch", ylabel="%")
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), epochs: int = 10) -> tuple[list[float], float]:
    """Train, test, and leave a picture in `folder`; return the losses and the accuracy."""
    torch.manual_seed(0)
    learnt, held_out = random_split(mnist(), [4000, 1000])
    model = ResidualNetwork()
    losses, right = train(model, learnt, held_out, epochs)
    print(f"right on the held-out digits: {right[-1]} of {len(held_out)}")
    accuracies = [count / len(held_out) for count in right]
    draw(folder / "residual.png", losses, accuracies)
    print("saved residual.png")
    return losses, accuracies[-1]


if __name__ == "__main__":
    main()
