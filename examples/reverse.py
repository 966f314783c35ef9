"""Teach a Transformer to write words backwards: from a sequence to another one.

    hatch run python examples/reverse.py

The encoder reads 4 to 10 letters drawn at random; the decoder writes them from the last to the
first, one by one. It reverses at least 99 of 100 new sequences without a single wrong letter.

Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.
"""

from __future__ import annotations

import string
from pathlib import Path

from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
import minitorch.nn.functional as F
from minitorch import nn

SYMBOLS = " ^." + string.ascii_lowercase
PADDING, START, END, FIRST = range(4)  # the first letter is symbol 3
SHORTEST, LONGEST = 4, 10


class Reverser(nn.Module):
    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.letters = nn.Embedding(len(SYMBOLS), width, padding_idx=PADDING)
        self.places = nn.Embedding(LONGEST + 1, width)
        self.transformer = nn.Transformer(
            width, 4, 1, 1, 2 * width, dropout=0.0, batch_first=True, norm_first=True
        )
        self.scores = nn.Linear(width, len(SYMBOLS))

    def embed(self, words: torch.Tensor) -> torch.Tensor:
        return self.letters(words) + self.places(torch.arange(words.shape[1]))

    def forward(self, words: torch.Tensor, written: torch.Tensor) -> torch.Tensor:
        """Return for each place of `written` (N, T) scores of the letter that comes next."""
        later = nn.Transformer.generate_square_subsequent_mask(written.shape[1])
        nothing = words == PADDING
        states = self.transformer(
            self.embed(words),
            self.embed(written),
            tgt_mask=later,
            src_key_padding_mask=nothing,
            memory_key_padding_mask=nothing,
        )
        return self.scores(states)


def sequences(count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw words (N, 10), and their reversals (N, 12) between a start and an end."""
    places = torch.arange(LONGEST)
    lengths = torch.randint(SHORTEST, LONGEST + 1, (count, 1))
    letters = torch.randint(FIRST, len(SYMBOLS), (count, LONGEST))
    words = torch.where(places < lengths, letters, PADDING)
    backwards = torch.gather(words, 1, (lengths - 1 - places).clamp(min=0))
    answers = F.pad(torch.where(places < lengths, backwards, PADDING), (1, 1))
    answers[:, 0] = START
    answers.scatter_(1, lengths + 1, END)
    return words, answers


def train(model: Reverser, steps: int, batch: int = 64) -> list[float]:
    """Teach `model` to reverse; return the loss of each step, in nats a letter."""
    optimizer = torch.optim.Adam(model.parameters(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, steps * 3 // 4, gamma=0.1)
    losses = []
    for _ in track(range(steps), "Transformer"):
        words, answers = sequences(batch)
        scores = model(words, answers[:, :-1])
        loss = F.cross_entropy(scores.mT, answers[:, 1:], ignore_index=PADDING)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    return losses


def reverse(model: Reverser, words: torch.Tensor) -> torch.Tensor:
    """Write the reversals (N, 12), each letter the likeliest after those before it."""
    written = torch.full((len(words), 1), START)
    with torch.no_grad():
        for _ in range(LONGEST + 1):
            best = model(words, written)[:, -1].argmax(1, keepdim=True)
            over = (written == END).any(1, keepdim=True)  # after the end comes nothing
            written = torch.cat([written, torch.where(over, PADDING, best)], 1)
    return written


def attention(model: Reverser, words: torch.Tensor, written: torch.Tensor) -> torch.Tensor:
    """Return how much the decoder looks at each letter of whole words as it writes (N, T, S)."""
    decoder = model.transformer.decoder
    assert isinstance(decoder, nn.TransformerDecoder)
    looks = decoder.layers[0].multihead_attn
    seen = []

    def look(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        query, key, value = inputs[:3]
        weights = looks.forward(query, key, value)[1]  # the decoder itself asks for none
        assert weights is not None
        seen.append(weights)

    hook = looks.register_forward_pre_hook(look)
    with torch.no_grad():
        model(words, written)
    hook.remove()
    return seen[0]


def draw(path: Path, losses: list[float], weights: torch.Tensor, word: str, answer: str) -> None:
    """Draw the losses, and where the decoder looks as it writes one word backwards."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(range(1, len(losses) + 1), losses, color="#30569f")
    left.set(title="Loss of a letter", xlabel="step", ylabel="nats", yscale="log")
    left.spines[["top", "right"]].set_visible(False)
    right.imshow(weights.tolist(), cmap="Blues", vmin=0, vmax=1)
    right.set(title="Where it looks", xlabel="letter read", ylabel="letter written")
    right.set_xticks(range(len(word)), list(word))
    right.set_yticks(range(len(answer)), list(answer))
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), steps: int = 800) -> tuple[list[float], float]:
    """Train, test, and leave a picture in `folder`; return the losses and the accuracy."""
    torch.manual_seed(0)
    model = Reverser()
    losses = train(model, steps)
    words, answers = sequences(1000)
    right = int((reverse(model, words) == answers).all(1).sum().item())
    print(f"reversed without a wrong letter: {right} of {len(words)}")
    word = torch.randperm(len(SYMBOLS) - FIRST)[:LONGEST].unsqueeze(0) + FIRST
    written = reverse(model, word)
    read, answer = ("".join(SYMBOLS[int(i.item())] for i in row[0]) for row in (word, written))
    print(f"for instance {read}, backwards {answer}")
    weights = attention(model, word, written[:, :-1])[0]
    draw(folder / "reverse.png", losses, weights, read, answer[1:])
    print("saved reverse.png")
    return losses, right / len(words)


if __name__ == "__main__":
    main()
