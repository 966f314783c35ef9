"""The quickstart reaches what the README says of it, and leaves a picture and the weights."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examples import quickstart

import minitorch as torch
from minitorch.utils.data import random_split
from minitorch_data import digits


def test_it_runs_as_a_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quickstart.main(tmp_path)
    output = capsys.readouterr().out

    assert "four samples" in output and "100/100" in output
    assert "Linear(in_features=3, out_features=6, bias=True)" in output
    for name in ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"):
        assert f"\n{name}: tensor([" in output

    accuracy = re.search(r"right on the held-out digits: (\d+) of (\d+), ([\d.]+)%", output)
    assert accuracy is not None
    assert int(accuracy[2]) == 359  # a fifth of 1,797
    assert int(accuracy[1]) >= 0.96 * 359
    assert "loaded again, it predicts the same" in output
    assert output.endswith(quickstart.NEXT)

    assert (tmp_path / "quickstart.png").read_bytes().startswith(b"\x89PNG")
    weights = torch.load(tmp_path / "quickstart.pt")
    assert {name: value.shape for name, value in weights.items()} == {
        "0.weight": (128, 64),
        "0.bias": (128,),
        "3.weight": (10, 128),
        "3.bias": (10,),
    }


def test_what_it_says_to_do_next_is_there() -> None:
    root = Path(__file__).parents[2]
    for name in re.findall(r"(?:docs|examples)/[\w.-]+", quickstart.NEXT):
        assert (root / name).is_file()


def test_the_four_samples_are_learnt() -> None:
    model, losses = quickstart.train_four_samples()
    assert len(losses) == 100
    assert losses[-1] < 0.01 < losses[0]
    targets = [1, -1, -1, 1]
    outputs = model(torch.tensor([[2.0, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]]))
    assert [round(outputs[i].item()) for i in range(4)] == targets


def test_it_is_the_same_each_time() -> None:
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        train, _ = random_split(digits(), [200, 1597])
        runs.append(quickstart.train_digits(train, epochs=2)[1])
    assert runs[0] == runs[1]
    assert runs[0][1] < runs[0][0]
