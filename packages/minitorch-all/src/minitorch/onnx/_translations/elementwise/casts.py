"""Casts to other element types, and copies."""

from __future__ import annotations

import minitorch_autograd as ops
from minitorch_autograd import Tensor

from ..._functions import getter
from ..._graph import Graph
from ..._registry import translates


# The type may come from any of the arguments: the result has it.
@translates(Tensor.to)
def to(
    graph: Graph,
    input: Tensor,
    target: object,
    dtype: object,
    device: object,
    other: object,
    non_blocking: object,
    copy: object,
    result: Tensor,
) -> str:
    return graph.cast(input, result.dtype)


@translates(
    Tensor.half,
    Tensor.float,
    Tensor.double,
    Tensor.byte,
    Tensor.char,
    Tensor.short,
    Tensor.int,
    Tensor.long,
    Tensor.bool,
)
def convert(graph: Graph, input: Tensor, result: Tensor) -> str:
    return graph.cast(input, result.dtype)


@translates(Tensor.type_as)
def type_as(graph: Graph, input: Tensor, other: Tensor, result: Tensor) -> str:
    return graph.cast(input, result.dtype)


@translates(
    Tensor.clone,
    Tensor.contiguous,
    Tensor.cpu,
    Tensor.detach,
    Tensor.detach_,
    getter("data"),
    ops.positive,
)
def same(graph: Graph, input: Tensor) -> str:
    return graph.name(input)


# --- Writes over a whole tensor, in its shape and type


@translates(Tensor.copy_)
def copy(
    graph: Graph, input: Tensor, src: Tensor | float, non_blocking: bool, result: Tensor
) -> str:
    shape = src.shape if isinstance(src, Tensor) else ()
    return graph.expand(graph.operand(src, result.dtype), shape, result.shape)


@translates(Tensor.fill_)
def fill(graph: Graph, input: Tensor, value: Tensor | float, result: Tensor) -> str:
    return graph.expand(graph.operand(value, result.dtype), (), result.shape)


@translates(Tensor.zero_)
def zero(graph: Graph, input: Tensor, result: Tensor) -> str:
    return graph.expand(graph.number(0, result.dtype), (), result.shape)
