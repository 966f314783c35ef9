"""Convolutions, and their transposes."""

from __future__ import annotations

from collections.abc import Sequence

from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates

Size = int | Sequence[int]


def each(size: Size, ndim: int) -> list[int]:
    """Return one number for each dimension."""
    return [size] * ndim if isinstance(size, int) else [*size] * (ndim // len(size))


def batched(graph: Graph, input: Tensor, ndim: int) -> str:
    """Return the input with a batch dimension, which ONNX needs, also if it is one image."""
    return graph.unsqueeze(input, 0) if input.ndim == ndim + 1 else graph.name(input)


def unbatched(graph: Graph, made: str, input: Tensor, ndim: int) -> str:
    """Return `made` without its batch dimension if the input has none."""
    return graph.squeeze(made, 0) if input.ndim == ndim + 1 else made


@translates(F.conv1d, F.conv2d, F.conv3d)
def convolution(
    graph: Graph,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Size,
    padding: Size | str,
    dilation: Size,
    groups: int,
) -> str:
    ndim = weight.ndim - 2
    dilations = each(dilation, ndim)
    made = graph.add(
        "Conv",
        batched(graph, input, ndim),
        weight,
        bias,
        kernel_shape=list(weight.shape[2:]),
        strides=each(stride, ndim),
        pads=_pads(padding, weight.shape[2:], dilations),
        dilations=dilations,
        group=groups,
    )
    return unbatched(graph, made, input, ndim)


def _pads(padding: Size | str, kernel: Sequence[int], dilations: Sequence[int]) -> list[int]:
    """Return the zeros before each dimension, then those after each."""
    if padding == "same":
        both = [d * (k - 1) for k, d in zip(kernel, dilations, strict=True)]
        return [n // 2 for n in both] + [n - n // 2 for n in both]
    return each(0 if isinstance(padding, str) else padding, len(kernel)) * 2


@translates(F.conv_transpose1d, F.conv_transpose2d, F.conv_transpose3d)
def transposed_convolution(
    graph: Graph,
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: Size,
    padding: Size,
    output_padding: Size,
    groups: int,
    dilation: Size,
) -> str:
    ndim = weight.ndim - 2
    made = graph.add(
        "ConvTranspose",
        batched(graph, input, ndim),
        weight,
        bias,
        kernel_shape=list(weight.shape[2:]),
        strides=each(stride, ndim),
        pads=each(padding, ndim) * 2,
        output_padding=each(output_padding, ndim),
        dilations=each(dilation, ndim),
        group=groups,
    )
    return unbatched(graph, made, input, ndim)
