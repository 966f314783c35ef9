"""Arithmetic. ONNX casts nothing: both operands are cast to the type of the result first."""

from __future__ import annotations

import minitorch_autograd as ops
from minitorch_autograd import Tensor

from ..._graph import Graph
from ..._registry import translates


def binary(graph: Graph, kind: str, x: Tensor | float, y: Tensor | float, result: Tensor) -> str:
    """Add a node of two operands that have the type of the result."""
    dtype = result.dtype
    return graph.add(kind, graph.operand(x, dtype), graph.operand(y, dtype))


@translates(ops.add, Tensor.add_)
def add(graph: Graph, input: Tensor, other: Tensor | float, alpha: float, result: Tensor) -> str:
    if result.dtype is ops.bool:
        return binary(graph, "Or", input, other, result)
    return graph.add("Add", graph.operand(input, result.dtype), _times(graph, other, alpha, result))


@translates(ops.sub, Tensor.sub_)
def sub(graph: Graph, input: Tensor, other: Tensor | float, alpha: float, result: Tensor) -> str:
    return graph.add("Sub", graph.operand(input, result.dtype), _times(graph, other, alpha, result))


@translates(ops.rsub)
def rsub(graph: Graph, input: Tensor, other: Tensor | float, alpha: float, result: Tensor) -> str:
    return graph.add("Sub", graph.operand(other, result.dtype), _times(graph, input, alpha, result))


def _times(graph: Graph, x: Tensor | float, alpha: float, result: Tensor) -> str:
    name = graph.operand(x, result.dtype)
    return name if alpha == 1 else graph.add("Mul", name, graph.number(alpha, result.dtype))


@translates(ops.mul, Tensor.mul_)
def mul(graph: Graph, input: Tensor, other: Tensor | float, result: Tensor) -> str:
    return binary(graph, "And" if result.dtype is ops.bool else "Mul", input, other, result)


@translates(ops.div, Tensor.div_)
def div(
    graph: Graph,
    input: Tensor,
    other: Tensor | float,
    rounding_mode: str | None,
    result: Tensor,
) -> str:
    if rounding_mode is None:
        return binary(graph, "Div", input, other, result)
    if rounding_mode == "floor":
        return floor_divide(graph, input, other, result)
    _refuse_integers("div with rounding_mode='trunc'", result)
    return _truncated(graph, binary(graph, "Div", input, other, result))


def _truncated(graph: Graph, x: str) -> str:
    whole = graph.add("Floor", graph.add("Abs", x))
    return graph.add("Mul", graph.add("Sign", x), whole)


@translates(Tensor.__rtruediv__)
def rdiv(graph: Graph, input: Tensor, other: float, result: Tensor) -> str:
    return binary(graph, "Div", other, input, result)


@translates(ops.floor_divide)
def floor_divide(graph: Graph, input: Tensor | float, other: Tensor | float, result: Tensor) -> str:
    _refuse_integers("floor_divide", result)
    return graph.add("Floor", binary(graph, "Div", input, other, result))


def _refuse_integers(function: str, result: Tensor) -> None:
    # ONNX does not say how a division of integers rounds.
    if not result.dtype.is_floating_point:
        raise NotImplementedError(
            f"export: {function} of integers has no ONNX translation: divide floats"
        )


@translates(ops.remainder)
def remainder(graph: Graph, input: Tensor | float, other: Tensor | float, result: Tensor) -> str:
    if not result.dtype.is_floating_point:
        return binary(graph, "Mod", input, other, result)
    # It has the sign of the divisor; ONNX's Mod of floats has that of the dividend.
    quotient = graph.add("Floor", binary(graph, "Div", input, other, result))
    whole = graph.add("Mul", quotient, graph.operand(other, result.dtype))
    return graph.add("Sub", graph.operand(input, result.dtype), whole)


@translates(ops.fmod)
def fmod(graph: Graph, input: Tensor, other: Tensor | float, result: Tensor) -> str:
    x, y = graph.cast(input, result.dtype), graph.operand(other, result.dtype)
    return graph.add("Mod", x, y, fmod=1)


@translates(ops.pow)
def pow(graph: Graph, input: Tensor, exponent: Tensor | float, result: Tensor) -> str:
    if not isinstance(exponent, Tensor) and exponent == 2:
        return binary(graph, "Mul", input, input, result)
    return binary(graph, "Pow", input, exponent, result)


@translates(Tensor.__rpow__)
def rpow(graph: Graph, input: Tensor, other: float, result: Tensor) -> str:
    return binary(graph, "Pow", other, input, result)


@translates(ops.lerp)
def lerp(graph: Graph, input: Tensor, end: Tensor, weight: Tensor | float, result: Tensor) -> str:
    difference = binary(graph, "Sub", end, input, result)
    part = graph.add("Mul", difference, graph.operand(weight, result.dtype))
    return graph.add("Add", graph.name(input), part)


# --- Minimum, maximum, clamp


@translates(ops.maximum)
def maximum(graph: Graph, input: Tensor, other: Tensor, result: Tensor) -> str:
    return binary(graph, "Max", input, other, result)


@translates(ops.minimum)
def minimum(graph: Graph, input: Tensor, other: Tensor, result: Tensor) -> str:
    return binary(graph, "Min", input, other, result)


@translates(ops.clamp)
def clamp(
    graph: Graph,
    input: Tensor,
    min: Tensor | float | None,
    max: Tensor | float | None,
    result: Tensor,
) -> str:
    name = graph.cast(input, result.dtype)
    low = None if min is None else graph.operand(min, result.dtype)
    high = None if max is None else graph.operand(max, result.dtype)
    if not isinstance(min, Tensor) and not isinstance(max, Tensor):
        return graph.add("Clip", name, low, high)
    name = name if low is None else graph.add("Max", name, low)
    return name if high is None else graph.add("Min", name, high)


@translates(ops.clamp_min)
def clamp_min(graph: Graph, input: Tensor, min: Tensor | float, result: Tensor) -> str:
    return clamp(graph, input, min, None, result)


@translates(ops.clamp_max)
def clamp_max(graph: Graph, input: Tensor, max: Tensor | float, result: Tensor) -> str:
    return clamp(graph, input, None, max, result)
