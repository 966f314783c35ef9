"""Activations that take options, or more than one operator; the others are in `unary`."""

from __future__ import annotations

import minitorch_autograd as ops
from minitorch_autograd import Tensor, dtype
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates


@translates(F.leaky_relu, F.leaky_relu_)
def leaky_relu(graph: Graph, input: Tensor, negative_slope: float) -> str:
    return graph.add("LeakyRelu", input, alpha=float(negative_slope))


@translates(F.rrelu, F.rrelu_)
def rrelu(graph: Graph, input: Tensor, lower: float, upper: float) -> str:
    return leaky_relu(graph, input, (lower + upper) / 2)  # as in evaluation mode


@translates(F.prelu)
def prelu(graph: Graph, input: Tensor, weight: Tensor) -> str:
    # One slope for all, or one for each channel, which is the second dimension.
    beside = (1,) * max(input.ndim - 2, 0)
    shape = (*weight.shape, *beside) if weight.numel() > 1 else ()
    slope = graph.reshape(weight, weight.shape, shape)
    return graph.add("PRelu", input, slope)


@translates(F.elu, F.elu_)
def elu(graph: Graph, input: Tensor, alpha: float) -> str:
    return graph.add("Elu", input, alpha=float(alpha))


@translates(F.celu, F.celu_)
def celu(graph: Graph, input: Tensor, alpha: float) -> str:
    return graph.add("Celu", input, alpha=float(alpha))


@translates(F.selu, F.selu_)
def selu(graph: Graph, input: Tensor) -> str:
    return graph.add("Selu", input)


@translates(F.hardtanh, F.hardtanh_)
def hardtanh(graph: Graph, input: Tensor, min_val: float, max_val: float) -> str:
    low, high = (graph.number(one, input.dtype) for one in (min_val, max_val))
    return graph.add("Clip", input, low, high)


@translates(F.relu6)
def relu6(graph: Graph, input: Tensor) -> str:
    return hardtanh(graph, input, 0.0, 6.0)


@translates(F.hardsigmoid)
def hardsigmoid(graph: Graph, input: Tensor) -> str:
    return graph.add("HardSigmoid", input, alpha=1 / 6, beta=0.5)


@translates(F.hardswish)
def hardswish(graph: Graph, input: Tensor) -> str:
    return graph.add("HardSwish", input)


@translates(F.hardshrink)
def hardshrink(graph: Graph, input: Tensor, lambd: float) -> str:
    return graph.add("Shrink", input, lambd=float(lambd), bias=0.0)


@translates(F.softshrink)
def softshrink(graph: Graph, input: Tensor, lambd: float) -> str:
    return graph.add("Shrink", input, lambd=float(lambd), bias=float(lambd))


@translates(F.tanhshrink)
def tanhshrink(graph: Graph, input: Tensor) -> str:
    return graph.add("Sub", input, graph.add("Tanh", input))


@translates(F.threshold, F.threshold_)
def threshold(graph: Graph, input: Tensor, threshold: float, value: float) -> str:
    # NaN is not at most the threshold, and so stays.
    below = graph.add("LessOrEqual", input, graph.number(threshold, input.dtype))
    return graph.add("Where", below, graph.number(value, input.dtype), input)


@translates(F.gelu)
def gelu(graph: Graph, input: Tensor, approximate: str) -> str:
    return graph.add("Gelu", input, approximate=approximate)


@translates(F.silu)
def silu(graph: Graph, input: Tensor) -> str:
    return graph.add("Mul", input, graph.add("Sigmoid", input))


@translates(F.glu)
def glu(graph: Graph, input: Tensor, dim: int) -> str:
    value, gate = graph.add_several("Split", 2, input, axis=dim, num_outputs=2)
    return graph.add("Mul", value, graph.add("Sigmoid", gate))


@translates(F.softplus)
def softplus(graph: Graph, input: Tensor, beta: float, threshold: float) -> str:
    scaled = graph.name(input)
    if beta != 1:
        scaled = graph.add("Mul", scaled, graph.number(beta, input.dtype))
    soft = graph.add("Softplus", scaled)
    if beta != 1:
        soft = graph.add("Div", soft, graph.number(beta, input.dtype))
    if threshold >= 20:  # from 20 on, softplus(x) is x in float32
        return soft
    over = graph.add("Greater", scaled, graph.number(threshold, input.dtype))
    return graph.add("Where", over, input, soft)


@translates(F.logsigmoid)
def logsigmoid(graph: Graph, input: Tensor) -> str:
    return graph.add("Neg", graph.add("Softplus", graph.add("Neg", input)))


# --- Softmax


@translates(ops.softmax, F.softmax)
def softmax(graph: Graph, input: Tensor, dim: int | None, dtype: dtype | None) -> str:
    return _along("Softmax", graph, graph.cast(input, dtype or input.dtype), input, dim)


@translates(ops.log_softmax, F.log_softmax)
def log_softmax(graph: Graph, input: Tensor, dim: int | None, dtype: dtype | None) -> str:
    return _along("LogSoftmax", graph, graph.cast(input, dtype or input.dtype), input, dim)


@translates(F.softmin)
def softmin(graph: Graph, input: Tensor, dim: int | None, dtype: dtype | None) -> str:
    opposite = graph.add("Neg", graph.cast(input, dtype or input.dtype))
    return _along("Softmax", graph, opposite, input, dim)


def _along(kind: str, graph: Graph, x: str, input: Tensor, dim: int | None) -> str:
    if dim is None:  # torch's default, which depends on the dimensions
        dim = 0 if input.ndim in (0, 1, 3) else 1
    if not input.ndim:  # ONNX has no softmax of a number
        return graph.squeeze(graph.add(kind, graph.unsqueeze(x, 0), axis=0), 0)
    return graph.add(kind, x, axis=dim)


# --- Dropout, which does nothing in evaluation mode


@translates(F.dropout, F.dropout1d, F.dropout2d, F.dropout3d)
def dropout(graph: Graph, input: Tensor, p: float, training: bool) -> str:
    if training and p > 0:
        raise NotImplementedError(
            "export: dropout in training has no ONNX translation: pass training=self.training, "
            "which is False while a model is exported"
        )
    return graph.name(input)


@translates(F.alpha_dropout, F.feature_alpha_dropout)
def alpha_dropout(graph: Graph, input: Tensor, p: float, training: bool) -> str:
    return dropout(graph, input, p, training)
