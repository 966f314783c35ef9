"""Maxima and minima, sorting, and cumulative sums."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_autograd as ops
from minitorch_autograd import Tensor, dtype

from ..._graph import Graph
from ..._registry import translates
from ..elementwise.arithmetic import binary
from ..shapes.indexing import require_dimensions
from .sums import Dims, over, reduced


@translates(ops.amax)
def amax(graph: Graph, input: Tensor, dim: Dims, keepdim: bool) -> str:
    return reduced(graph, "ReduceMax", input, over(input, dim), keepdim)


@translates(ops.amin)
def amin(graph: Graph, input: Tensor, dim: Dims, keepdim: bool) -> str:
    return reduced(graph, "ReduceMin", input, over(input, dim), keepdim)


@translates(ops.max)
def max(
    graph: Graph, input: Tensor, dim: int | Tensor | None, keepdim: bool, result: object
) -> str | Sequence[str]:
    return _extreme(graph, "Max", input, dim, keepdim, result)


@translates(ops.min)
def min(
    graph: Graph, input: Tensor, dim: int | Tensor | None, keepdim: bool, result: object
) -> str | Sequence[str]:
    return _extreme(graph, "Min", input, dim, keepdim, result)


def _extreme(
    graph: Graph, kind: str, input: Tensor, dim: int | Tensor | None, keepdim: bool, result: object
) -> str | Sequence[str]:
    if isinstance(result, Tensor):
        if isinstance(dim, Tensor):
            return binary(graph, kind, input, dim, result)
        return reduced(graph, f"Reduce{kind}", input, [], keepdim=False)
    assert isinstance(dim, int) and isinstance(result, tuple), "one dimension has two results"
    value = reduced(graph, f"Reduce{kind}", input, over(input, dim), keepdim)
    return value, _place(graph, f"Arg{kind}", input, dim, keepdim, result[1])


@translates(ops.argmax)
def argmax(graph: Graph, input: Tensor, dim: int | None, keepdim: bool, result: Tensor) -> str:
    return _place(graph, "ArgMax", input, dim, keepdim, result)


@translates(ops.argmin)
def argmin(graph: Graph, input: Tensor, dim: int | None, keepdim: bool, result: Tensor) -> str:
    return _place(graph, "ArgMin", input, dim, keepdim, result)


def _place(
    graph: Graph, kind: str, input: Tensor, dim: int | None, keepdim: bool, result: Tensor
) -> str:
    require_dimensions(kind.lower(), input)
    x = graph.cast(input, ops.int32) if input.dtype is ops.bool else graph.name(input)
    if dim is not None:
        return graph.add(kind, x, axis=dim, keepdims=int(keepdim))
    flat = graph.reshape(x, input.shape, (input.numel(),))
    return graph.reshape(graph.add(kind, flat, axis=0, keepdims=0), (), result.shape)


@translates(ops.topk)
def topk(graph: Graph, input: Tensor, k: int, dim: int, largest: bool, sorted: bool) -> list[str]:
    require_dimensions("topk", input)
    # sort() may pass bools here: their order is that of 0 and 1.
    x = graph.cast(input, ops.int32) if input.dtype is ops.bool else graph.name(input)
    options = {"axis": dim, "largest": int(largest), "sorted": 1}
    values, places = graph.add_several("TopK", 2, x, graph.integers([k]), **options)
    return [graph.convert(values, ops.bool) if input.dtype is ops.bool else values, places]


@translates(ops.sort)
def sort(graph: Graph, input: Tensor, dim: int, descending: bool, stable: bool) -> list[str]:
    require_dimensions("sort", input)
    # TopK keeps equal elements in their order: it is stable.
    return topk(graph, input, input.shape[dim], dim, descending, sorted=True)


@translates(ops.argsort)
def argsort(graph: Graph, input: Tensor, dim: int, descending: bool, stable: bool) -> str:
    return sort(graph, input, dim, descending, stable)[1]


@translates(ops.cumsum)
def cumsum(graph: Graph, input: Tensor, dim: int, dtype: dtype | None, result: Tensor) -> str:
    require_dimensions("cumsum", input)
    axis = graph.number(dim, ops.int64)
    return graph.add("CumSum", graph.cast(input, result.dtype), axis)
