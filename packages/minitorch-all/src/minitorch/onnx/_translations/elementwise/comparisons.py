"""Comparisons, logic, and `where`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import minitorch_autograd as ops
from minitorch_autograd import Tensor

from ..._graph import Graph
from ..._registry import translates

COMPARISONS: Final[dict[str, Callable[..., object]]] = {
    "Equal": ops.eq,
    "Less": ops.lt,
    "LessOrEqual": ops.le,
    "Greater": ops.gt,
    "GreaterOrEqual": ops.ge,
}
# Of bools, and of the bits of integers.
LOGIC: Final[dict[str, tuple[Callable[..., object], Callable[..., object]]]] = {
    "And": (ops.logical_and, ops.bitwise_and),
    "Or": (ops.logical_or, ops.bitwise_or),
    "Xor": (ops.logical_xor, ops.bitwise_xor),
}


def as_result(graph: Graph, truth: str, result: Tensor) -> str:
    """Return a bool in the type of the result, which is another where it is written in place."""
    return truth if result.dtype is ops.bool else graph.convert(truth, result.dtype)


def _compare(graph: Graph, kind: str, x: Tensor, y: Tensor | float) -> str:
    dtype = ops.result_type(x, y)
    if dtype is ops.bool and kind != "Equal":  # ONNX does not compare bools
        dtype = ops.int32
    return graph.add(kind, graph.operand(x, dtype), graph.operand(y, dtype))


def _add_comparison(kind: str, function: Callable[..., object]) -> None:
    @translates(function)
    def write(graph: Graph, input: Tensor, other: Tensor | float, result: Tensor) -> str:
        return as_result(graph, _compare(graph, kind, input, other), result)


def _add_logic(kind: str, of_bools: Callable[..., object], of_bits: Callable[..., object]) -> None:
    @translates(of_bools)
    def write(graph: Graph, input: Tensor, other: Tensor, result: Tensor) -> str:
        both = graph.cast(input, ops.bool), graph.cast(other, ops.bool)
        return as_result(graph, graph.add(kind, *both), result)

    @translates(of_bits)
    def write_bits(
        graph: Graph, input: Tensor | float, other: Tensor | float, result: Tensor
    ) -> str:
        operator = kind if result.dtype is ops.bool else f"Bitwise{kind}"
        operands = (graph.operand(one, result.dtype) for one in (input, other))
        return graph.add(operator, *operands)


for _kind, _function in COMPARISONS.items():
    _add_comparison(_kind, _function)
for _kind, _both in LOGIC.items():
    _add_logic(_kind, *_both)


@translates(ops.ne)
def ne(graph: Graph, input: Tensor, other: Tensor | float, result: Tensor) -> str:
    return as_result(graph, graph.add("Not", _compare(graph, "Equal", input, other)), result)


@translates(ops.logical_not)
def logical_not(graph: Graph, input: Tensor, result: Tensor) -> str:
    return as_result(graph, graph.add("Not", graph.cast(input, ops.bool)), result)


@translates(ops.bitwise_not)
def bitwise_not(graph: Graph, input: Tensor) -> str:
    return graph.add("Not" if input.dtype is ops.bool else "BitwiseNot", input)


# --- NaN and infinities


@translates(ops.isnan)
def isnan(graph: Graph, input: Tensor) -> str:
    return graph.add("IsNaN", _float(graph, input))


@translates(ops.isinf)
def isinf(graph: Graph, input: Tensor) -> str:
    return graph.add("IsInf", _float(graph, input))


@translates(ops.isfinite)
def isfinite(graph: Graph, input: Tensor) -> str:
    return graph.add("Not", graph.add("Or", isnan(graph, input), isinf(graph, input)))


def _float(graph: Graph, x: Tensor) -> str:
    return graph.name(x) if x.dtype.is_floating_point else graph.convert(x, ops.float32)


# --- Choice


@translates(ops.where)
def where(
    graph: Graph,
    condition: Tensor,
    input: Tensor | float | None,
    other: Tensor | float | None,
    result: Tensor,
) -> str:
    if input is None or other is None:
        raise NotImplementedError(
            "export: where of a condition alone has no ONNX translation: how many places it finds "
            "depends on the values"
        )
    chosen = graph.operand(input, result.dtype), graph.operand(other, result.dtype)
    return graph.add("Where", graph.cast(condition, ops.bool), *chosen)


@translates(ops.masked_fill)
def masked_fill(
    graph: Graph, input: Tensor, mask: Tensor, value: Tensor | float, result: Tensor
) -> str:
    return where(graph, mask, value, input, result)
