"""Products of matrices."""

from __future__ import annotations

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates


@translates(ops.matmul)
def matmul(graph: Graph, input: Tensor, other: Tensor) -> str:
    if input.dtype.is_floating_point:
        return graph.add("MatMul", input, other)
    # Of integers ONNX multiplies the larger types only.
    product = graph.add("MatMul", graph.cast(input, ops.int64), graph.cast(other, ops.int64))
    return product if input.dtype is ops.int64 else graph.convert(product, input.dtype)


@translates(ops.mm, ops.bmm)
def mm(graph: Graph, input: Tensor, mat2: Tensor) -> str:
    return matmul(graph, input, mat2)


@translates(ops.mv)
def mv(graph: Graph, input: Tensor, vec: Tensor) -> str:
    return matmul(graph, input, vec)


@translates(ops.dot)
def dot(graph: Graph, input: Tensor, tensor: Tensor) -> str:
    return matmul(graph, input, tensor)


@translates(ops.outer)
def outer(graph: Graph, input: Tensor, vec2: Tensor, result: Tensor) -> str:
    column = graph.unsqueeze(graph.cast(input, result.dtype), 1)
    row = graph.unsqueeze(graph.cast(vec2, result.dtype), 0)
    return graph.add("And" if result.dtype is ops.bool else "Mul", column, row)


@translates(F.linear)
def linear(graph: Graph, input: Tensor, weight: Tensor, bias: Tensor | None) -> str:
    if input.ndim == 2 and weight.ndim == 2:
        return graph.add("Gemm", input, weight, bias, transB=1)
    matrix = graph.transpose(weight, (1, 0)) if weight.ndim == 2 else graph.name(weight)
    product = graph.add("MatMul", input, matrix)
    return product if bias is None else graph.add("Add", product, bias)


@translates(ops.addmm)
def addmm(
    graph: Graph, input: Tensor, mat1: Tensor, mat2: Tensor, beta: float, alpha: float
) -> str:
    return graph.add("Gemm", mat1, mat2, input, alpha=float(alpha), beta=float(beta))


@translates(ops.baddbmm)
def baddbmm(
    graph: Graph, input: Tensor, batch1: Tensor, batch2: Tensor, beta: float, alpha: float
) -> str:
    product = graph.add("MatMul", batch1, batch2)
    if alpha != 1:
        product = graph.add("Mul", product, graph.number(alpha, input.dtype))
    if beta == 0:
        return product
    start = graph.name(input)
    if beta != 1:
        start = graph.add("Mul", start, graph.number(beta, input.dtype))
    return graph.add("Add", start, product)


@translates(ops.einsum)
def einsum(graph: Graph, equation: str | Tensor, operands: tuple[object, ...]) -> str:
    if len(operands) == 1 and isinstance(operands[0], list | tuple):
        operands = tuple(operands[0])
    tensors = [one for one in operands if isinstance(one, Tensor)]
    if not isinstance(equation, str) or len(tensors) != len(operands):
        raise NotImplementedError(
            "export: einsum with lists of numbers has no ONNX translation: write the equation as a "
            "string"
        )
    widths = {
        x.ndim - len(term.replace(".", ""))
        for x, term in zip(tensors, _terms(equation), strict=True)
        if "." in term
    }
    if len(widths) > 1:
        raise NotImplementedError(
            "export: einsum with an ellipsis that stands for several numbers of dimensions has no "
            "ONNX translation: give each a letter"
        )
    return graph.add("Einsum", *tensors, equation=equation.replace(" ", ""))


def _terms(equation: str) -> list[str]:
    return equation.replace(" ", "").partition("->")[0].split(",")
