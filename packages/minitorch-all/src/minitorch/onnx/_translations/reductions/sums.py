"""Reductions: sums, means, products, norms, variances."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, prod
from typing import TypeAlias

import minitorch_autograd as ops
from minitorch_autograd import Tensor, dtype

from ..._graph import Graph
from ..._registry import translates
from ..elementwise.comparisons import as_result

Dims: TypeAlias = int | Sequence[int] | None


def over(input: Tensor, dim: Dims) -> list[int]:
    """Return the dimensions to reduce; [] for all, which torch says as None or ().

    Of a tensor without dimensions it is [] too: torch allows dim 0 there, ONNX does not.
    """
    if dim is None or not input.ndim:
        return []
    return [dim] if isinstance(dim, int) else list(dim)


def reduced(graph: Graph, kind: str, x: Tensor | str, dims: Sequence[int], keepdim: bool) -> str:
    """Add a reduction over some dimensions; over all if there are none in `dims`."""
    return graph.add(kind, x, graph.integers(dims) if dims else None, keepdims=int(keepdim))


@translates(ops.sum)
def sum(
    graph: Graph, input: Tensor, dim: Dims, keepdim: bool, dtype: dtype | None, result: Tensor
) -> str:
    return reduced(graph, "ReduceSum", graph.cast(input, result.dtype), over(input, dim), keepdim)


@translates(ops.mean)
def mean(
    graph: Graph, input: Tensor, dim: Dims, keepdim: bool, dtype: dtype | None, result: Tensor
) -> str:
    return reduced(graph, "ReduceMean", graph.cast(input, result.dtype), over(input, dim), keepdim)


@translates(ops.prod)
def product(
    graph: Graph, input: Tensor, dim: int | None, keepdim: bool, dtype: dtype | None, result: Tensor
) -> str:
    return reduced(graph, "ReduceProd", graph.cast(input, result.dtype), over(input, dim), keepdim)


@translates(ops.logsumexp)
def logsumexp(graph: Graph, input: Tensor, dim: Dims, keepdim: bool, result: Tensor) -> str:
    return reduced(
        graph, "ReduceLogSumExp", graph.cast(input, result.dtype), over(input, dim), keepdim
    )


@translates(ops.all)
def all(graph: Graph, input: Tensor, dim: Dims, keepdim: bool, result: Tensor) -> str:
    return _of_bools(graph, "ReduceMin", input, dim, keepdim, result)


@translates(ops.any)
def any(graph: Graph, input: Tensor, dim: Dims, keepdim: bool, result: Tensor) -> str:
    # Not ReduceMax: of no elements the sum is 0, and the maximum is the least number.
    return _of_bools(graph, "ReduceSum", input, dim, keepdim, result)


def _of_bools(
    graph: Graph, kind: str, input: Tensor, dim: Dims, keepdim: bool, result: Tensor
) -> str:
    ones = graph.convert(graph.cast(input, ops.bool), ops.int32)
    truth = graph.convert(reduced(graph, kind, ones, over(input, dim), keepdim), ops.bool)
    return as_result(graph, truth, result)


@translates(ops.norm)
def norm(
    graph: Graph,
    input: Tensor,
    p: float | str | None,
    dim: Dims,
    keepdim: bool,
    dtype: dtype | None,
    result: Tensor,
) -> str:
    x = graph.cast(input, result.dtype)
    if p in (None, 2, "fro"):
        return reduced(graph, "ReduceL2", x, over(input, dim), keepdim)
    if p == 1:
        return reduced(graph, "ReduceL1", x, over(input, dim), keepdim)
    size = graph.add("Abs", x)
    if p in (inf, -inf):
        return reduced(
            graph, "ReduceMax" if p == inf else "ReduceMin", size, over(input, dim), keepdim
        )
    if not isinstance(p, int | float) or p == 0:
        raise NotImplementedError(f"export: norm with p={p!r} has no ONNX translation")
    powers = graph.add("Pow", size, graph.number(p, result.dtype))
    total = reduced(graph, "ReduceSum", powers, over(input, dim), keepdim)
    return graph.add("Pow", total, graph.number(1 / p, result.dtype))


@translates(ops.linalg.vector_norm)
def vector_norm(
    graph: Graph,
    input: Tensor,
    ord: float,
    dim: Dims,
    keepdim: bool,
    dtype: dtype | None,
    result: Tensor,
) -> str:
    return norm(graph, input, ord, dim, keepdim, dtype, result)


# --- Variances


@translates(ops.var)
def var(
    graph: Graph,
    input: Tensor,
    dim: Dims | bool,
    unbiased: bool,
    keepdim: bool,
    correction: float | None,
) -> str:
    return moments(graph, input, dim, unbiased, keepdim, correction)[0]


@translates(ops.std)
def std(
    graph: Graph,
    input: Tensor,
    dim: Dims | bool,
    unbiased: bool,
    keepdim: bool,
    correction: float | None,
) -> str:
    return graph.add("Sqrt", var(graph, input, dim, unbiased, keepdim, correction))


@translates(ops.var_mean)
def moments(
    graph: Graph,
    input: Tensor,
    dim: Dims | bool,
    unbiased: bool,
    keepdim: bool,
    correction: float | None,
) -> tuple[str, str]:
    if isinstance(dim, bool):  # var(x, False)
        return moments(graph, input, None, dim, keepdim, correction)
    less = int(unbiased) if correction is None else correction
    dims = over(input, dim) or list(range(input.ndim))
    count = prod(input.shape[one] for one in dims)
    middle = reduced(graph, "ReduceMean", input, dims, keepdim=True)
    away = graph.add("Sub", input, middle)
    spread = reduced(graph, "ReduceMean", graph.add("Mul", away, away), dims, keepdim)
    if less:
        spread = graph.add("Mul", spread, graph.number(count / (count - less), input.dtype))
    return spread, middle if keepdim else graph.squeeze(middle, *dims)


@translates(ops.std_mean)
def std_mean(
    graph: Graph,
    input: Tensor,
    dim: Dims | bool,
    unbiased: bool,
    keepdim: bool,
    correction: float | None,
) -> tuple[str, str]:
    spread, middle = moments(graph, input, dim, unbiased, keepdim, correction)
    return graph.add("Sqrt", spread), middle
