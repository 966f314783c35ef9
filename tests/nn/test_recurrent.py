"""Recurrent layers as functions of all that they depend on, and what is drawn."""

from __future__ import annotations

from math import sqrt

import pytest
from tests.nn.values import numbers

import minitorch as torch
from minitorch import nn
from minitorch.autograd import gradcheck, gradgradcheck
from minitorch_nn.recurrent.cells import Cell, GRUFormula, LSTMFormula, RNNFormula, State
from minitorch_nn.recurrent.sequence import Weights, recur, step_by_step

CELLS = [RNNFormula("tanh"), GRUFormula(), LSTMFormula()]
each_cell = pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)


def inputs(cell: Cell, steps: int = 2) -> list[torch.Tensor]:
    """Return an input, states and weights, for one sequence and a state of two."""
    torch.manual_seed(0)
    rows = 2 * cell.gates
    shapes = [(steps, 1, 2), (1, 2), (1, 2), (rows, 2), (rows, 2), (rows,), (rows,)]
    return [torch.randn(shape, dtype=torch.float64, requires_grad=True) for shape in shapes]


def layer(cell: Cell, *given: torch.Tensor) -> torch.Tensor:
    """Return all that a layer returns, weighed."""
    x, h, c, *weights = given
    state = State(h, c if isinstance(cell, LSTMFormula) else None)
    y, end = recur(cell, x, state, Weights(*weights))
    total = (y * y).sum() + 2 * end.h.sum() + (c * 0).sum()
    return total if end.c is None else total + 3 * (end.c * end.c).sum()


@each_cell
def test_derivatives(cell: Cell) -> None:
    given = inputs(cell)
    assert gradcheck(lambda *x: layer(cell, *x), given)
    assert gradgradcheck(lambda *x: layer(cell, *x), given)


@each_cell
def test_at_once_and_step_by_step_are_the_same(cell: Cell) -> None:
    x, h, c, *weights = inputs(cell, 3)
    state = State(h, c if isinstance(cell, LSTMFormula) else None)
    y, end = recur(cell, x, state, Weights(*weights))
    z, other = step_by_step(cell, x.reshape(3, 2), [1, 1, 1], state, Weights(*weights), False)
    assert torch.allclose(y.reshape(3, 2), z)
    assert torch.allclose(end.h, other.h)


def test_a_graph_is_walked_again() -> None:
    model = nn.LSTM(2, 3)
    y, _ = model(torch.ones(4, 1, 2))
    loss = y.sum()
    loss.backward(retain_graph=True)
    assert model.weight_hh_l0.grad is not None  # type: ignore[attr-defined]  # by its name alone
    first = numbers(model.weight_hh_l0.grad)  # type: ignore[attr-defined]
    (loss * 2).backward()
    assert numbers(model.weight_hh_l0.grad) == pytest.approx(  # type: ignore[attr-defined]
        [3 * g for g in first], rel=1e-6
    )


@pytest.mark.parametrize("kind", [nn.RNN, nn.GRU, nn.LSTM])
def test_parameters_are_drawn_uniformly(kind: type[nn.LSTM]) -> None:
    torch.manual_seed(0)
    for parameter in kind(50, 100).parameters():
        values = numbers(parameter)
        bound = 1 / sqrt(100)
        assert max(map(abs, values)) <= bound
        mean = sum(values) / len(values)
        variance = sum(v * v for v in values) / len(values)
        assert abs(mean) < 5 * bound / sqrt(3 * len(values))
        assert variance == pytest.approx(bound**2 / 3, rel=0.15)


def test_all_weights_and_flattening() -> None:
    model = nn.GRU(1, 2, bidirectional=True)
    assert [[p.shape for p in each] for each in model.all_weights] == [
        [(6, 1), (6, 2), (6,), (6,)]
    ] * 2
    model.flatten_parameters()


def test_one_layer_has_nothing_to_drop() -> None:
    with pytest.warns(UserWarning, match="dropout option adds dropout after all but last"):
        nn.LSTM(1, 2, dropout=0.5)


def test_dropout_between_layers() -> None:
    torch.manual_seed(0)
    model = nn.LSTM(1, 50, num_layers=2, dropout=1.0)
    x = torch.ones(3, 1, 1)
    dropped, _ = model(x)
    whole, _ = model.eval()(x)
    assert numbers(dropped) != numbers(whole)
    # Of nothing but zeros the second layer makes the same as of an input of zeros.
    assert model.num_layers == 2
