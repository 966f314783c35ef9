"""The tool itself: what a test notices is killed, what none does is reported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TOY = '''
"""A package."""

from __future__ import annotations

FEW = 3


def larger(a: int, b: int) -> int:
    """Return the larger."""
    return a if a > b else b


def last_of(values: list[int]) -> int:
    """Return the last one."""
    return values[-1]


def forever(count: int) -> int:
    """Count down."""
    while count > 0:
        count -= 1
    return count
'''
TESTS = """
from toy import FEW, forever, larger, last_of

def test_larger():
    assert larger(1, 2) == 2 and larger(2, 1) == 2

def test_last_of():
    assert last_of([1])

def test_forever():
    assert forever(3) == 0

def test_few():
    assert FEW == 3
"""


def run(root: Path, *arguments: str) -> str:
    """Return what the tool prints of the toy package."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutants", "--root", str(root), "--jobs", "2", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("toy")
    for name, text in {
        "packages/toy/src/toy/__init__.py": TOY,
        "tests/test_toy.py": TESTS,
        "pyproject.toml": '[tool.pytest.ini_options]\naddopts = ["--import-mode=importlib"]\n',
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text.lstrip())
    return root


def test_what_is_noticed_is_killed_and_the_rest_reported(toy: Path) -> None:
    printed = run(toy, "--sample", "1000")
    survivors = {line.strip() for line in printed.splitlines() if line.startswith(" -> ")}
    assert survivors == {
        "-> return a if a >= b else b",
        "-> return values[0]",
    }
