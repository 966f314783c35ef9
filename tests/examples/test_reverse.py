"""The Transformer learns to reverse, in fewer steps as well, and leaves a picture."""

from __future__ import annotations

from pathlib import Path

from examples import reverse

import minitorch as torch


def test_it_reverses_90_of_100_sequences_after_300_steps(tmp_path: Path) -> None:
    losses, accuracy = reverse.main(tmp_path, steps=300)
    assert len(losses) == 300
    assert losses[-1] < 0.1 < losses[0]
    assert accuracy >= 0.9
    assert (tmp_path / "reverse.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_the_same_each_time() -> None:
    runs = []
    for _ in range(2):
        torch.manual_seed(1)
        runs.append(reverse.train(reverse.Reverser(width=16), steps=20, batch=16))
    assert runs[0] == runs[1]
    assert runs[0][-1] < runs[0][0]


def test_the_answers_are_the_words_backwards() -> None:
    torch.manual_seed(1)
    words, answers = reverse.sequences(50)
    lengths = set()
    for i in range(50):
        word, answer = ([int(x.item()) for x in row[i]] for row in (words, answers))
        letters = [letter for letter in word if letter != reverse.PADDING]
        padding = [reverse.PADDING] * (reverse.LONGEST - len(letters))
        assert word == letters + padding
        assert answer == [reverse.START, *letters[::-1], reverse.END, *padding]
        lengths.add(len(letters))
    assert lengths == set(range(reverse.SHORTEST, reverse.LONGEST + 1))
