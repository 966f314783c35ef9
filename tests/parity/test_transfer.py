"""A network that PyTorch trained goes on learning here, where PyTorch is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from examples import transfer

import minitorch

ROOT = Path(__file__).parents[2]
# With None in its place, every import of torch fails.
WITHOUT_TORCH = """\
import sys
sys.modules["torch"] = None
from pathlib import Path
from examples import transfer
apart, accuracies = transfer.main(Path(sys.argv[1]))
assert apart <= 1e-5
assert accuracies["from PyTorch"][-1] >= 0.78
assert accuracies["from PyTorch"][-1] > accuracies["from nothing"][-1]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("transfer")
    minitorch.manual_seed(0)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # on a busy machine, several wait for one another
    transfer.train_in_pytorch(folder / "transfer.pt")
    torch.set_num_threads(threads)
    return folder


def test_it_goes_on_without_pytorch(folder: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", WITHOUT_TORCH, str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "saved transfer.png" in run.stdout
    assert (folder / "transfer.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_the_same_each_time(folder: Path) -> None:
    runs = []
    for _ in range(2):
        model, apart = transfer.load(folder / "transfer.pt")
        assert apart <= 1e-5
        minitorch.manual_seed(1)
        runs.append(transfer.learn(model, "again", epochs=2))
    assert runs[0] == runs[1]
