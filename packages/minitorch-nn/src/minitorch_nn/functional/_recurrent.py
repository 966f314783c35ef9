"""Recurrent layers: one direction of one layer, all its steps as one operation.

Theory of operation. What the input says to the gates of all steps is one product of matrices,
``x W_ih^T + b_ih``; the loop over time only adds what the hidden state says, ``h W_hh^T``, and
opens the gates. Each kind of cell is two functions: a step forward, and a step back from the
gradients of a new state to those of its gates and of the old state. The walk back goes through the
steps once; the gradients of weights, biases and inputs are then one product each over all steps.

Within the loop everything is turned: states (H, N), gates (gates x H, N). A gate is then one piece
of memory, and BLAS can cut ``W_hh h`` between threads, which it does not with so few rows as N.

Nothing is recorded within, so that a layer of a thousand steps is one node. Where the walk back
itself is recorded, for second derivatives, the steps are made again with recording on, and the
same two functions give gradients that can be differentiated.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from minitorch_autograd import Tensor, no_grad

from .._extensions import creation, graphs, shaping


class Weights(NamedTuple):
    """The parameters of one direction of one layer."""

    w_ih: Tensor  # (gates x H, I)
    w_hh: Tensor  # (gates x H, H), or (gates x H, P) with a projection
    b_ih: Tensor | None = None  # (gates x H,)
    b_hh: Tensor | None = None
    w_hr: Tensor | None = None  # (P, H): the projection of the hidden state


class State(NamedTuple):
    """The hidden state of a cell (N, H), and of an LSTM the cell state."""

    h: Tensor
    c: Tensor | None = None


class Back(NamedTuple):
    """What a step back gives."""

    x_gates: Tensor  # the gradient of what the input said to the gates (N, gates x H)
    h_gates: Tensor  # and of what the hidden state said
    h: Tensor | None  # the gradient of the old hidden state, beside what goes by the gates
    c: Tensor | None


Saved = Sequence[Tensor]


class Cell(Protocol):
    """A kind of cell."""

    gates: int
    adds: bool  # whether what input and hidden state say is only added

    def step(self, x: Tensor, h: Tensor, state: State, dim: int = 1) -> tuple[State, Saved]:
        """Return the new state and what the step back needs.

        Args:
            x: what the input says to the gates, (N, gates x H).
            h: what the hidden state says, with its bias, of that shape.
            state: the old one.
            dim: the dimension of the gates; 0 where all are turned.
        """
        ...

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        """Return gradients, from those of the new state."""
        ...


class RNNCell:
    """``h' = tanh(x + h)``, or relu.

    Back: ``dz = g (1 - h'^2)``, or ``g (h' > 0)``.

    Source: Elman, "Finding Structure in Time", 1990
    """

    gates = 1
    adds = True

    def __init__(self, nonlinearity: str) -> None:
        self._tanh = nonlinearity == "tanh"

    def step(self, x: Tensor, h: Tensor, state: State, dim: int = 1) -> tuple[State, Saved]:
        z = x + h
        new = z.tanh() if self._tanh else z.relu()
        return State(new), (new,)

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        (new,) = saved
        dz = g.h - g.h * new * new if self._tanh else g.h * (new > 0)
        return Back(dz, dz, None, None)


class LSTMCell:
    """``c' = f c + i g`` and ``h' = o tanh(c')`` with gates ``i f g o`` of ``z = x + h``.

    i, f and o are logistic functions of their parts of z, g is a tanh. Back, with
    ``dc' = gc + gh o (1 - tanh(c')^2)``:

        di = dc' g i (1 - i)     df = dc' c f (1 - f)     dg = dc' i (1 - g^2)
        do = gh tanh(c') o (1 - o)                        dc = dc' f

    Source: Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997; Gers, Schmidhuber, Cummins,
    "Learning to Forget", 2000
    """

    gates = 4
    adds = True

    def step(self, x: Tensor, h: Tensor, state: State, dim: int = 1) -> tuple[State, Saved]:
        assert state.c is not None
        z = x + h
        width = z.shape[dim] // 4
        i, f, _, o = shaping.chunk(z.sigmoid(), 4, dim)
        g = shaping.narrow(z, dim, 2 * width, width).tanh()
        c = f * state.c + i * g
        t = c.tanh()
        return State(o * t, c), (i, f, g, o, t, state.c)

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        i, f, new, o, t, c = saved
        assert g.c is not None
        through = g.h * o
        dc = g.c + through - through * t * t
        di, df = dc * new, dc * c
        do, inner = g.h * t, dc * i
        dz = shaping.cat(
            [(di - di * i) * i, (df - df * f) * f, inner - inner * new * new, (do - do * o) * o],
            dim,
        )
        return Back(dz, dz, None, dc * f)


class GRUCell:
    """``h' = (1 - z) n + z h`` with ``r, z`` logistic and ``n = tanh(x_n + r h_n)``.

    Back: ``dn = g (1 - z) (1 - n^2)``, ``dz = g (h - n) z (1 - z)``, ``dr = dn h_n r (1 - r)``; the
    hidden state's part of n has ``dn r``, and the old state itself ``g z``.

    Source: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014; the
    product with r after the matrix is that of torch and cuDNN.
    """

    gates = 3
    adds = False

    def step(self, x: Tensor, h: Tensor, state: State, dim: int = 1) -> tuple[State, Saved]:
        width = x.shape[dim] // 3
        both = shaping.narrow(x, dim, 0, 2 * width) + shaping.narrow(h, dim, 0, 2 * width)
        r, z = shaping.chunk(both.sigmoid(), 2, dim)
        told = shaping.narrow(h, dim, 2 * width, width)
        n = (shaping.narrow(x, dim, 2 * width, width) + r * told).tanh()
        return State(n + z * (state.h - n)), (r, z, n, told, state.h)

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        r, z, n, told, h = saved
        kept = g.h * z
        dn = g.h - kept
        dn = dn - dn * n * n
        dz = kept * (h - n)
        dr = dn * told * r
        first, second = dr - dr * r, dz - dz * z
        x_gates = shaping.cat([first, second, dn], dim)
        return Back(x_gates, shaping.cat([first, second, dn * r], dim), kept, None)


# --- All steps at once


class _Run(NamedTuple):
    """The steps of a layer that were made; states are turned, (H, N)."""

    outputs: list[Tensor]  # h of each step
    saved: list[Saved]
    before: list[Tensor]  # h before each step
    end: State


def _run(cell: Cell, x: Tensor, state: State, weights: Weights) -> _Run:
    """Make all steps of an input (T, N, I), in plain operations."""
    said, bias, later = weights.w_ih @ shaping.transpose(x, 1, 2), weights.b_ih, weights.b_hh
    if cell.adds and bias is not None and later is not None:
        bias, later = bias + later, None
    if bias is not None:
        said = said + bias.unsqueeze(1)
    run = _Run([], [], [], state)
    state = _turned(state)
    for told in shaping.unbind(said, 0):
        h = weights.w_hh @ state.h
        run.before.append(state.h)
        state, saved = cell.step(told, h if later is None else h + later.unsqueeze(1), state, 0)
        run.outputs.append(state.h)
        run.saved.append(saved)
    return run._replace(end=_turned(state))


def _turned(state: State) -> State:
    return State(state.h.t(), None if state.c is None else state.c.t())


def recur(cell: Cell, x: Tensor, state: State, weights: Weights) -> tuple[Tensor, State]:
    """Take an input (T, N, I), T > 0, through a layer; return (T, N, H) and the last state.

    The weights have no projection.
    """
    with no_grad():
        run = _run(cell, x, state, weights)
        values = [shaping.stack([h.t() for h in run.outputs], 0), creation.clone(run.end.h)]
        if run.end.c is not None:
            values.append(creation.clone(run.end.c))
    walk = _Walk(cell, x, state, weights, run)
    edges = [(one, walk.rule(i)) for i, one in enumerate(walk.inputs) if one is not None]
    name = f"{type(cell).__name__.removesuffix('Cell')}Backward"
    made = graphs.record_several(name, values, *edges)
    return made[0], State(made[1], made[2] if len(made) > 2 else None)


class _Walk:
    """The way back through a layer: once for the gradients of all its inputs."""

    def __init__(self, cell: Cell, x: Tensor, state: State, weights: Weights, run: _Run) -> None:
        self._cell = cell
        self._given = x, state, weights
        self._run = run
        self.inputs = [x, state.h, state.c, *weights[:4]]
        self._gradients: list[Tensor | None] = []
        self._of: tuple[Tensor, ...] = ()  # the gradients of the outputs that they belong to

    def rule(self, i: int) -> Callable[..., Tensor]:
        """Return the rule of the input `i`."""

        def share(*gradients: Tensor) -> Tensor:
            if graphs.is_grad_enabled():
                found = self._back(_run(self._cell, *self._given), *gradients)[i]
            else:
                if not self._of or any(map(operator.is_not, self._of, gradients)):
                    self._of, self._gradients = gradients, self._back(self._run, *gradients)
                found = self._gradients[i]
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
    """Take packed sequences through a layer: (sum of sizes, I) to (sum of sizes, H).

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
        told = shaping.narrow(flat, 0, starts[t], sizes[t])
        now, _ = cell.step(told, h if weights.b_hh is None else h + weights.b_hh, now)
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
