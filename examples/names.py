"""Teach recurrent networks to invent first names, letter by letter: an LSTM and a GRU.

    hatch run python examples/names.py

Each reads 5,163 names of the census of 1990 and learns which letter comes next.

Source: Sutskever, Martens, Hinton, "Generating Text with Recurrent Neural Networks", 2011
"""

from __future__ import annotations

import string
from pathlib import Path

from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
import minitorch.nn.functional as F
from minitorch import nn
from minitorch.nn.utils.rnn import pad_sequence
from minitorch_data import names

LETTERS = "." + string.ascii_lowercase  # a dot begins and ends a name
NOTHING = -100  # behind the end of a name: cross entropy does not count it


class Namer(nn.Module):
    """From letters to scores of the letter that comes next."""

    def __init__(self, kind: str, hidden: int = 128) -> None:
        super().__init__()
        self.letters = nn.Embedding(len(LETTERS), 32)
        self.layers: nn.LSTM | nn.GRU = (
            nn.LSTM(32, hidden, batch_first=True)
            if kind == "LSTM"
            else nn.GRU(32, hidden, batch_first=True)
        )
        self.scores = nn.Linear(hidden, len(LETTERS))

    def forward(self, letters: torch.Tensor) -> torch.Tensor:
        states, _ = self.layers(self.letters(letters))
        return self.scores(states)


def encode(words: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return letters (N, T), and for each the one that comes next."""
    rows = [[LETTERS.index(letter) for letter in f".{word}."] for word in words]
    inputs = pad_sequence([torch.tensor(row[:-1]) for row in rows], batch_first=True)
    targets = pad_sequence(
        [torch.tensor(row[1:]) for row in rows], batch_first=True, padding_value=NOTHING
    )
    return inputs, targets


def loss_of(model: Namer, words: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Return the mean of -log probability of the letters that came, in nats."""
    inputs, targets = words
    scores = model(inputs).reshape(-1, len(LETTERS))
    return F.cross_entropy(scores, targets.reshape(-1), ignore_index=NOTHING)


def train(model: Namer, words: list[str], epochs: int, batch: int = 128) -> list[float]:
    """Teach `model` names; return the mean loss of each epoch."""
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    inputs, targets = encode(words)
    losses = []
    for _ in track(range(epochs), type(model.layers).__name__):
        total, count = 0.0, 0
        for chosen in torch.randperm(len(words)).split(batch):
            loss = loss_of(model, (inputs[chosen], targets[chosen]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            total, count = total + loss.item(), count + 1
        losses.append(total / count)
    return losses


def invent(model: Namer, temperature: float = 0.8) -> str:
    """Draw a name, letter by letter; a low temperature prefers the likely ones."""
    word = "."
    while len(word) < 20 and (len(word) == 1 or word[-1] != "."):
        letters = torch.tensor([[LETTERS.index(letter) for letter in word]])
        with torch.no_grad():
            chances = F.softmax(model(letters)[0, -1] / temperature, dim=0)
        word += LETTERS[int(torch.multinomial(chances, 1).item())]
    return word.strip(".").capitalize()


def draw(path: Path, losses: dict[str, list[float]], invented: dict[str, list[str]]) -> None:
    """Draw the losses of the networks, and what they invented."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    axes, text = figure.subplots(1, 2)
    for kind, values in losses.items():
        axes.plot(range(1, len(values) + 1), values, label=kind, linewidth=2)
    axes.set(title="Loss of a letter", xlabel="epoch", ylabel="nats")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    text.set_axis_off()
    for i, (kind, found) in enumerate(invented.items()):
        text.text(0.1 + i * 0.5, 1, "\n".join([f"by the {kind}", "", *found]), va="top")
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), epochs: int = 20) -> dict[str, float]:
    """Train both, print names that are in no census, and leave a picture in `folder`."""
    torch.manual_seed(0)
    known = names()
    losses, invented = {}, {}
    for kind in ("LSTM", "GRU"):
        model = Namer(kind)
        losses[kind] = train(model, known, epochs)
        new: list[str] = []
        while len(new) < 12:
            name = invent(model)
            if name.lower() not in known and len(name) > 2 and name not in new:
                new.append(name)
        invented[kind] = new
        print(f"{kind}: {losses[kind][-1]:.3f} nats a letter. {', '.join(new)}")
    draw(folder / "names.png", losses, invented)
    print("saved names.png")
    return {kind: values[-1] for kind, values in losses.items()}


if __name__ == "__main__":
    main()
