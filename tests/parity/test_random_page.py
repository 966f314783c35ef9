"""What `docs/random.md` shows is what torch gives."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import torch
from tests.docs.snippets import FILE_NAME, ROOT, commands, snippets
from tests.parity.test_examples import IMPORTS

FOUND = snippets(ROOT / "docs/random.md")


def program(name: str) -> str:
    """Return the text of a program that the page has one write."""
    (text,) = [
        one.text
        for one in FOUND
        if (match := FILE_NAME.match(one.text)) and match[1] == name and one.language == "python"
    ]
    return text


def shown(name: str) -> str:
    """Return what the page says that a program prints."""
    (output,) = [
        output
        for one in FOUND
        if one.language == "console"
        for command, output in commands(one.text)
        if command == f"python {name}"
    ]
    assert output
    return output


def run(text: str, folder: Path) -> str:
    file = folder / "program.py"
    file.write_text(text)
    command = [sys.executable, str(file)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_three_numbers_from_nothing() -> None:
    torch.manual_seed(0)
    assert shown("from_nothing.py").split() == [str(one) for one in torch.rand(3).tolist()]
    assert "import" not in program("from_nothing.py")


def test_words_are_right_beyond_a_turn_of_the_state() -> None:
    found: list[float] = []
    text = program("from_nothing.py").replace("seed=0", "seed=5_000_000_000")
    text = text.replace("range(3)", "range(1500)").replace("print(", "found.append(")
    exec(text, {"found": found})
    generator = torch.Generator().manual_seed(5_000_000_000)
    assert found == torch.rand(1500, generator=generator).tolist()


def test_the_training_prints_the_same_under_torch(tmp_path: Path) -> None:
    text = program("bigram.py")
    for here, there in IMPORTS:
        text = re.sub(here, there, text, flags=re.MULTILINE)
    assert "minitorch" not in text
    assert run(text, tmp_path) == shown("bigram.py")
