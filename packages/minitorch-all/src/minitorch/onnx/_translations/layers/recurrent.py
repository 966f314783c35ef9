"""Recurrent layers: one operator a layer, for both directions.

ONNX has the gates of a cell in another order, and a dimension for the directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from minitorch_autograd import Tensor
from minitorch_nn import GRU, LSTM, RNN

from ..._graph import Graph
from ..._registry import translates
from ..._values import tensors_in
from ..shapes.indexing import sliced

Recurrent: TypeAlias = RNN | LSTM | GRU

# The places of ONNX's gates among ours: LSTM (i o f c) among (i f g o), GRU (z r h) among (r z n).
GATES: Final = {"LSTM": (0, 3, 1, 2), "GRU": (1, 0, 2), "RNN": (0,)}


@translates(RNN.forward, LSTM.forward, GRU.forward)
def recurrent(graph: Graph, function: str, self: Recurrent, input: object, hx: object) -> list[str]:
    kind = next(one.__name__ for one in (LSTM, GRU, RNN) if isinstance(self, one))
    if not isinstance(input, Tensor) or self.proj_size:
        what = "projections (proj_size)" if isinstance(input, Tensor) else "packed sequences"
        raise NotImplementedError(f"export: {kind} with {what} has no ONNX translation")
    single = input.ndim == 2
    x = graph.unsqueeze(input, 1) if single else graph.name(input)
    if self.batch_first and not single:
        x = graph.transpose(x, (1, 0, 2))
    states = [graph.unsqueeze(one, 1) if single else graph.name(one) for one in tensors_in(hx)]
    ends: list[list[str]] = []
    for layer in range(self.num_layers):
        x, *end = _layer(graph, kind, self, x, states, layer)
        ends.append(end)
    last = [graph.add("Concat", *each, axis=0) for each in zip(*ends, strict=True)]
    if single:
        return [graph.squeeze(one, 1) for one in (x, *last)]
    return [graph.transpose(x, (1, 0, 2)) if self.batch_first else x, *last]


def _layer(
    graph: Graph, kind: str, module: Recurrent, x: str, states: Sequence[str], layer: int
) -> list[str]:
    """Add a layer; return its output (T, N, ways x H) and its last states (ways, N, H)."""
    ways = ("", "_reverse") if module.bidirectional else ("",)
    weights = [
        _joined(graph, kind, module, f"{stem}_l{layer}", ways)
        for stem in ("weight_ih", "weight_hh")
    ]
    biases = (
        [_joined(graph, kind, module, f"{stem}_l{layer}", ways) for stem in ("bias_ih", "bias_hh")]
        if module.bias
        else []
    )
    bias = graph.add("Concat", *biases, axis=1) if biases else None
    k = layer * len(ways)
    starts = [sliced(graph, one, {0: slice(k, k + len(ways))}) for one in states]
    activations = None
    if isinstance(module, RNN):
        activations = [module.nonlinearity.capitalize()] * len(ways)
    made = graph.add_several(
        kind,
        3 if kind == "LSTM" else 2,
        x,
        *weights,
        bias,
        None,  # the lengths of sequences
        *starts,
        hidden_size=module.hidden_size,
        direction="bidirectional" if len(ways) == 2 else "forward",
        activations=activations,
        linear_before_reset=1 if kind == "GRU" else None,
    )
    # The output is (T, ways, N, H).
    if len(ways) == 1:
        return [graph.squeeze(made[0], 1), *made[1:]]
    side = graph.transpose(made[0], (0, 2, 1, 3))
    return [graph.add("Reshape", side, graph.integers([0, 0, -1])), *made[1:]]


def _joined(graph: Graph, kind: str, module: Recurrent, name: str, ways: Sequence[str]) -> str:
    """Return a parameter (gates x H, ...) of all directions, (ways, gates x H, ...)."""
    own = []
    for way in ways:
        x: Tensor = getattr(module, name + way)
        h = module.hidden_size
        gates = [sliced(graph, x, {0: slice(k * h, (k + 1) * h)}) for k in GATES[kind]]
        whole = graph.add("Concat", *gates, axis=0) if len(gates) > 1 else graph.name(x)
        own.append(graph.unsqueeze(whole, 0))
    return graph.add("Concat", *own, axis=0) if len(own) > 1 else own[0]
