"""The GPT learns text, in a few steps as well, leaves a picture, and draws as it is told to."""

from __future__ import annotations

from pathlib import Path

from examples import gpt

import minitorch as torch


def test_it_learns_text_to_2_8_nats_in_60_steps(tmp_path: Path) -> None:
    losses, validation = gpt.main(tmp_path, steps=60)
    assert len(losses) == 60
    assert validation < 2.8 < losses[0]
    assert (tmp_path / "gpt.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_the_same_each_time() -> None:
    text = torch.arange(400) % 7
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        model = gpt.GPT(7, width=16, heads=2, layers=1)
        losses, validation = gpt.train(model, text, text, steps=20, batch=4)
        runs.append((losses, validation, gpt.write(model, text[:5], 10, top_k=3).tolist()))
    assert runs[0] == runs[1]
    assert runs[0][0][-1] < runs[0][0][0]


def test_a_character_does_not_see_later_ones() -> None:
    torch.manual_seed(1)
    model = gpt.GPT(7, width=16, heads=2)
    one, other = torch.tensor([[1, 2, 3, 4]]), torch.tensor([[1, 2, 5, 6]])
    assert torch.equal(model(one)[:, :2], model(other)[:, :2])
    assert not torch.equal(model(one)[:, 2:], model(other)[:, 2:])


def test_of_one_character_it_draws_the_likeliest() -> None:
    torch.manual_seed(1)
    model = gpt.GPT(7, width=16, heads=2)
    start = torch.tensor([1, 2, 3])
    with torch.no_grad():
        likeliest = model(start.unsqueeze(0))[0, -1].argmax().item()
    assert gpt.write(model, start, 1, top_k=1).tolist() == [1, 2, 3, likeliest]
    assert gpt.write(model, start, 1, temperature=1e-4, top_k=7).tolist() == [1, 2, 3, likeliest]
