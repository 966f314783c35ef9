"""Train a network in PyTorch, then go on with it here, without PyTorch.

It runs where both are: `hatch run parity:transfer`.

PyTorch teaches the network the digits from 0 to 4, and saves it. Here it gives the same scores, to
1e-5, and then learns the digits from 5 to 9 from 50 images, with a new last layer. It reads at
least 78 of 100 others; the same network without what PyTorch taught it reads fewer.

Source: Yosinski et al., "How transferable are features in deep neural networks?", 2014.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from matplotlib.figure import Figure
from rich.progress import track

import minitorch
import minitorch.nn.functional as F
from minitorch import nn
from minitorch_data import mnist

SHOWN = 50  # images of the digits from 5 to 9


def layers(nn: ModuleType) -> list[Any]:
    """Make the layers of the network, of PyTorch's `nn` or of ours."""
    return [
        *(nn.Conv2d(1, 8, 5, stride=2, padding=2), nn.BatchNorm2d(8), nn.ReLU()),
        *(nn.Conv2d(8, 16, 5, stride=2, padding=2), nn.BatchNorm2d(16), nn.ReLU()),
        *(nn.Flatten(), nn.Linear(16 * 7 * 7, 64), nn.ReLU()),
        nn.Linear(64, 5),
    ]


def digits(first: int) -> tuple[minitorch.Tensor, minitorch.Tensor]:
    """Return the images of five digits in any order, and which of the five each is."""
    images, labels = mnist().tensors
    chosen = minitorch.randperm(len(labels))
    chosen = chosen[(labels[chosen] >= first) & (labels[chosen] < first + 5)]
    return images[chosen], labels[chosen] - first


def train_in_pytorch(path: Path, epochs: int = 4) -> None:
    """Teach a network the digits from 0 to 4; save it, and its scores of 100 images."""
    import torch  # only here: everything else runs without

    torch.manual_seed(0)
    images, labels = (torch.from_dlpack(x) for x in digits(0))
    model = torch.nn.Sequential(*layers(torch.nn))
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    for _ in track(range(epochs), "in PyTorch"):
        for chosen in torch.randperm(len(images)).split(64):
            loss = torch.nn.functional.cross_entropy(model(images[chosen]), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    model.eval()
    some = images[torch.randperm(len(images))[:100]]
    with torch.no_grad():
        saved = {"model": model.state_dict(), "images": some, "scores": model(some)}
    torch.save(saved, path)


def load(path: Path) -> tuple[nn.Sequential, float]:
    """Return the network that PyTorch saved, and how far its scores here are from those there."""
    saved = minitorch.load(path)
    model = nn.Sequential(*layers(nn))
    model.load_state_dict(saved["model"])
    model.eval()
    with minitorch.no_grad():
        apart = model(saved["images"]) - saved["scores"]
    return model, apart.abs().max().item()


def learn(model: nn.Sequential, name: str, epochs: int = 30) -> list[float]:
    """Teach `model` the digits from 5 to 9; return the accuracy on others after each epoch."""
    images, labels = digits(5)
    optimizer = minitorch.optim.Adam(model.parameters(), lr=5e-3)
    accuracies = []
    for _ in track(range(epochs), name):
        model.train()
        for few in minitorch.randperm(SHOWN).split(20):
            loss = F.cross_entropy(model(images[few]), labels[few])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        model.eval()
        with minitorch.no_grad():
            right = model(images[SHOWN:]).argmax(1) == labels[SHOWN:]
        accuracies.append(right.to(minitorch.float32).mean().item())
    return accuracies


def draw(path: Path, accuracies: dict[str, list[float]]) -> None:
    """Draw how fast the networks learn."""
    figure = Figure(figsize=(6.5, 4), layout="constrained")
    axes = figure.subplots()
    for name, values in accuracies.items():
        axes.plot(range(1, len(values) + 1), [100 * x for x in values], label=name, linewidth=2)
    axes.set(
        title=f"The digits 5 to 9, learnt from {SHOWN} images", xlabel="epoch", ylabel="% right"
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(path, dpi=150)


def main(folder: Path = Path()) -> tuple[float, dict[str, list[float]]]:
    """Train there and here, and leave a picture in `folder`; return differences, accuracies."""
    if not (folder / "transfer.pt").exists():
        train_in_pytorch(folder / "transfer.pt")
    model, apart = load(folder / "transfer.pt")
    print(f"the scores differ by {apart:.1e} at most")

    minitorch.manual_seed(0)
    model[-1] = nn.Linear(64, 5)
    fresh = nn.Sequential(*layers(nn))
    accuracies = {
        "from PyTorch": learn(model, "from PyTorch"),
        "from nothing": learn(fresh, "from nothing"),
    }
    for name, values in accuracies.items():
        print(f"right on the held-out digits, {name}: {values[-1]:.1%}")
    draw(folder / "transfer.png", accuracies)
    print("saved transfer.png")
    return apart, accuracies


if __name__ == "__main__":
    main()
