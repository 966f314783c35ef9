"""Every module of the table against torch's with the same weights."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tests.cases.case import case as make_case
from tests.cases.case import make_inputs
from tests.cases.nn import MODULES, ModuleCase
from tests.parity.compare import difference
from tests.parity.report import Report
from tests.parity.test_operations import backward, compare_gradients

import minitorch

each_module = pytest.mark.parametrize("case", MODULES, ids=str)


def pair(case: ModuleCase, report: Report) -> tuple[Any, Any]:
    """Return the module of MiniTorch and torch's, with torch's weights in both."""
    theirs = case.make(torch.nn)
    with report.missing(case.name):
        ours = case.make(minitorch.nn)
        state = {key: minitorch.tensor(w.tolist()) for key, w in theirs.state_dict().items()}
        ours.load_state_dict(state)
    return ours, theirs


@each_module
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_outputs_and_gradients(case: ModuleCase, training: bool, report: Report) -> None:
    report.begin("nn", case)
    ours, theirs = pair(case, report)
    ours.train(training)
    theirs.train(training)
    assert ours.training == theirs.training == training
    if case.random and training:
        return  # which elements are dropped differs; `tests/nn` has their statistics
    row = make_case(case.name, lambda t: None, *case.inputs)
    x, y = (make_inputs(module, row, "float32", True) for module in (minitorch, torch))
    mine, its = ours(*x), theirs(*y)
    report.compare(difference("output", mine, its))
    backward(minitorch, [mine])
    backward(torch, [its])
    compare_gradients(report, x, y, order=1)
    parameters = [[p for _, p in sorted(m.named_parameters())] for m in (ours, theirs)]
    compare_gradients(report, parameters[0], parameters[1], order=1)


@each_module
def test_state_and_text(case: ModuleCase, report: Report) -> None:
    report.begin("nn", case)
    ours, theirs = pair(case, report)
    shapes = [
        {key: tuple(w.shape) for key, w in module.state_dict().items()} for module in (ours, theirs)
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
    theirs.load_state_dict({key: torch.tensor(w.tolist()) for key, w in state.items()})
    for key, weight in theirs.state_dict().items():
        assert weight.tolist() == state[key].tolist()
