"""Where torch lets a value be overwritten before the way back, and still is right, so are we."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch
from tests.cases.case import Case
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.overwriting import outcomes
from tests.cases.table import CASES

import minitorch

DIFFERENTIABLE = [case for case in CASES if case.first and case.name not in ("unique", "bincount")]

COPIED = "torch has made a copy of it, to bring it into another shape or layout"
SCALED = "torch has made a copy of it, scaled or with the mask applied"
NOTHING = "there are no elements, so that any value is right"
# What is refused here, and right in torch: (operation, tensor) and why.
REFUSED_HERE: dict[tuple[str, str], str] = {
    ("matmul", "input 0"): COPIED,
    ("matmul", "input 1"): COPIED,
    ("nn.functional.scaled_dot_product_attention", "input 1"): SCALED,
    ("nn.functional.scaled_dot_product_attention", "input 2"): NOTHING,
    ("nn.functional.scaled_dot_product_attention", "input 3"): SCALED,
    ("nn.functional.batch_norm", "input 0"): NOTHING,
    ("nn.functional.instance_norm", "input 0"): NOTHING,
    ("nn.functional.instance_norm", "input 1"): NOTHING,
    ("MultiheadAttention", "input 0"): COPIED,
    ("MultiheadAttention", "input 1"): COPIED,
    ("MultiheadAttention", "input 2"): COPIED,
    ("TransformerEncoderLayer", "input 0"): COPIED,
    ("TransformerDecoderLayer", "input 1"): COPIED,
    ("Transformer", "input 0"): COPIED,
    ("Transformer", "input 1"): COPIED,
    ("RNN", "input 0"): COPIED,
    ("GRU", "input 0"): COPIED,
    ("LSTM", "input 0"): COPIED,
}


def refused_here(row: Case | ModuleCase, training: bool = True) -> Iterator[tuple[str, str]]:
    second = isinstance(row, Case)
    its = outcomes(torch, row, training, second)
    ours = outcomes(minitorch, row, training, second)
    if its:  # of some modules torch has no derivative
        assert ours.keys() == its.keys()
    for name, outcome in its.items():
        if outcome == "right" and ours[name] == "refused":
            yield row.name, name


@pytest.mark.parametrize("row", DIFFERENTIABLE, ids=str)
def test_operations(row: Case) -> None:
    assert not set(refused_here(row)) - set(REFUSED_HERE)


@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("row", MODULES, ids=str)
def test_modules(row: ModuleCase, training: bool) -> None:
    assert not set(refused_here(row, training)) - set(REFUSED_HERE)


def test_no_reason_is_out_of_date() -> None:
    names = {name for name, _ in REFUSED_HERE}
    rows: list[Any] = [row for row in (*DIFFERENTIABLE, *MODULES) if row.name in names]
    found = {pair for row in rows for pair in refused_here(row)}
    assert found == set(REFUSED_HERE)


@pytest.mark.parametrize("module", [minitorch, torch], ids=["ours", "torch"])
def test_writes_through_data_are_not_counted(module: Any) -> None:
    x = module.tensor([3.0, 4.0], requires_grad=True)
    z = (x * x).sum()
    x.data.mul_(2)
    z.backward()
    assert x.grad.tolist() == [12.0, 16.0]  # at the new values
    z = (x * x).sum()
    x.detach().mul_(2)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        z.backward()


@pytest.mark.parametrize("module", [minitorch, torch], ids=["ours", "torch"])
def test_data_that_is_assigned_is_not_counted(module: Any) -> None:
    x = module.tensor([3.0, 4.0], requires_grad=True)
    z = (x * x).sum()
    value = module.tensor([1.0, 2.0])
    x.data = value
    value.mul_(2)
    z.backward()
    assert x.grad.tolist() == [4.0, 8.0]
    z = (x * x).sum()
    with module.no_grad():
        x.mul_(2)
    x.data = value
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        z.backward()


@pytest.mark.parametrize("module", [minitorch, torch], ids=["ours", "torch"])
def test_the_output_of_a_quotient_can_be_written(module: Any) -> None:
    x = module.tensor([2.0, 4.0], dtype=module.float64, requires_grad=True)
    y = 1 / x
    y += 1
    y.sum().backward()
    assert x.grad.tolist() == [-0.25, -0.0625]
