"""The example that sets MiniTorch and PyTorch side by side."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from examples.torch_gradients import differences

ROOT = Path(__file__).parents[2]


def test_the_gradients_of_linear_are_pytorchs() -> None:
    found = differences()
    assert set(found) == {"input", "weight"}
    assert max(found.values()) <= 1e-6


def test_the_example_says_so() -> None:
    command = [sys.executable, "examples/torch_gradients.py"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "gradient of input, (3, 1, 1, 4)" in run.stdout
    assert "gradient of weight, (3, 4)" in run.stdout
