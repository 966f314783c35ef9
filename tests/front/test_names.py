"""Every way in which a PyTorch script names things works here: when run, and for mypy."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path
from typing import assert_type

import pytest

import minitorch as torch
import minitorch.nn.functional as F
import minitorch.nn.init
import minitorch.optim.lr_scheduler as schedules
from minitorch import nn
from minitorch.nn import init
from minitorch.optim import Adam
from minitorch.utils.data import TensorDataset

ROOT = Path(__file__).parents[2]


def test_the_names_of_a_script_have_their_types() -> None:
    torch.manual_seed(0)
    x = torch.tensor([[1.0, 2.0, 3.0]], requires_grad=True)
    assert_type(x, torch.Tensor)
    assert_type(torch.Tensor([1, 2]), torch.Tensor)
    assert_type(torch.nn.functional.relu(x), torch.Tensor)
    assert_type(F.linear(x, torch.ones(2, 3)), torch.Tensor)
    assert_type(nn.functional.tanh(x), torch.Tensor)

    model = torch.nn.Linear(3, 1)
    assert_type(model, nn.Linear)
    assert_type(model(x), torch.Tensor)
    assert_type(init.uniform_(model.weight), torch.Tensor)
    assert minitorch.nn.init.uniform_ is init.uniform_

    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    assert_type(optimizer, Adam)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2)
    assert_type(schedule, schedules.StepLR)
    model(x).sum().backward()
    optimizer.step()
    schedule.step()

    loader = torch.utils.data.DataLoader(TensorDataset(x, x), batch_size=1)
    assert_type(next(iter(loader)), list[torch.Tensor])
    with torch.no_grad():
        assert not (x * 2).requires_grad
    assert_type(torch.autograd.function.FunctionCtx("Exp"), torch.autograd.function.FunctionCtx)
    assert issubclass(torch.autograd.Function, torch.autograd.function.Function)
    assert isinstance((x * 2).grad_fn, torch.autograd.graph.Node)
    (gradient,) = torch.autograd.grad(x.sum(), x)
    assert_type(gradient, torch.Tensor)


SHOWN = [
    ("minitorch", "minitorch_autograd"),
    ("minitorch.autograd", "minitorch_autograd"),
    ("minitorch.autograd.function", "minitorch_autograd"),
    ("minitorch.autograd.graph", "minitorch_autograd"),
    ("minitorch.nn", "minitorch_nn"),
    ("minitorch.nn.functional", "minitorch_nn.functional"),
    ("minitorch.nn.init", "minitorch_nn.init"),
    ("minitorch.optim", "minitorch_optim"),
    ("minitorch.optim.lr_scheduler", "minitorch_optim.lr_scheduler"),
    ("minitorch.optim.swa_utils", "minitorch_optim.swa_utils"),
    ("minitorch.optim.swa_utils", "minitorch_nn.utils.averaging"),
]


@pytest.mark.parametrize(("place", "layer"), SHOWN)
def test_all_that_is_public_in_a_layer_is_shown(place: str, layer: str) -> None:
    front, below = importlib.import_module(place), importlib.import_module(layer)
    for name in below.__all__:
        value = getattr(below, name)
        if not hasattr(value, "__path__") and not hasattr(value, "__spec__"):  # modules: above
            assert getattr(front, name) is value


def test_a_replaced_layer_shows_itself(tmp_path: Path) -> None:
    # The autograd on a tape has the names of the contracts alone: `zeros`, and no `sigmoid`.
    script = tmp_path / "script.py"
    script.write_text(
        "import minitorch as torch\n"
        "print(hasattr(torch, 'zeros'), hasattr(torch, 'sigmoid'), torch.tensor([1.0]))\n"
    )
    swap = f"autograd={ROOT / 'examples/layers/tape-autograd'}"
    command = [sys.executable, "-m", "minitorch_swap", swap, str(script)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.stdout == "True False tensor([1.])\n", run.stderr
