"""Modules, optimizers and files that are not as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tests.parity.differences import SECTIONS, both, said

import minitorch

section = SECTIONS["Modules, optimizers and files"]
row = section.row


@row("`inplace=True`")
def test_inplace() -> None:
    def lines(t: Any) -> object:
        inputs = [t.tensor([-1.0, 2.0]) for _ in range(3)]
        t.nn.ReLU(inplace=True)(inputs[0])
        t.nn.LeakyReLU(0.5, inplace=True)(inputs[1])
        t.nn.Dropout(1.0, inplace=True)(inputs[2])
        return [x.tolist() for x in inputs]

    assert both(lines) == ([[-1.0, 2.0]] * 3, [[0.0, 2.0], [-0.5, 2.0], [0.0, 0.0]])


@row("`mse_loss` of two shapes")
def test_mse_loss_of_two_shapes() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.mse_loss(t.zeros(3, 1), t.zeros(3))

    with pytest.raises(ValueError, match="expected a target of the input's shape"):
        lines(minitorch)
    assert said(torch, lines) == [UserWarning]


@row("`load_state_dict` that does not fit")
def test_load_state_dict_that_does_not_fit() -> None:
    def lines(t: Any) -> object:
        model = t.nn.Linear(1, 1)
        with t.no_grad():
            model.weight.fill_(0.0)
        with pytest.raises(RuntimeError, match="size mismatch"):
            model.load_state_dict({"weight": t.ones(1, 1), "bias": t.ones(2)})
        return model.weight.tolist()

    assert both(lines) == ([[0.0]], [[1.0]])


@row("`save` and `load`")
def test_save() -> None:
    with pytest.raises(TypeError):
        minitorch.save({"epoch": 3}, "never-written")  # type: ignore[dict-item]  # on purpose


@row("`state_dict`")
def test_state_dict() -> None:
    assert both(lambda t: hasattr(t.nn.Linear(1, 1).state_dict(), "_metadata")) == (False, True)


@row("options for speed")
def test_options_for_speed() -> None:
    ours, theirs = [set(t.optim.Adam([t.ones(1)]).param_groups[0]) for t in (minitorch, torch)]
    assert theirs - ours == {"foreach", "fused", "capturable", "differentiable"}


@row("deprecated arguments")
def test_deprecated_arguments() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.mse_loss(t.zeros(2), t.ones(2), None, None, "sum").item()

    assert both(lines) == (TypeError, 2.0)


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
