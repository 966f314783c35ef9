"""The examples do here what they do under torch, with other imports and from the same seed.

One more sets MiniTorch and PyTorch side by side itself.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from examples.torch_gradients import differences
from tests.cases.case import Torch
from tests.parity.report import Report
from tests.parity.test_trainings import floats_of, losses_apart

import minitorch

ROOT = Path(__file__).parents[2]
# What is changed in an example, and nothing else: who it imports.
IMPORTS = [
    (r"^import minitorch as torch$", "import torch"),
    (r"^import minitorch\.", "import torch."),
    (r"^from minitorch\b", "from torch"),
    (r"^from minitorch_data import", "from tests.parity.torch_data import"),
]
# How far they are trained here, by the arguments of `main`; else it takes minutes.
EXAMPLES: dict[str, dict[str, int]] = {
    "four_samples": {},
    "gpt": {"steps": 15},
    "lenet": {"epochs": 1},
    "names": {"epochs": 2},
    "quickstart": {},
    "residual": {"epochs": 1},
    "reverse": {"steps": 60},
    "surfaces": {"steps": 60},
    "vae": {"epochs": 5},
}
# What torch has not: an optimizer that is made of a rule; and a file saved in PyTorch, read here.
OWN = {"lion", "torch_gradients", "transfer"}
# Their training amplifies the rounding of float32: at the kink of a ReLU a unit is on or off, and
# Adam makes a step of full size of a gradient near 0.
IN_FLOAT64 = {"lenet", "residual"}
# Examples print four digits; what they return agrees to more.
TOLERANCES = {"float64": 1e-9, "float32": 1e-5}


def example(name: str, in_torch: bool, folder: Path) -> ModuleType:
    """Import an example, or what it is under torch."""
    text = (ROOT / f"examples/{name}.py").read_text()
    if in_torch:
        for here, there in IMPORTS:
            text = re.sub(here, there, text, flags=re.MULTILINE)
        assert not re.search(r"^(import|from) minitorch", text, flags=re.MULTILINE)
    path = folder / f"{name}_of_{'torch' if in_torch else 'minitorch'}.py"
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines(output: str) -> list[str]:
    """Return what was printed, without the times of progress bars."""
    return [re.sub(r"\d+:\d\d:\d\d", "", line) for line in output.splitlines()]


def numbers(returned: Any) -> list[float]:
    """Return all numbers in what an example returns: losses, accuracies, ways."""
    if isinstance(returned, dict):
        return [one for value in returned.values() for one in numbers(value)]
    if isinstance(returned, list | tuple):
        return [one for value in returned for one in numbers(value)]
    return [] if returned is None else [float(returned)]


def in_float64(t: Torch, data: Callable[[], Any]) -> Callable[[], Any]:
    """Return images and labels as a data set of float64."""

    def made() -> Any:
        images, labels = data().tensors
        return t.utils.data.TensorDataset(images.to(t.float64), labels)

    return made


# Torch says of a layer which of its faster ways it does not go.
@pytest.mark.filterwarnings("ignore:enable_nested_tensor is True:UserWarning")
@pytest.mark.parametrize("name", EXAMPLES)
def test_example(
    name: str,
    report: Report,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report.begin("trainings", f"examples/{name}.py")
    monkeypatch.setenv("COLUMNS", "100")  # of the progress bars
    dtype = "float64" if name in IN_FLOAT64 else "float32"
    arguments = [] if name == "four_samples" else [tmp_path]
    printed, returned = [], []
    for t in (minitorch, torch):
        module = example(name, t is torch, tmp_path)
        if name in IN_FLOAT64:
            monkeypatch.setattr(module, "mnist", in_float64(t, module.mnist))
        with floats_of(t, dtype):
            returned.append(numbers(module.main(*arguments, **EXAMPLES[name])))
        printed.append(lines(capsys.readouterr().out))
    assert printed[0] == printed[1]
    assert printed[0]
    report.compare(losses_apart(returned[0], returned[1], TOLERANCES[dtype]))


def test_every_example_is_compared() -> None:
    assert {path.stem for path in ROOT.glob("examples/*.py")} == OWN | set(EXAMPLES)


def test_the_gradients_of_linear_are_pytorchs() -> None:
    found = differences()
    assert set(found) == {"input", "weight"}
    assert max(found.values()) <= 1e-6


def test_the_example_says_so() -> None:
    command = [sys.executable, "examples/torch_gradients.py"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "gradient of input, (3, 1, 1, 4)" in run.stdout
    assert "gradient of weight, (3, 4)" in run.stdout
