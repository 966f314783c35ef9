"""The networks of `examples/` learn what they say that they learn, and leave their pictures."""

from __future__ import annotations

from pathlib import Path

from examples import lenet, names, vae

import minitorch as torch
from minitorch.utils.data import random_split
from minitorch_data import mnist
from minitorch_data import names as first_names


def is_picture(path: Path) -> bool:
    return path.read_bytes().startswith(b"\x89PNG")


def test_lenet_reads_97_of_100_digits(tmp_path: Path) -> None:
    assert lenet.main(tmp_path) >= 0.97
    assert is_picture(tmp_path / "lenet.png")
    again = lenet.LeNet()
    again.load_state_dict(torch.load(tmp_path / "lenet.pt"))


def test_lenet_learns_the_same_each_time() -> None:
    losses = []
    for _ in range(2):
        torch.manual_seed(1)
        digits, _ = random_split(mnist(), [320, 4680])
        losses.append(lenet.train(lenet.LeNet(), digits, epochs=2))
    assert losses[0] == losses[1]
    assert losses[0][1] < losses[0][0]


def test_the_autoencoder_learns(tmp_path: Path) -> None:
    losses = vae.main(tmp_path, epochs=15)
    assert losses[-1] < 26 < losses[0]
    assert is_picture(tmp_path / "vae.png")


def test_names_are_learnt() -> None:
    torch.manual_seed(0)
    known = first_names()
    for kind in ("LSTM", "GRU"):
        model = names.Namer(kind, hidden=64)
        losses = names.train(model, known[::4], epochs=4)
        assert losses[-1] < 2.5 < losses[0]  # of 3.3 nats, the logarithm of 27
        name = names.invent(model)
        assert name.isalpha() or not name


def test_names_are_drawn(tmp_path: Path) -> None:
    names.draw(tmp_path / "names.png", {"LSTM": [2.0, 1.0]}, {"LSTM": ["Anna"]})
    assert is_picture(tmp_path / "names.png")
