"""Recurrent layers: one direction of one layer, all its steps as one operation.

Theory of operation. The input's part of the gates of all steps is one product of matrices,
``x W_ih^T + b_ih``; the loop over time only adds the hidden state's part, ``h W_hh^T``, and
computes the gates, see `cells.py`. The walk back goes through the steps once; the gradients of
weights, biases and inputs are then one product each over all steps.

Within the loop everything is turned: states (H, N), gates (gates x H, N). A gate is then one piece
of memory, and BLAS can cut ``W_hh h`` between threads, which it does not with so few rows as N.

Nothing is recorded within, so that a layer of a thousand steps is one node. Where the walk back
itself is recorded, for second derivatives, the steps are made again with recording on, and the
same functions of the cell give gradients that can be differentiated.
"""

from __future__ import annotations

import operator
import weakref
from collections.abc import Callable, Sequence
from typing import NamedTuple

from minitorch_autograd import Tensor, no_grad, zeros

from ..common.extensions import creation, graphs, shaping
from .cells import Cell, Saved, State


class Weights(NamedTuple):
    """The parameters of one direction of one layer."""

    w_ih: Tensor  # (gates x H, I)
    w_hh: Tensor  # (gates x H, H), or (gates x H, P) with a projection
    b_ih: Tensor | None = None  # (gates x H,)
    b_hh: Tensor | None = None
    w_hr: Tensor | None = None  # (P, H): the projection of the hidden state


# --- All steps at once


class _Run(NamedTuple):
    """The steps of a layer that were made; states are turned, (H, N)."""

    outputs: list[Tensor]  # h of each step
    saved: list[Saved]
    before: list[Tensor]  # h before each step
    end: State


def _run(cell: Cell, x: Tensor, state: State, weights: Weights) -> _Run:
    """Make all steps of an input (T, N, I), in plain operations."""
    gates, bias, later = weights.w_ih @ shaping.transpose(x, 1, 2), weights.b_ih, weights.b_hh
    if cell.adds and bias is not None and later is not None:
        bias, later = bias + later, None
    if bias is not None:
        gates = gates + bias.unsqueeze(1)
    run = _Run([], [], [], state)
    state = _turned(state)
    for x_gates in shaping.unbind(gates, 0):
        h = weights.w_hh @ state.h
        run.before.append(state.h)
        state, saved = cell.step(x_gates, h if later is None else h + later.unsqueeze(1), state, 0)
        run.outputs.append(state.h)
        run.saved.append(saved)
    return run._replace(end=_turned(state))


def _turned(state: State) -> State:
    return State(state.h.t(), None if state.c is None else state.c.t())


def recur(cell: Cell, x: Tensor, state: State, weights: Weights) -> tuple[Tensor, State]:
    """Run an input (T, N, I), T > 0, through a layer; return (T, N, H) and the last state.

    The weights have no projection.
    """
    with no_grad():
        run = _run(cell, x, state, weights)
        values = [_stacked(run.outputs), creation.clone(run.end.h)]
        if run.end.c is not None:
            values.append(creation.clone(run.end.c))
    walk = _Walk(cell, x, state, _with_own_biases(weights), run)
    inputs = [x, state.h, state.c, *weights[:4]]
    edges = [(one, walk.rule(i)) for i, one in enumerate(inputs) if one is not None]
    name = f"{type(cell).__name__.removesuffix('Cell')}Backward"
    made = graphs.record_several(name, values, *edges)
    return made[0], State(made[1], made[2] if len(made) > 2 else None)


def _stacked(outputs: list[Tensor]) -> Tensor:
    """Return (T, N, H) of the steps' (H, N), with its elements one after the other in memory."""
    size, batch = outputs[0].shape
    stacked = zeros((len(outputs), batch, size), dtype=outputs[0].dtype)
    for place, h in zip(shaping.unbind(stacked, 0), outputs, strict=True):
        place.copy_(h.t())
    return stacked


def _with_own_biases(weights: Weights) -> Weights:
    """Return weights whose biases are copies: only second derivatives need them, torch's never."""
    b_ih, b_hh = (None if one is None else creation.clone(one) for one in weights[2:4])
    return weights._replace(b_ih=b_ih, b_hh=b_hh)


class _Walk:
    """The way back through a layer: once for the gradients of all its inputs."""

    def __init__(self, cell: Cell, x: Tensor, state: State, weights: Weights, run: _Run) -> None:
        self._cell = cell
        self._given = x, state, weights
        self._run = run
        self._gradients: list[Tensor | None] = []  # those that nobody has asked for yet
        # The gradients of the outputs that they belong to: not to be kept alive, nor unwritten.
        self._of: list[weakref.ref[Tensor]] = []

    def rule(self, i: int) -> Callable[..., Tensor]:
        """Return the rule of the input `i`."""

        def share(*gradients: Tensor) -> Tensor:
            if graphs.is_grad_enabled():
                found = self._back(_run(self._cell, *self._given), *gradients)[i]
            else:
                asked = [one() for one in self._of]
                if (
                    not asked
                    or any(map(operator.is_not, asked, gradients))
                    or (self._gradients[i] is None)
                ):
                    self._of = [weakref.ref(one) for one in gradients]
                    self._gradients = self._back(self._run, *gradients)
                # It is given away, since whoever gets it may write to it.
                found, self._gradients[i] = self._gradients[i], None
            assert found is not None
            return found

        return share

    def _back(
        self, run: _Run, outputs: Tensor, end_h: Tensor, end_c: Tensor | None = None
    ) -> list[Tensor | None]:
        x, _, weights = self._given
        h, c = _turned(State(end_h, end_c))
        x_gates: list[Tensor] = []
        h_gates: list[Tensor] = []
        turned = shaping.unbind(shaping.transpose(outputs, 1, 2), 0)
        for g, saved in zip(reversed(turned), reversed(run.saved), strict=True):
            step = self._cell.back(State(g + h, c), saved, 0)
            h = weights.w_hh.t() @ step.h_gates
            h = h if step.h is None else h + step.h
            c = step.c
            x_gates.append(step.x_gates)
            h_gates.append(step.h_gates)
        by_input = shaping.cat(x_gates[::-1], 1)  # (gates x H, T N)
        by_state = by_input if x_gates[0] is h_gates[0] else shaping.cat(h_gates[::-1], 1)
        flat = x.reshape((x.shape[0] * x.shape[1], x.shape[2]))
        return [
            (by_input.t() @ weights.w_ih).reshape(x.shape),
            h.t(),
            None if c is None else c.t(),
            by_input @ flat,
            by_state @ shaping.cat(run.before, 1).t(),
            by_input.sum(1),
            by_state.sum(1),
        ]


# --- Step by step, recorded: sequences of several lengths, and projections


def step_by_step(
    cell: Cell, x: Tensor, sizes: Sequence[int], state: State, weights: Weights, reverse: bool
) -> tuple[Tensor, State]:
    """Run packed sequences through a layer: (sum of sizes, I) to (sum of sizes, H).

    Args:
        cell: the kind of cell.
        x: the elements of all sequences, step after step.
        sizes: how many sequences reach each step; they only shrink.
        state: before the first step, (N, ...), N being the first size.
        weights: also with a projection.
        reverse: whether each sequence is read from its end.
    """
    flat = x @ weights.w_ih.t()
    flat = flat if weights.b_ih is None else flat + weights.b_ih
    starts = [sum(sizes[:t]) for t in range(len(sizes))]
    order = list(range(len(sizes)))
    outputs: dict[int, Tensor] = {}
    done: list[State] = []
    now = _rows(state, 0, sizes[-1] if reverse else sizes[0])
    for t in reversed(order) if reverse else order:
        held = now.h.shape[0]
        if sizes[t] < held:  # the shorter sequences end
            done.append(_rows(now, sizes[t], held))
            now = _rows(now, 0, sizes[t])
        elif sizes[t] > held:  # and begin, from behind
            now = _joined([now, _rows(state, held, sizes[t])])
        h = now.h @ weights.w_hh.t()
        x_gates = shaping.narrow(flat, 0, starts[t], sizes[t])
        now, _ = cell.step(x_gates, h if weights.b_hh is None else h + weights.b_hh, now)
        if weights.w_hr is not None:
            now = now._replace(h=now.h @ weights.w_hr.t())
        outputs[t] = now.h
    return shaping.cat([outputs[t] for t in order]), _joined([now, *reversed(done)])


def _rows(state: State, start: int, end: int) -> State:
    cut = [None if one is None else shaping.narrow(one, 0, start, end - start) for one in state]
    assert cut[0] is not None
    return State(cut[0], cut[1])


def _joined(states: list[State]) -> State:
    if len(states) == 1:
        return states[0]
    cells = [one.c for one in states if one.c is not None]
    return State(shaping.cat([one.h for one in states]), shaping.cat(cells) if cells else None)
