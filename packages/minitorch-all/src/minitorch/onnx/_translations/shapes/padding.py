"""Padding; a negative padding cuts elements off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates
from .indexing import sliced

MODES: Final = {
    "constant": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


@translates(F.pad)
def pad(graph: Graph, input: Tensor, pad: Sequence[int], mode: str, value: float | None) -> str:
    # Pairs, of the last dimension first.
    sides = {input.ndim - 1 - i: pad[2 * i : 2 * i + 2] for i in range(len(pad) // 2)}
    befores, afters = zip(*sides.values(), strict=True) if sides else ((), ())
    numbers = [max(one, 0) for one in (*befores, *afters)]
    name = graph.name(input)
    if any(numbers):
        filled = graph.number(value or 0.0, input.dtype) if mode == "constant" else None
        dims = graph.integers(list(sides))
        name = graph.add("Pad", name, graph.integers(numbers), filled, dims, mode=MODES[mode])
    # Cut after padding: elements that are cut off may be mirrored at the other end.
    cut = {
        dim: slice(max(-before, 0), -max(-after, 0) or None)
        for dim, (before, after) in sides.items()
        if min(before, after) < 0
    }
    return sliced(graph, name, cut)
