"""The formulas of recurrent cells: one step forward, and one back.

Each kind is two functions: a step forward, and a step back from the gradients of a new
state to those of its gates and of the old state. Both are written in operations that have
derivatives.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from minitorch_autograd import Tensor

from ..common.extensions import shaping


class State(NamedTuple):
    """The hidden state of a cell (N, H), and of an LSTM the cell state."""

    h: Tensor
    c: Tensor | None = None


class Back(NamedTuple):
    """The gradients that a step back returns."""

    x_gates: Tensor  # the gradient of the input's part of the gates (N, gates x H)
    h_gates: Tensor  # and of the hidden state's part
    h: Tensor | None  # the gradient of the old hidden state, beside what goes by the gates
    c: Tensor | None


Saved = Sequence[Tensor]


class Cell(Protocol):
    """A kind of cell."""

    gates: int
    adds: bool  # whether the parts of input and hidden state are only added

    def step(self, x: Tensor, h: Tensor, state: State, dim: int = 1) -> tuple[State, Saved]:
        """Return the new state and what the step back needs.

        Args:
            x: the input's part of the gates, (N, gates x H).
            h: the hidden state's part, with its bias, of that shape.
            state: the old one.
            dim: the dimension of the gates; 0 where all are transposed.
        """
        ...

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        """Return gradients, from those of the new state."""
        ...


class RNNFormula:
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


class LSTMFormula:
    """``c' = f c + i n`` and ``h' = o tanh(c')`` with gates ``i f n o`` of ``z = x + h``.

    i, f and o are logistic functions of their parts of z, n is a tanh (torch's g, which here is a
    gradient). Back, with ``dc' = gc + gh o (1 - tanh(c')^2)``:

        di = dc' n i (1 - i)     df = dc' c f (1 - f)     dn = dc' i (1 - n^2)
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
        n = shaping.narrow(z, dim, 2 * width, width).tanh()
        c = f * state.c + i * n
        t = c.tanh()
        return State(o * t, c), (i, f, n, o, t, state.c)

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        i, f, n, o, t, c = saved
        assert g.c is not None
        through = g.h * o
        dc = g.c + through - through * t * t
        di, df = dc * n, dc * c
        do, inner = g.h * t, dc * i
        dz = shaping.cat(
            [(di - di * i) * i, (df - df * f) * f, inner - inner * n * n, (do - do * o) * o],
            dim,
        )
        return Back(dz, dz, None, dc * f)


class GRUFormula:
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
        h_n = shaping.narrow(h, dim, 2 * width, width)
        n = (shaping.narrow(x, dim, 2 * width, width) + r * h_n).tanh()
        return State(n + z * (state.h - n)), (r, z, n, h_n, state.h)

    def back(self, g: State, saved: Saved, dim: int = 1) -> Back:
        r, z, n, h_n, h = saved
        kept = g.h * z
        dn = g.h - kept
        dn = dn - dn * n * n
        dz = kept * (h - n)
        dr = dn * h_n * r
        first, second = dr - dr * r, dz - dz * z
        x_gates = shaping.cat([first, second, dn], dim)
        return Back(x_gates, shaping.cat([first, second, dn * r], dim), kept, None)
