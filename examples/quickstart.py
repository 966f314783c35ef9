"""Train two networks: a tiny one on four samples, then one that reads handwritten digits.

    hatch run quickstart

The words are PyTorch's: there, only the imports are others.
"""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

import minitorch as torch
import minitorch.nn.functional as F
from minitorch.utils.data import DataLoader, Subset, random_split
from minitorch_data import digits

NEXT = """\
What next?
  look at quickstart.png, and change something in examples/quickstart.py
  hatch run test              run the tests
  docs/evening.md             read how it works, from a list of numbers to a network
  docs/architecture.md        the same for the layers that just ran, on one page
  docs/replace-a-layer.md     put a layer of your own in place of one of these
"""


def progress() -> Progress:
    """Make a progress bar that shows the loss."""
    loss = TextColumn("loss {task.fields[loss]:.4f}")
    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), loss)


# --- Four samples


def train_four_samples(epochs: int = 100) -> tuple[torch.nn.Sequential, list[float]]:
    """Fit a network of three layers to four samples; return it, and its loss at each epoch."""
    X = torch.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
    Y = torch.tensor([[1.0], [-1.0], [-1.0], [1.0]])

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

    losses = []
    with progress() as bar:
        task = bar.add_task("four samples", total=epochs, loss=1.0)
        for _ in range(epochs):
            loss = criterion(model(X), Y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            bar.update(task, advance=1, loss=losses[-1])
    return model, losses


# --- Handwritten digits

Digits = Subset[tuple[torch.Tensor, ...]]


def digits_model() -> torch.nn.Sequential:
    """Make a network from the 64 pixels of an image to a score for each digit."""
    return torch.nn.Sequential(
        torch.nn.Linear(64, 128),
        torch.nn.ReLU(),
        torch.nn.Dropout(0.2),
        torch.nn.Linear(128, 10),
    )


def train_digits(train: Digits, epochs: int = 40) -> tuple[torch.nn.Sequential, list[float]]:
    """Teach a new network the digits in `train`; return it, and its mean loss in each epoch."""
    loader = DataLoader(train, batch_size=64, shuffle=True)
    model = digits_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    with progress() as bar:
        task = bar.add_task("digits      ", total=epochs, loss=2.3)
        for _ in range(epochs):
            total = 0.0
            for images, labels in loader:
                loss = F.cross_entropy(model(images), labels)
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item()
            losses.append(total / len(loader))
            bar.update(task, advance=1, loss=losses[-1])
    return model, losses


def predict(model: torch.nn.Sequential, images: torch.Tensor) -> list[int]:
    """Return which digit the model sees in each image."""
    model.eval()
    with torch.no_grad():
        scores = model(images)
    return whole_numbers(scores.argmax(1))


def whole_numbers(x: torch.Tensor) -> list[int]:
    """Return the elements of a vector."""
    return [int(x[i].item()) for i in range(x.shape[0])]


def draw(
    path: Path,
    losses: list[float],
    images: torch.Tensor,
    labels: list[int],
    predictions: list[int],
) -> None:
    """Draw the loss of each epoch, and test images with what the model took them for."""
    figure = Figure(figsize=(11, 5), layout="constrained")
    left, right = figure.subfigures(1, 2, squeeze=False, width_ratios=[1, 1.4], wspace=0.04)[0]

    axes = left.subplots()
    axes.plot(range(1, len(losses) + 1), losses, color="#30569f", linewidth=2)
    axes.set(title="Loss on the training images", xlabel="epoch", ylabel="cross entropy")
    axes.set_yscale("log")
    axes.yaxis.set_major_formatter("{x:g}")
    axes.grid(color="#e4e4e4")
    axes.spines[["top", "right"]].set_visible(False)

    hits = [seen == label for seen, label in zip(predictions, labels, strict=True)]
    right.suptitle(f"Test images: {sum(hits)} of {len(hits)} right. The wrong ones come first")
    order = sorted(range(len(hits)), key=hits.__getitem__)
    for cell, i in zip(right.subplots(5, 8).flat, order, strict=False):
        color, width = ("#1b7f4b", 1) if hits[i] else ("#c8332b", 3)
        verdict = f"✓ {predictions[i]}" if hits[i] else f"✗ {predictions[i]}, is {labels[i]}"
        cell.imshow(images[i].reshape((8, 8)).tolist(), cmap="gray_r")
        cell.set_title(verdict, color=color, fontsize=10)
        cell.set(xticks=[], yticks=[])
        cell.spines[:].set(color=color, linewidth=width)
    figure.savefig(path, dpi=150, bbox_inches="tight", pad_inches=0.25)


def main(folder: Path = Path()) -> None:
    """Train both networks, and leave a picture and the weights in `folder`."""
    print("Four samples, three layers\n")
    model, losses = train_four_samples()
    print(f"\nloss: {losses[-1]:.4f}, from {losses[0]:.4f}\n\n{model}\n")
    for name, value in model.state_dict().items():
        print(f"{name}: {value}")

    torch.manual_seed(0)
    train, test = random_split(digits(), [0.8, 0.2])
    print(f"\nHandwritten digits: {len(train)} to learn from, {len(test)} held out\n")
    model, losses = train_digits(train)
    images, answers = next(iter(DataLoader(test, batch_size=len(test))))
    labels, predictions = whole_numbers(answers), predict(model, images)
    hits = sum(seen == label for seen, label in zip(predictions, labels, strict=True))
    print(f"\nright on the held-out digits: {hits} of {len(test)}, {hits / len(test):.1%}")

    draw(folder / "quickstart.png", losses, images, labels, predictions)
    torch.save(model.state_dict(), folder / "quickstart.pt")
    fresh = digits_model()
    fresh.load_state_dict(torch.load(folder / "quickstart.pt"))
    assert predict(fresh, images) == predictions
    print("saved quickstart.png, and quickstart.pt: loaded again, it predicts the same")
    print(f"\n{NEXT}", end="")


if __name__ == "__main__":
    main()
