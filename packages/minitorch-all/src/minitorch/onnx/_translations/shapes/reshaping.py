"""Other shapes, dimensions in another order, and broadcasting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import minitorch_autograd as ops
from minitorch_autograd import Tensor

from ..._graph import Graph
from ..._registry import translates

# The arguments of `f(2, 3)` or `f((2, 3))`.
Integers: TypeAlias = tuple[int | Sequence[int], ...]


def integer_list(given: Integers) -> list[int]:
    """Return the numbers, given one by one or as one sequence."""
    first = given[0] if given else ()
    return [one for one in given if isinstance(one, int)] if isinstance(first, int) else [*first]


@translates(Tensor.view, ops.reshape)
def reshape(graph: Graph, input: Tensor, shape: Integers, result: Tensor) -> str:
    return graph.reshape(input, input.shape, result.shape)


@translates(ops.flatten)
def flatten(graph: Graph, input: Tensor, start_dim: int, end_dim: int, result: Tensor) -> str:
    return graph.reshape(input, input.shape, result.shape)


@translates(ops.unflatten)
def unflatten(graph: Graph, input: Tensor, dim: int, sizes: Sequence[int], result: Tensor) -> str:
    return graph.reshape(input, input.shape, result.shape)


@translates(ops.ravel)
def ravel(graph: Graph, input: Tensor, result: Tensor) -> str:
    return graph.reshape(input, input.shape, result.shape)


@translates(ops.squeeze)
def squeeze(graph: Graph, input: Tensor, dim: int | Sequence[int] | None) -> str:
    asked = range(input.ndim) if dim is None else [dim] if isinstance(dim, int) else dim
    dims = [one for one in asked if input.ndim and input.shape[one] == 1]
    return graph.squeeze(input, *dims) if dims else graph.name(input)


@translates(ops.unsqueeze)
def unsqueeze(graph: Graph, input: Tensor, dim: int) -> str:
    return graph.unsqueeze(input, dim)


@translates(ops.permute)
def permute(graph: Graph, input: Tensor, dims: Integers) -> str:
    return graph.transpose(input, [one % input.ndim for one in integer_list(dims)])


@translates(ops.transpose)
def transpose(graph: Graph, input: Tensor, dim0: int, dim1: int) -> str:
    order = list(range(input.ndim))
    if order:
        order[dim0], order[dim1] = order[dim1], order[dim0]
    return graph.transpose(input, order)


@translates(ops.swapaxes)
def swapaxes(graph: Graph, input: Tensor, axis0: int, axis1: int) -> str:
    return transpose(graph, input, axis0, axis1)


@translates(ops.swapdims)
def swapdims(graph: Graph, input: Tensor, dim0: int, dim1: int) -> str:
    return transpose(graph, input, dim0, dim1)


@translates(ops.t)
def t(graph: Graph, input: Tensor) -> str:
    return graph.transpose(input, (1, 0)) if input.ndim == 2 else graph.name(input)


@translates(Tensor.expand)
def expand(graph: Graph, input: Tensor, size: Integers, result: Tensor) -> str:
    return graph.expand(input, input.shape, result.shape)


@translates(ops.broadcast_to)
def broadcast_to(graph: Graph, input: Tensor, size: Sequence[int], result: Tensor) -> str:
    return graph.expand(input, input.shape, result.shape)


@translates(ops.broadcast_tensors)
def broadcast_tensors(
    graph: Graph, tensors: tuple[Tensor, ...], result: Sequence[Tensor]
) -> list[str]:
    pairs = zip(tensors, result, strict=True)
    return [graph.expand(one, one.shape, made.shape) for one, made in pairs]
