"""Every module of the table against torch's with the same weights."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tests.cases.case import case as make_case
from tests.cases.case import flat, make_inputs
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.parity.compare import difference
from tests.parity.report import Report
from tests.parity.test_operations import backward, compare_gradients

import minitorch

each_module = pytest.mark.parametrize("case", MODULES, ids=str)


def copied(state: dict[str, Any], module: Any) -> dict[str, Any]:
    """Return a state dict with tensors of `module`, `minitorch` or `torch`."""
    return {
        key: module.tensor(
            w.tolist(), dtype=getattr(module, str(w.dtype).removeprefix("torch."))
        ).reshape(tuple(w.shape))
        for key, w in state.items()
    }


def pair(case: ModuleCase, report: Report, dtype: str = "float64") -> tuple[Any, Any]:
    """Return the module of MiniTorch and torch's, with torch's weights in both."""
    torch.manual_seed(0)
    theirs = case.make(torch.nn).to(getattr(torch, dtype))
    with report.missing(case.name):
        ours = case.make(minitorch.nn).to(getattr(minitorch, dtype))
        ours.load_state_dict(copied(theirs.state_dict(), minitorch))
    return ours, theirs


@each_module
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_outputs_and_gradients(
    case: ModuleCase, training: bool, dtype: str, report: Report
) -> None:
    report.begin("nn", case)
    ours, theirs = pair(case, report, dtype)
    ours.train(training)
    theirs.train(training)
    assert ours.training == theirs.training == training
    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    x, y = (make_inputs(module, row, dtype, True) for module in (minitorch, torch))
    minitorch.manual_seed(0)
    torch.manual_seed(0)
    with report.missing(case.name):
        mine = flat(case.call(ours, *x))
    its = flat(case.call(theirs, *y))
    # A module is a chain of operations, so that its output is compared as a gradient is.
    for i, (one, other) in enumerate(zip(mine, its, strict=True)):
        report.compare(difference(f"output {i}", one, other, order=1))
    backward(minitorch, mine)
    backward(torch, its)
    compare_gradients(report, x, y, order=2)
    parameters = [[p for _, p in sorted(m.named_parameters())] for m in (ours, theirs)]
    compare_gradients(report, parameters[0], parameters[1], order=2)
    for (name, one), (_, other) in zip(
        sorted(ours.named_buffers()), sorted(theirs.named_buffers()), strict=True
    ):
        report.compare(difference(f"buffer {name}", one, other, order=1))


@each_module
def test_state_and_text(case: ModuleCase, report: Report) -> None:
    report.begin("nn", case)
    ours, theirs = pair(case, report)
    shapes = [
        {key: (tuple(w.shape), str(w.dtype)) for key, w in module.state_dict().items()}
        for module in (ours, theirs)
    ]
    assert list(shapes[0].items()) == list(shapes[1].items())
    names = [[name for name, _ in module.named_parameters()] for module in (ours, theirs)]
    assert names[0] == names[1]
    assert repr(ours) == repr(theirs)


@each_module
def test_weights_travel_to_torch(case: ModuleCase, report: Report) -> None:
    report.begin("nn", case)
    with report.missing(case.name):
        state = case.make(minitorch.nn).state_dict()
    theirs = case.make(torch.nn)
    theirs.load_state_dict(copied(state, torch))
    for key, weight in theirs.state_dict().items():
        assert weight.tolist() == state[key].tolist()
