"""Recurrent cells: one step of a layer, as a layer."""

from __future__ import annotations

from math import sqrt

from minitorch_autograd import Tensor, dtype, zeros

from .. import init
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from . import cells
from .cells import Cell, State
from .layers import Nonlinearity

__all__ = ["RNNCellBase", "RNNCell", "GRUCell", "LSTMCell"]


class RNNCellBase(Module):
    """What the cells share: their parameters, and the call of one step."""

    weight_ih: Parameter
    weight_hh: Parameter
    bias_ih: Parameter | None
    bias_hh: Parameter | None

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool,
        gates: int,
        device: Device,
        dtype: dtype | None,
    ) -> None:
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        rows = gates * hidden_size
        self.weight_ih = new_parameter((rows, input_size), device, dtype)
        self.weight_hh = new_parameter((rows, hidden_size), device, dtype)
        for name in ("bias_ih", "bias_hh"):
            self.register_parameter(name, new_parameter((rows,), device, dtype) if bias else None)
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew, uniformly from [-1/sqrt(H), 1/sqrt(H)]."""
        bound = 1 / sqrt(self.hidden_size) if self.hidden_size else 0.0
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def _step(self, cell: Cell, input: Tensor, state: State | None) -> State:
        name = type(self).__name__
        if len(input.shape) not in (1, 2):
            raise ValueError(
                f"{name}: Expected input to be 1D or 2D, got {len(input.shape)}D instead"
            )
        batched = len(input.shape) == 2
        for i, one in enumerate(state or ()):
            if one is not None and len(one.shape) not in (1, 2):
                place = f"[{i}]" if name == "LSTMCell" else ""
                what = f"hx{place}" if place else "hidden"
                raise ValueError(
                    f"{name}: Expected {what} to be 1D or 2D, got {len(one.shape)}D instead"
                )
        x = input if batched else input.unsqueeze(0)
        if x.shape[1] != self.input_size:
            raise RuntimeError(
                f"input has inconsistent input_size: got {x.shape[1]} expected {self.input_size}"
            )
        if state is None:
            nothing = zeros((x.shape[0], self.hidden_size), dtype=x.dtype)
            state = State(nothing, nothing)
        elif not batched:
            state = State(state.h.unsqueeze(0), None if state.c is None else state.c.unsqueeze(0))
        if state.h.shape != (x.shape[0], self.hidden_size):
            raise RuntimeError(
                f"hidden has inconsistent hidden_size: got {state.h.shape} expected "
                f"{(x.shape[0], self.hidden_size)}"
            )
        x_gates, h_gates = x @ self.weight_ih.t(), state.h @ self.weight_hh.t()
        if self.bias_ih is not None and self.bias_hh is not None:
            x_gates, h_gates = x_gates + self.bias_ih, h_gates + self.bias_hh
        new, _ = cell.step(x_gates, h_gates, state)
        if batched:
            return new
        return State(new.h.squeeze(0), None if new.c is None else new.c.squeeze(0))

    def extra_repr(self) -> str:
        text = f"{self.input_size}, {self.hidden_size}"
        return text if self.bias else f"{text}, bias={self.bias}"


class RNNCell(RNNCellBase):
    """Make one step: ``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or relu.

    Args:
        input_size: I
        hidden_size: H
        bias: whether there are biases.
        nonlinearity: "tanh" or "relu".
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Shapes: input (N, I) or (I,), hidden state (N, H) or (H,), zeros by default.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        nonlinearity: Nonlinearity = "tanh",
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 1, device, dtype)
        self.nonlinearity: Nonlinearity = nonlinearity

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the new hidden state."""
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        cell = cells.RNNFormula(self.nonlinearity)
        return self._step(cell, input, None if hx is None else State(hx)).h

    def extra_repr(self) -> str:
        text = super().extra_repr()
        return text if self.nonlinearity == "tanh" else f"{text}, nonlinearity={self.nonlinearity}"


class GRUCell(RNNCellBase):
    """Make one step of a gated recurrent unit; the formulas are those of `GRU`.

    Shapes: input (N, I) or (I,), hidden state (N, H) or (H,), zeros by default. Arguments are
    those of `RNNCell`, without a nonlinearity.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 3, device, dtype)

    def forward(self, input: Tensor, hx: Tensor | None = None) -> Tensor:
        """Return the new hidden state."""
        return self._step(cells.GRUFormula(), input, None if hx is None else State(hx)).h


class LSTMCell(RNNCellBase):
    """Make one step of long short-term memory; the formulas are those of `LSTM`.

    Shapes: input (N, I) or (I,), hidden and cell state (N, H) or (H,), zeros by default.
    Arguments are those of `RNNCell`, without a nonlinearity.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(input_size, hidden_size, bias, 4, device, dtype)

    def forward(
        self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, Tensor]:
        """Return the new hidden and cell state."""
        new = self._step(cells.LSTMFormula(), input, None if hx is None else State(*hx))
        assert new.c is not None
        return new.h, new.c
