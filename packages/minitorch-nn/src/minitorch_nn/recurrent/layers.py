"""Recurrent networks: RNN, GRU and LSTM."""

from __future__ import annotations

from typing import Literal, TypeAlias, overload

from minitorch_autograd import Tensor, dtype

from ..core.factory import Device
from ..utils.rnn import PackedSequence
from .base import RNNBase
from .cells import Cell, GRUFormula, LSTMFormula, RNNFormula, State

__all__ = ["RNN", "GRU", "LSTM"]

Nonlinearity: TypeAlias = Literal["tanh", "relu"]


def _refuse_projection(proj_size: int) -> None:
    if proj_size:
        raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")


class RNN(RNNBase):
    """Run sequences through cells ``h' = tanh(W_ih x + b_ih + W_hh h + b_hh)``, or relu.

    Args:
        input_size: the size of each element of a sequence.
        hidden_size: H, the size of the hidden state.
        num_layers: how many layers, each reading the one before.
        nonlinearity: "tanh" or "relu".
        bias: whether cells have biases.
        batch_first: whether inputs are (N, T, ...) and not (T, N, ...).
        dropout: the probability by which the outputs of all layers but the last are dropped.
        bidirectional: whether each layer reads its input from the end, too.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Parameters, for each layer k and its reverse: `weight_ih_l{k}` (H, I), `weight_hh_l{k}` (H, H),
    `bias_ih_l{k}` and `bias_hh_l{k}` (H,), all drawn uniformly from [-1/sqrt(H), 1/sqrt(H)].
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        nonlinearity: Nonlinearity = "tanh",
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(
                f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'."
            )
        _refuse_projection(proj_size)
        self.nonlinearity: Nonlinearity = nonlinearity
        super().__init__(
            input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional,
            0, device, dtype,
        )  # fmt: skip

    def _make_cell(self) -> Cell:
        return RNNFormula(self.nonlinearity)

    @overload
    def forward(self, input: Tensor, hx: Tensor | None = None) -> tuple[Tensor, Tensor]: ...
    @overload
    def forward(
        self, input: PackedSequence, hx: Tensor | None = None
    ) -> tuple[PackedSequence, Tensor]: ...
    def forward(
        self, input: Tensor | PackedSequence, hx: Tensor | None = None
    ) -> tuple[Tensor | PackedSequence, Tensor]:
        """Return the last layer's outputs at all steps, and all layers' last hidden states.

        Args:
            input: (T, N, I), (N, T, I) if `batch_first`, (T, I), or packed sequences.
            hx: the first hidden states (layers x directions, N, H), or without N; zeros by
                default.
        """
        y, end = self._call(input, None if hx is None else State(hx))
        return y, end.h


class GRU(RNNBase):
    """Run sequences through gated recurrent units.

        r = sigma(W_ir x + b_ir + W_hr h + b_hr)        z = sigma(W_iz x + b_iz + W_hz h + b_hz)
        n = tanh(W_in x + b_in + r (W_hn h + b_hn))     h' = (1 - z) n + z h

    Arguments and inputs are those of `RNN`, without a nonlinearity; `weight_ih_l{k}` is (3 H, I),
    for r, z and n.

    Source: Cho et al., 2014
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
        proj_size: int = 0,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        _refuse_projection(proj_size)
        super().__init__(
            input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional,
            0, device, dtype,
        )  # fmt: skip

    def _make_cell(self) -> Cell:
        return GRUFormula()

    @overload
    def forward(self, input: Tensor, hx: Tensor | None = None) -> tuple[Tensor, Tensor]: ...
    @overload
    def forward(
        self, input: PackedSequence, hx: Tensor | None = None
    ) -> tuple[PackedSequence, Tensor]: ...
    def forward(
        self, input: Tensor | PackedSequence, hx: Tensor | None = None
    ) -> tuple[Tensor | PackedSequence, Tensor]:
        """Return the last layer's outputs at all steps, and all layers' last hidden states."""
        y, end = self._call(input, None if hx is None else State(hx))
        return y, end.h


class LSTM(RNNBase):
    """Run sequences through cells of long short-term memory.

        i = sigma(W_ii x + b_ii + W_hi h + b_hi)        f = sigma(W_if x + b_if + W_hf h + b_hf)
        g = tanh(W_ig x + b_ig + W_hg h + b_hg)         o = sigma(W_io x + b_io + W_ho h + b_ho)
        c' = f c + i g                                  h' = o tanh(c')

    Arguments are those of `RNN`, without a nonlinearity, and `proj_size`: if it is positive, h' is
    multiplied by `weight_hr_l{k}` (proj_size, H). `weight_ih_l{k}` is (4 H, I), for i, f, g and o.

    Source: Hochreiter and Schmidhuber, 1997
    """

    def _make_cell(self) -> Cell:
        return LSTMFormula()

    @overload
    def forward(
        self, input: Tensor, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]: ...
    @overload
    def forward(
        self, input: PackedSequence, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[PackedSequence, tuple[Tensor, Tensor]]: ...
    def forward(
        self, input: Tensor | PackedSequence, hx: tuple[Tensor, Tensor] | None = None
    ) -> tuple[Tensor | PackedSequence, tuple[Tensor, Tensor]]:
        """Return the outputs at all steps, and the last hidden and cell states of all layers.

        Args:
            input: (T, N, I), (N, T, I) if `batch_first`, (T, I), or packed sequences.
            hx: the first states, h (layers x directions, N, H) and c, or without N; zeros by
                default.
        """
        y, end = self._call(input, None if hx is None else State(*hx))
        assert end.c is not None
        return y, (end.h, end.c)
