"""What operations and modules return, written in place: wherever torch allows it, and as there.

We allow more: torch refuses a write into a part of `split`, and where it keeps an output that our
rules do without. That these gradients are right is tested in `tests/autograd`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
import torch
from tests.cases.case import Case
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES
from tests.cases.writes import OVERLAPPING, WRITES, call_function, call_module, written
from tests.parity.report import Report
from tests.parity.test_modules import copied, pair
from tests.parity.test_operations import backward, compare_gradients

import minitorch

Made = tuple[list[Any], list[Any]]

TRIED = [one for one in CASES if one.first and one.name not in OVERLAPPING]
each_module = pytest.mark.parametrize("case", MODULES, ids=str)
each_mode = pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])


def leaves_after(
    module: Any, make: Callable[[Any], Made], i: int, write: Callable[[Any], object]
) -> list[Any]:
    """Return the leaves with their gradients, after a write into output `i`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        leaves, outputs = make(module)
        write(outputs[i])
        backward(module, outputs)
    return leaves


def check(make: Callable[[Any], Made], report: Report) -> None:
    for i, (write, _) in product(written(make(minitorch)[1]), WRITES.values()):
        try:
            theirs = leaves_after(torch, make, i, write)
        except RuntimeError:
            continue
        compare_gradients(report, leaves_after(minitorch, make, i, write), theirs, order=2)


@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize("case", TRIED, ids=str)
def test_of_functions(case: Case, report: Report) -> None:
    report.begin("autograd", case)
    check(lambda module: call_function(module, case), report)


def of_module(case: ModuleCase, training: bool, report: Report) -> Callable[[Any], Made]:
    """Return what calls the module of the case, in the state that it was made with."""
    ours, theirs = (made.train(training) for made in pair(case, report))
    modules, state = {minitorch: ours, torch: theirs}, copied(theirs.state_dict(), minitorch)

    def make(module: Any) -> Made:
        modules[module].load_state_dict(state if module is minitorch else copied(state, torch))
        modules[module].zero_grad()
        return call_module(module, case, modules[module])

    return make


@each_mode
@each_module
def test_of_modules(case: ModuleCase, training: bool, report: Report) -> None:
    report.begin("nn", case)
    check(of_module(case, training, report), report)


# --- Made without recording, and then multiplied by what is tracked


def factor_after(module: Any, outputs: list[Any], i: int) -> Any:
    """Return the factor, with its gradient, by which output `i` is multiplied in place."""
    factor = module.ones((), dtype=module.float64, requires_grad=True)
    outputs[i] *= factor
    backward(module, outputs)
    return factor


def check_factors(make: Callable[[Any], list[Any]], report: Report) -> None:
    for i, y in enumerate(make(torch)):
        if not (hasattr(y, "dtype") and y.dtype is torch.float64):
            continue
        try:
            theirs = factor_after(torch, make(torch), i)
        except RuntimeError:
            continue
        ours = factor_after(minitorch, make(minitorch), i)
        compare_gradients(report, [ours], [theirs], order=2)


def without_recording(module: Any, make: Callable[[Any], Made]) -> list[Any]:
    with warnings.catch_warnings(), module.no_grad():
        warnings.simplefilter("ignore")
        return make(module)[1]


@pytest.mark.parametrize("case", [one for one in CASES if one.name != "Tensor.grad_fn"], ids=str)
def test_of_functions_without_recording(case: Case, report: Report) -> None:
    report.begin("autograd", case)
    call = lambda module: call_function(module, case)  # noqa: E731
    check_factors(lambda module: without_recording(module, call), report)


@each_mode
@each_module
def test_of_modules_without_recording(case: ModuleCase, training: bool, report: Report) -> None:
    report.begin("nn", case)
    make = of_module(case, training, report)
    check_factors(lambda module: without_recording(module, make), report)
