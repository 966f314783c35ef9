"""`docs/differences.md` as a whole: its rows are tested in a file for each heading."""

from __future__ import annotations

import re

import torch
from tests.parity.differences import SECTIONS

import minitorch
import minitorch.nn.functional
import minitorch.nn.init
import minitorch.optim.lr_scheduler
import minitorch.utils.data


def test_each_heading_has_a_file() -> None:
    assert list(SECTIONS) == [
        "Gradients",
        "Derivatives of functions",
        "Tensors and random numbers",
        "Rounding",
        "Modules, optimizers and files",
        "Warnings and messages",
        "Names",
    ]


def test_the_names_that_pytorch_does_not_have() -> None:
    found: set[str] = set()
    for ours, theirs, prefix in (
        (minitorch, torch, ""),
        (minitorch.nn, torch.nn, "nn."),
        (minitorch.nn.functional, torch.nn.functional, "nn.functional."),
        (minitorch.nn.init, torch.nn.init, "nn.init."),
        (minitorch.optim, torch.optim, "optim."),
        (minitorch.optim.lr_scheduler, torch.optim.lr_scheduler, "optim.lr_scheduler."),
        (minitorch.utils.data, torch.utils.data, "utils.data."),
        (minitorch.Tensor, torch.Tensor, "Tensor."),
        (minitorch.nn.Module, torch.nn.Module, "nn.Module."),
        (minitorch.optim.Optimizer, torch.optim.Optimizer, "optim.Optimizer."),
    ):
        for name in dir(ours):
            at_the_top = theirs is torch and hasattr(torch.autograd, name)
            if not name.startswith("_") and not hasattr(theirs, name) and not at_the_top:
                found.add(prefix + name)
    assert found == set(re.findall(r"`([\w.]+)`", " ".join(SECTIONS["Names"].rows)))
