"""Batch, instance, group and layer normalisation."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates


def _filled(graph: Graph, x: Tensor | None, value: float, size: int, like: Tensor) -> str:
    """Return a weight or bias; if there is none, `size` times `value`."""
    return (
        graph.constant(ops.full((size,), value, dtype=like.dtype)) if x is None else graph.name(x)
    )


@translates(F.batch_norm)
def batch_norm(
    graph: Graph,
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None,
    bias: Tensor | None,
    training: bool,
    momentum: object,
    eps: float,
) -> str:
    if training or running_mean is None or running_var is None:
        raise NotImplementedError(
            "export: batch_norm by the batch's own mean and variance has no ONNX translation: it "
            "needs running ones (track_running_stats=True)"
        )
    channels = input.shape[1]
    scale = _filled(graph, weight, 1.0, channels, input)
    shift = _filled(graph, bias, 0.0, channels, input)
    return graph.add(
        "BatchNormalization", input, scale, shift, running_mean, running_var, epsilon=float(eps)
    )


@translates(F.instance_norm)
def instance_norm(
    graph: Graph,
    input: Tensor,
    running_mean: Tensor | None,
    running_var: Tensor | None,
    weight: Tensor | None,
    bias: Tensor | None,
    use_input_stats: bool,
    momentum: object,
    eps: float,
) -> str:
    if not use_input_stats:
        return batch_norm(
            graph, input, running_mean, running_var, weight, bias, False, momentum, eps
        )
    if running_mean is not None or running_var is not None:
        raise NotImplementedError(
            "export: instance_norm that updates running_mean and running_var has no ONNX "
            "translation: leave them out, or take them with use_input_stats=False"
        )
    channels = input.shape[1]
    scale = _filled(graph, weight, 1.0, channels, input)
    shift = _filled(graph, bias, 0.0, channels, input)
    return graph.add("InstanceNormalization", input, scale, shift, epsilon=float(eps))


@translates(F.group_norm)
def group_norm(
    graph: Graph,
    input: Tensor,
    num_groups: int,
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> str:
    # Instance normalisation with each group as one channel: ONNX's GroupNormalization differs
    # between versions.
    shape = input.shape
    grouped = (shape[0], num_groups, prod(shape[1:]) // num_groups)
    name = graph.add(
        "InstanceNormalization",
        graph.reshape(input, shape, grouped),
        _filled(graph, None, 1.0, num_groups, input),
        _filled(graph, None, 0.0, num_groups, input),
        epsilon=float(eps),
    )
    name = graph.reshape(name, grouped, shape)
    for kind, one in (("Mul", weight), ("Add", bias)):
        if one is not None:
            channels = graph.reshape(one, one.shape, (*one.shape, *[1] * (input.ndim - 2)))
            name = graph.add(kind, name, channels)
    return name


@translates(F.layer_norm)
def layer_norm(
    graph: Graph,
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None,
    bias: Tensor | None,
    eps: float,
) -> str:
    if weight is None:
        weight_name = graph.constant(ops.ones(*normalized_shape, dtype=input.dtype))
    else:
        weight_name = graph.name(weight)
    axis = -len(normalized_shape)
    return graph.add("LayerNormalization", input, weight_name, bias, axis=axis, epsilon=float(eps))
