"""The core of autograd is complete by itself: it trains a network, and imports nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import minitorch_autograd


def test_the_core_trains_a_network_alone() -> None:
    script = Path(__file__).with_name("core_network.py")
    folder = Path(minitorch_autograd.__file__).parent
    command = [sys.executable, str(script), str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    print(run.stdout)
    word, loss, _, lines, *_ = run.stdout.split()
    assert word == "loss" and float(loss) < 0.01
    assert int(lines) < 6000
