"""Sliding windows, and `fold`, which adds them up."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates
from .convolution import Size, each


@translates(ops.sliding_windows)
def sliding_windows(
    graph: Graph,
    input: Tensor,
    kernel: Sequence[int],
    stride: Sequence[int],
    dilation: Sequence[int],
    result: Tensor,
) -> str:
    """Gather a matrix of places (kernel, positions) along each dimension, the last first."""
    n, lead = len(kernel), input.ndim - len(kernel)
    name = graph.name(input)
    for i in reversed(range(n)):
        positions = ops.arange(result.shape[lead + n + i]) * stride[i]
        places = ops.arange(kernel[i]).unsqueeze(1) * dilation[i] + positions
        name = graph.add("Gather", name, graph.constant(places), axis=lead + i)
    pairs = range(lead, lead + 2 * n)
    return graph.transpose(name, [*range(lead), *pairs[::2], *pairs[1::2]])


@translates(F.fold)
def fold(
    graph: Graph,
    input: Tensor,
    output_size: Size,
    kernel_size: Size,
    dilation: Size,
    padding: Size,
    stride: Size,
) -> str:
    single = input.ndim == 2
    made = graph.add(
        "Col2Im",
        graph.unsqueeze(input, 0) if single else input,
        graph.integers(each(output_size, 2)),
        graph.integers(each(kernel_size, 2)),
        dilations=each(dilation, 2),
        pads=each(padding, 2) * 2,
        strides=each(stride, 2),
    )
    return graph.squeeze(made, 0) if single else made
