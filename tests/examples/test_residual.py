"""The residual network learns digits, in a few epochs as well, and leaves a picture."""

from __future__ import annotations

from pathlib import Path

from examples import residual

import minitorch as torch
from minitorch.utils.data import random_split
from minitorch_data import mnist


def test_it_reads_93_of_100_digits_after_three_epochs(tmp_path: Path) -> None:
    losses, accuracy = residual.main(tmp_path, epochs=3)
    assert len(losses) == 3
    assert losses[-1] < losses[0]
    assert accuracy >= 0.93
    assert (tmp_path / "residual.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_the_same_each_time() -> None:
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        learnt, held_out, _ = random_split(mnist(), [320, 100, 4580])
        runs.append(residual.train(residual.ResidualNetwork(), learnt, held_out, epochs=2))
    assert runs[0] == runs[1]
    assert runs[0][0][1] < runs[0][0][0]
