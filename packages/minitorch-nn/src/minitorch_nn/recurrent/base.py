"""What recurrent networks share: layers of cells, one or both ways through sequences."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import sqrt

from minitorch_autograd import Tensor, dtype, zeros

from .. import init
from ..common.extensions import indexing, shaping
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from ..dropout.functional import dropout
from ..utils.rnn import PackedSequence, sizes_of
from .cells import Cell, LSTMFormula, State
from .sequence import Weights, recur, step_by_step

__all__ = ["RNNBase"]


class RNNBase(Module):
    """What RNN, LSTM and GRU share: their parameters, and the way through the layers.

    Args:
        input_size: the size of each element of a sequence.
        hidden_size: H, the size of the hidden state.
        num_layers: how many layers, each reading the one before.
        bias: whether cells have biases.
        batch_first: whether inputs are (N, T, ...) and not (T, N, ...).
        dropout: the probability by which the outputs of all layers but the last are dropped.
        bidirectional: whether each layer reads its input from the end, too.
        proj_size: the size to which an LSTM projects its hidden state; 0 for no projection.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    All parameters are drawn uniformly from [-1/sqrt(H), 1/sqrt(H)].

    Raises:
        ValueError, TypeError: if an option is out of range.
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
        super().__init__()
        _check_flags(bias, batch_first)
        _check(input_size, hidden_size, num_layers, dropout, proj_size)
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        self._kind = self._make_cell()
        rows = self._kind.gates * hidden_size
        output = proj_size or hidden_size
        for suffix, layer in self._directions():
            inner = input_size if layer == 0 else output * (2 if bidirectional else 1)
            shapes: dict[str, tuple[int, ...]] = {
                "weight_ih": (rows, inner),
                "weight_hh": (rows, output),
            }
            if bias:
                shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
            if proj_size:
                shapes["weight_hr"] = (proj_size, hidden_size)
            for name, shape in shapes.items():
                self.register_parameter(name + suffix, new_parameter(shape, device, dtype))
        self.reset_parameters()

    def _make_cell(self) -> Cell:
        raise NotImplementedError(f"{type(self).__name__} has no kind of cell")

    def _directions(self) -> list[tuple[str, int]]:
        """Return what the names of parameters end in, and the layer, for each direction."""
        ways = ("", "_reverse") if self.bidirectional else ("",)
        return [(f"_l{layer}{way}", layer) for layer in range(self.num_layers) for way in ways]

    def _weights(self, suffix: str) -> Weights:
        own = vars(self)
        names = ("bias_ih", "bias_hh", "weight_hr")
        return Weights(
            own["weight_ih" + suffix],
            own["weight_hh" + suffix],
            *(own.get(name + suffix) for name in names),
        )

    @property
    def all_weights(self) -> list[list[Parameter]]:
        """The parameters of each direction of each layer."""
        weights = [self._weights(suffix) for suffix, _ in self._directions()]
        return [[one for one in each if isinstance(one, Parameter)] for each in weights]

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        bound = 1 / sqrt(self.hidden_size)
        for parameter in self.parameters():
            init.uniform_(parameter, -bound, bound)

    def flatten_parameters(self) -> None:
        """Do nothing: the parameters of a layer are separate here, as torch's are on a CPU."""

    def _through(
        self, input: Tensor, state: State | None, sizes: list[int] | None
    ) -> tuple[Tensor, State]:
        """Run (T, N, I), or packed data of sizes, through all layers; return the last states."""
        batch = input.shape[1] if sizes is None else sizes[0]
        count = len(self._directions())
        if state is None:
            h = zeros((count, batch, self.proj_size or self.hidden_size), dtype=input.dtype)
            c = zeros((count, batch, self.hidden_size), dtype=input.dtype)
            state = State(h, c if isinstance(self._kind, LSTMFormula) else None)
        firsts = list(shaping.unbind(state.h, 0))
        cells = [None] * count if state.c is None else list(shaping.unbind(state.c, 0))
        ends: list[State] = []
        x, ways = input, 2 if self.bidirectional else 1
        for k in range(0, count, ways):
            outputs = []
            for way in range(ways):
                suffix, _ = self._directions()[k + way]
                start = State(firsts[k + way], cells[k + way])
                y, end = self._layer(x, start, self._weights(suffix), sizes, way == 1)
                outputs.append(y)
                ends.append(end)
            x = outputs[0] if ways == 1 else shaping.cat(outputs, -1)
            if k + ways < count and self.dropout:
                x = dropout(x, self.dropout, self.training)
        last = [end.c for end in ends if end.c is not None]
        return x, State(
            shaping.stack([end.h for end in ends], 0), shaping.stack(last, 0) if last else None
        )

    def _layer(
        self, x: Tensor, state: State, weights: Weights, sizes: list[int] | None, reverse: bool
    ) -> tuple[Tensor, State]:
        if sizes is not None:
            return step_by_step(self._kind, x, sizes, state, weights, reverse)
        if weights.w_hr is not None:
            steps, batch, width = x.shape
            flat = x.reshape((steps * batch, width))
            y, end = step_by_step(self._kind, flat, [batch] * steps, state, weights, reverse)
            return y.reshape((steps, batch, y.shape[1])), end
        if not reverse:
            return recur(self._kind, x, state, weights)
        y, end = recur(self._kind, shaping.flip(x, (0,)), state, weights)
        return shaping.flip(y, (0,)), end

    def _call(
        self, input: Tensor | PackedSequence, state: State | None
    ) -> tuple[Tensor | PackedSequence, State]:
        if isinstance(input, PackedSequence):
            sizes = sizes_of(input)
            self._check_input(input.data)
            if state is not None:
                state = _permuted(state, input.sorted_indices)
                self._check_state(state, sizes[0])
            data, end = self._through(input.data, state, sizes)
            return input._replace(data=data), _permuted(end, input.unsorted_indices)
        if len(input.shape) not in (2, 3):
            raise ValueError(
                f"{type(self).__name__}: Expected input to be 2D or 3D, got {len(input.shape)}D "
                "instead"
            )
        batched = len(input.shape) == 3
        self._check_dimensions(state, batched)
        x = input if batched else input.unsqueeze(1)
        x = shaping.transpose(x, 0, 1) if batched and self.batch_first else x
        state = state if state is None or batched else _each(state, lambda one: one.unsqueeze(1))
        self._check_input(x)
        if not x.shape[0]:
            raise RuntimeError("Expected sequence length to be larger than 0 in RNN")
        if state is not None:
            self._check_state(state, x.shape[1])
        y, end = self._through(x, state, None)
        if not batched:
            return y.squeeze(1), _each(end, lambda one: one.squeeze(1))
        return (shaping.transpose(y, 0, 1) if self.batch_first else y), end

    def _check_input(self, x: Tensor) -> None:
        if x.shape[-1] != self.input_size:
            raise RuntimeError(
                "input.size(-1) must be equal to input_size. Expected "
                f"{self.input_size}, got {x.shape[-1]}"
            )

    def _check_dimensions(self, state: State | None, batched: bool) -> None:
        if state is None:
            return
        given = [len(one.shape) for one in state if one is not None]
        wanted = 3 if batched else 2
        if any(n != wanted for n in given):
            what = "batched 3-D" if batched else "unbatched 2-D"
            names = "hx and cx" if len(given) > 1 else "hx"
            texts = ", ".join(f"{n}-D" for n in given)
            told = f"({texts}) tensors" if len(given) > 1 else f"{texts} tensor"
            raise RuntimeError(
                f"For {what} input, {names} should also be {wanted}-D but got {told}"
            )

    def _check_state(self, state: State, batch: int) -> None:
        count = len(self._directions())
        sizes = (self.proj_size or self.hidden_size, self.hidden_size)
        for i, (one, size) in enumerate(zip(state, sizes, strict=True)):
            if one is not None and one.shape != (count, batch, size):
                place = f"[{i}]" if state.c is not None else ""
                raise RuntimeError(
                    f"Expected hidden{place} size {(count, batch, size)}, got {list(one.shape)}"
                )

    def extra_repr(self) -> str:
        text = f"{self.input_size}, {self.hidden_size}"
        if self.proj_size:
            text += f", proj_size={self.proj_size}"
        if self.num_layers != 1:
            text += f", num_layers={self.num_layers}"
        if not self.bias:
            text += ", bias=False"
        if self.batch_first:
            text += ", batch_first=True"
        if self.dropout:
            text += f", dropout={self.dropout}"
        if self.bidirectional:
            text += ", bidirectional=True"
        return text


def _each(state: State, change: Callable[[Tensor], Tensor]) -> State:
    return State(change(state.h), None if state.c is None else change(state.c))


def _permuted(state: State, places: Tensor | None) -> State:
    """Put the sequences of a state (layers, N, H) in another order."""
    if places is None:
        return state
    return _each(state, lambda one: indexing.index_select(one, 1, places))


def _check_flags(bias: bool, batch_first: bool) -> None:
    for name, flag in (("bias", bias), ("batch_first", batch_first)):
        if not isinstance(flag, bool):
            raise TypeError(f"{name} should be of type bool, got: {type(flag).__name__}")


def _check(
    input_size: int, hidden_size: int, num_layers: int, dropout: float, proj_size: int
) -> None:
    if isinstance(dropout, bool) or not 0 <= dropout <= 1:
        raise ValueError(
            "dropout should be a number in range [0, 1] representing the probability of an element "
            f"being zeroed, got {dropout}"
        )
    if dropout > 0 and num_layers == 1:
        warnings.warn(
            "dropout option adds dropout after all but last recurrent layer, so non-zero dropout "
            f"expects num_layers greater than 1, but got dropout={dropout} and "
            f"num_layers={num_layers}",
            stacklevel=6,
        )
    if not isinstance(hidden_size, int):
        raise TypeError(f"hidden_size should be of type int, got: {type(hidden_size).__name__}")
    if input_size <= 0:
        raise ValueError(f"input_size must be greater than zero, got {input_size}")
    if hidden_size <= 0:
        raise ValueError(f"hidden_size must be greater than zero, got {hidden_size}")
    if num_layers <= 0:
        raise ValueError(f"num_layers must be greater than zero, got {num_layers}")
    if proj_size < 0:
        raise ValueError(
            f"proj_size should be a positive integer or zero to disable projections: {proj_size}"
        )
    if proj_size >= hidden_size:
        raise ValueError(f"proj_size has to be smaller than hidden_size: {proj_size}")
