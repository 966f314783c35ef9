"""Every operation of the table against torch: value, gradient, second derivative."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
import torch
from tests.cases.case import Case, make_inputs, results
from tests.cases.table import CASES
from tests.parity.compare import difference
from tests.parity.report import Report

import minitorch

DIFFERENTIABLE = [case for case in CASES if case.first]
TWICE = [case for case in CASES if case.second]

each_type = pytest.mark.parametrize("dtype", ["float64", "float32"])


def each(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=str)


def ours(report: Report, case: Case, dtype: str, track: bool) -> tuple[list[Any], list[Any]]:
    """Return the inputs and results of MiniTorch; a name that is missing fails by that name."""
    with report.missing(case.name):
        inputs = make_inputs(minitorch, case, dtype, track)
        return inputs, results(minitorch, case, inputs)


@each_type
@each(CASES)
def test_value(case: Case, dtype: str, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "tensor", case)
    _, mine = ours(report, case, dtype, track=False)
    its = results(torch, case, make_inputs(torch, case, dtype, track=False))
    assert len(mine) == len(its)
    for i, (one, other) in enumerate(zip(mine, its, strict=True)):
        report.compare(difference(f"result {i}", one, other))


@each_type
@each(DIFFERENTIABLE)
def test_gradient(case: Case, dtype: str, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "autograd", case)
    x, mine = ours(report, case, dtype, track=True)
    y = make_inputs(torch, case, dtype, track=True)
    its = results(torch, case, y)
    assert tracked(mine) == tracked(its), "which results track gradients"
    with report.missing(case.name):
        backward(minitorch, mine)
    backward(torch, its)
    compare_gradients(report, x, y, order=1)


@each(TWICE)
def test_second_derivative(case: Case, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "autograd", case)
    x, mine = ours(report, case, "float64", track=True)
    y = make_inputs(torch, case, "float64", track=True)
    with warnings.catch_warnings():
        # Torch warns of the cycle that `create_graph` makes through `.grad`.
        warnings.simplefilter("ignore", UserWarning)
        for module, leaves, outputs in (
            (minitorch, x, mine),
            (torch, y, results(torch, case, y)),
        ):
            with report.missing(case.name):
                backward(module, outputs, create_graph=True)
                gradients = [leaf.grad for leaf in leaves]
                for leaf in leaves:
                    leaf.grad = None
                backward(module, [one for one in gradients if one is not None])
    # Where torch has no second derivative, or a zero, ours may be the other of the two.
    compare_gradients(report, x, y, order=2, zero_for_none=True)


def tracked(outputs: list[Any]) -> list[bool]:
    return [getattr(one, "requires_grad", False) for one in outputs]


def backward(module: Any, outputs: list[Any], create_graph: bool = False) -> None:
    """Differentiate the sum of the outputs, their elements weighted 1, 1.5, 2, ..."""
    total = None
    for one in outputs:
        if getattr(one, "requires_grad", False):
            weights = module.arange(_numel(one)).reshape(tuple(one.shape)) * 0.5 + 1.0
            weighed = (one * weights.to(one.dtype)).sum()
            total = weighed if total is None else total + weighed
    if total is not None:
        total.backward(create_graph=create_graph)


def _numel(tensor: Any) -> int:
    count = 1
    for n in tensor.shape:
        count *= n
    return count


def compare_gradients(
    report: Report, mine: list[Any], its: list[Any], order: int, zero_for_none: bool = False
) -> None:
    for i, (one, other) in enumerate(zip(mine, its, strict=True)):
        a, b = one.grad, other.grad
        if zero_for_none:
            a = one.detach() * 0.0 if a is None else a
            b = other.detach() * 0.0 if b is None else b
        assert (a is None) == (b is None), f"gradient of input {i}: ours {a}, torch {b}"
        if b is not None:
            report.compare(difference(f"gradient of input {i}", a, b, order))
