"""Train a character-level GPT on the help texts of Python, and let it write some.

    hatch run python examples/gpt.py

It reads 64 characters, and learns at each which comes next: to 1.8 nats on text held out.

Source: Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, section 2.3.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from pydoc_data.topics import topics

from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
import minitorch.nn.functional as F
from minitorch import nn

WINDOW = 64


class Block(nn.Module):
    """Each character looks back at those before it, then thinks for itself."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width)
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)
        self.norm2 = nn.LayerNorm(width)
        wide = 4 * width
        self.mlp = nn.Sequential(nn.Linear(width, wide), nn.GELU(), nn.Linear(wide, width))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        n, length, width = x.shape
        parts = self.qkv(self.norm1(x)).reshape(n, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4).unbind(0)  # each (N, heads, T, width')
        seen = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + self.proj(seen.transpose(1, 2).reshape(n, length, width))
        return x + self.mlp(self.norm2(x))


class GPT(nn.Module):
    def __init__(self, characters: int, width: int = 96, heads: int = 4, layers: int = 2) -> None:
        super().__init__()
        self.characters = nn.Embedding(characters, width)
        self.places = nn.Embedding(WINDOW, width)
        self.blocks = nn.Sequential(*[Block(width, heads) for _ in range(layers)])
        self.norm = nn.LayerNorm(width)
        self.scores = nn.Linear(width, characters, bias=False)
        for embedding in (self.characters, self.places):
            nn.init.normal_(embedding.weight, std=0.02)

    def forward(self, text: torch.Tensor) -> torch.Tensor:
        """Return for each character (N, T) scores of the one that comes next (N, T, C)."""
        x = self.characters(text) + self.places(torch.arange(text.shape[1]))
        return self.scores(self.norm(self.blocks(x)))


def windows(text: torch.Tensor, starts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the windows of the text that begin there, and for each character the next."""
    places = starts.unsqueeze(1) + torch.arange(WINDOW)
    return text[places], text[places + 1]


def loss_of(model: GPT, inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Return the mean of -log probability of the characters that came, in nats."""
    return F.cross_entropy(model(inputs).flatten(0, 1), targets.flatten())


def validate(model: GPT, text: torch.Tensor, count: int = 256) -> float:
    """Return the loss on windows that are spread evenly over a text."""
    starts = torch.arange(count) * ((len(text) - WINDOW - 1) // count)
    with torch.no_grad():
        return loss_of(model, *windows(text, starts)).item()


def train(
    model: GPT, learnt: torch.Tensor, held_out: torch.Tensor, steps: int, batch: int = 32
) -> tuple[list[float], dict[int, float]]:
    """Teach `model` a text; return the loss of each step, and now and then that on the other."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, max(1, steps * 2 // 3), gamma=0.2)
    losses, validation = [], {0: validate(model, held_out)}
    for step in track(range(1, steps + 1), "GPT"):
        starts = torch.randint(len(learnt) - WINDOW, (batch,))
        loss = loss_of(model, *windows(learnt, starts))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % 50 == 0 or step == steps:
            validation[step] = validate(model, held_out)
    return losses, validation


def write(
    model: GPT, text: torch.Tensor, count: int, temperature: float = 0.7, top_k: int = 12
) -> torch.Tensor:
    """Go on with a text (T,), drawing each character from the `top_k` likeliest."""
    for _ in range(count):
        with torch.no_grad():
            scores = model(text[-WINDOW:].unsqueeze(0))[0, -1]
        best, indices = torch.topk(scores / temperature, top_k)
        text = torch.cat([text, indices[torch.multinomial(F.softmax(best, dim=0), 1)]])
    return text


def draw(path: Path, losses: list[float], validation: dict[int, float], text: str) -> None:
    """Draw the losses beside what it wrote."""
    figure = Figure(figsize=(11, 4.5), layout="constrained")
    axes, page = figure.subplots(1, 2)
    axes.plot(range(1, len(losses) + 1), losses, color="#b8c7e0", label="a batch")
    axes.plot(list(validation), list(validation.values()), color="#30569f", label="held-out text")
    axes.set(title="Loss of a character", xlabel="step", ylabel="nats")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    page.set_axis_off()
    page.text(0, 1, textwrap.fill(text, 60), va="top", family="monospace", parse_math=False)
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), steps: int = 500) -> tuple[list[float], float]:
    """Train, write, and leave a picture in `folder`; return the losses, and that on new text."""
    torch.manual_seed(0)
    # Once each, since the texts repeat paragraphs: held-out ones would have been seen. No tables.
    paragraphs = dict.fromkeys("\n\n".join(topics.values()).split("\n\n"))
    prose = "\n\n".join(text for text in paragraphs if "|" not in text and "---" not in text)
    alphabet = sorted(set(prose))
    text = torch.tensor([alphabet.index(character) for character in prose])
    learnt, held_out = text[: len(text) * 9 // 10], text[len(text) * 9 // 10 :]
    model = GPT(len(alphabet))
    losses, validation = train(model, learnt, held_out, steps)
    print(f"{validation[steps]:.3f} nats a character of new text, from {validation[0]:.3f}")
    start = torch.tensor([alphabet.index(character) for character in "\nThe "])
    written = "".join(alphabet[int(i.item())] for i in write(model, start, 400))
    draw(folder / "gpt.png", losses, validation, written)
    print(f"{written}\nsaved gpt.png")
    return losses, validation[steps]


if __name__ == "__main__":
    main()
