"""Train a convolutional network in the style of LeNet on 4,000 images of MNIST.

    hatch run python examples/lenet.py

It reads at least 97 of 100 digits that it has never seen. The words are PyTorch's: there, only the
imports are others.

Source: LeCun et al., "Gradient-Based Learning Applied to Document Recognition", 1998, section II.
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


class LeNet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.pool = nn.MaxPool2d(2)
        self.dropout = nn.Dropout(0.2)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        x = self.pool(F.relu(self.conv1(images)))  # (N, 6, 14, 14)
        x = self.pool(F.relu(self.conv2(x)))  # (N, 16, 5, 5)
        x = self.dropout(torch.flatten(x, 1))
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        return self.fc3(x)


def train(model: LeNet, digits: Digits, epochs: int = 15) -> list[float]:
    """Teach `model` the digits; return the mean loss of each epoch."""
    loader = DataLoader(digits, batch_size=32, shuffle=True)
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=6, gamma=0.3)
    model.train()
    losses = []
    for _ in track(range(epochs), "LeNet"):
        total = 0.0
        for images, labels in loader:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        schedule.step()
        losses.append(total / len(loader))
    return losses


def predict(model: LeNet, digits: Digits) -> torch.Tensor:
    """Return which digit the model sees in each image."""
    model.eval()
    with torch.no_grad():
        scores = [model(images) for images, _ in DataLoader(digits, batch_size=250)]
    return torch.cat(scores).argmax(1)


def draw(
    path: Path, model: LeNet, losses: list[float], wrong: list[tuple[torch.Tensor, str]]
) -> None:
    """Draw the losses, the first layer's kernels, and the images that were misread."""
    figure = Figure(figsize=(11, 5), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1, 1.4])[0]
    above, below = left.subfigures(2, 1, squeeze=False, height_ratios=[2, 1])[:, 0]
    axes = above.subplots()
    axes.plot(range(1, len(losses) + 1), losses, color="#30569f", linewidth=2)
    axes.set(title="Loss on the training images", xlabel="epoch", yscale="log")
    axes.spines[["top", "right"]].set_visible(False)
    below.suptitle("The kernels of the first layer")
    for cell, kernel in zip(below.subplots(1, 6), model.conv1.weight, strict=True):
        cell.imshow(kernel[0].tolist(), cmap="RdBu")
        cell.set(xticks=[], yticks=[])
    right.suptitle(f"{len(wrong)} of the held-out images were misread")
    for cell in (cells := right.subplots(4, 6)).flat:
        cell.set_axis_off()
    for cell, (image, verdict) in zip(cells.flat, wrong, strict=False):
        cell.imshow(image[0].tolist(), cmap="gray_r")
        cell.set_title(verdict, fontsize=9, color="#c8332b")
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), epochs: int = 15) -> float:
    """Train, test, and leave a picture and the weights in `folder`; return the accuracy."""
    torch.manual_seed(0)
    learnt, held_out = random_split(mnist(), [4000, 1000])
    model = LeNet()
    losses = train(model, learnt, epochs)
    seen = predict(model, held_out)
    images, labels = next(iter(DataLoader(held_out, batch_size=len(held_out))))
    right = (seen == labels).sum().item()
    print(f"right on the held-out digits: {right} of {len(held_out)}")

    wrong = [
        (images[i], f"{seen[i].item()}, is {labels[i].item()}")
        for i in range(len(held_out))
        if seen[i].item() != labels[i].item()
    ]
    draw(folder / "lenet.png", model, losses, wrong)
    torch.save(model.state_dict(), folder / "lenet.pt")
    print("saved lenet.png, and lenet.pt, which PyTorch reads, too")
    return right / len(held_out)


if __name__ == "__main__":
    main()
