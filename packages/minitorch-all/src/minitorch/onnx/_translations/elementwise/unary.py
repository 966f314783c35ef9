"""Functions of one element: most have an operator of the same name."""

from __future__ import annotations

from collections.abc import Callable
from math import log
from typing import Final

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates

OPERATORS: Final[dict[str, tuple[Callable[..., object], ...]]] = {
    "Abs": (ops.abs,),
    "Acos": (ops.acos,),
    "Acosh": (ops.acosh,),
    "Asin": (ops.asin,),
    "Asinh": (ops.asinh,),
    "Atan": (ops.atan,),
    "Atanh": (ops.atanh,),
    "Cos": (ops.cos,),
    "Cosh": (ops.cosh,),
    "Erf": (ops.erf,),
    "Exp": (ops.exp,),
    "Log": (ops.log,),
    "Mish": (F.mish,),
    "Neg": (ops.neg,),
    "Reciprocal": (ops.reciprocal,),
    "Relu": (ops.relu, F.relu, F.relu_),
    "Sigmoid": (ops.sigmoid, F.sigmoid),
    "Sign": (ops.sign,),
    "Sin": (ops.sin,),
    "Sinh": (ops.sinh,),
    "Softsign": (F.softsign,),
    "Sqrt": (ops.sqrt,),
    "Tan": (ops.tan,),
    "Tanh": (ops.tanh, F.tanh),
}
# Integers stay as they are.
ROUNDING: Final[dict[str, tuple[Callable[..., object], ...]]] = {
    "Ceil": (ops.ceil,),
    "Floor": (ops.floor,),
    "Round": (ops.round,),  # halves to the even neighbour, as here
}


def _add_operator(kind: str, functions: tuple[Callable[..., object], ...]) -> None:
    @translates(*functions)
    def write(graph: Graph, input: Tensor, result: Tensor) -> str:
        return graph.add(kind, graph.cast(input, result.dtype))


def _add_rounding(kind: str, functions: tuple[Callable[..., object], ...]) -> None:
    @translates(*functions)
    def write(graph: Graph, input: Tensor) -> str:
        return graph.add(kind, input) if input.dtype.is_floating_point else graph.name(input)


for _kind, _functions in OPERATORS.items():
    _add_operator(_kind, _functions)
for _kind, _functions in ROUNDING.items():
    _add_rounding(_kind, _functions)


@translates(ops.trunc)
def trunc(graph: Graph, input: Tensor) -> str:
    if not input.dtype.is_floating_point:
        return graph.name(input)
    whole = graph.add("Floor", graph.add("Abs", input))
    return graph.add("Mul", graph.add("Sign", input), whole)


@translates(ops.frac)
def frac(graph: Graph, input: Tensor) -> str:
    return graph.add("Sub", input, trunc(graph, input))


@translates(ops.square)
def square(graph: Graph, input: Tensor) -> str:
    return graph.add("Mul", input, input)


@translates(ops.rsqrt)
def rsqrt(graph: Graph, input: Tensor, result: Tensor) -> str:
    return graph.add("Reciprocal", graph.add("Sqrt", graph.cast(input, result.dtype)))


@translates(ops.exp2)
def exp2(graph: Graph, input: Tensor, result: Tensor) -> str:
    return graph.add("Pow", graph.number(2, result.dtype), graph.cast(input, result.dtype))


@translates(ops.expm1)
def expm1(graph: Graph, input: Tensor, result: Tensor) -> str:
    # exp(x) − 1 = 2 exp(x / 2) sinh(x / 2), which loses no digits near 0.
    half = graph.add("Mul", graph.cast(input, result.dtype), graph.number(0.5, result.dtype))
    product = graph.add("Mul", graph.add("Exp", half), graph.add("Sinh", half))
    return graph.add("Mul", product, graph.number(2, result.dtype))


@translates(ops.log1p)
def log1p(graph: Graph, input: Tensor, result: Tensor) -> str:
    x = graph.cast(input, result.dtype)
    return graph.add("Log", graph.add("Add", x, graph.number(1, result.dtype)))


def _add_logarithm(base: int, function: Callable[..., object]) -> None:
    @translates(function)
    def write(graph: Graph, input: Tensor, result: Tensor) -> str:
        natural = graph.add("Log", graph.cast(input, result.dtype))
        return graph.add("Mul", natural, graph.number(1 / log(base), result.dtype))


_add_logarithm(2, ops.log2)
_add_logarithm(10, ops.log10)


@translates(ops.erfc)
def erfc(graph: Graph, input: Tensor, result: Tensor) -> str:
    x = graph.cast(input, result.dtype)
    return graph.add("Sub", graph.number(1, result.dtype), graph.add("Erf", x))
