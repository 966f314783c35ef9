"""Max and average pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates
from .convolution import Size, batched, each, unbatched


class Windows(NamedTuple):
    """Where windows lie: a number for each dimension."""

    kernel: list[int]
    stride: list[int]
    padding: list[int]
    dilation: list[int]

    @classmethod
    def of(
        cls, ndim: int, kernel: Size, stride: Size | None, padding: Size, dilation: Size
    ) -> Windows:
        """Return the windows of the options of pooling."""
        sizes = (kernel, stride or kernel, padding, dilation)
        return cls(*(each(size, ndim) for size in sizes))

    def after(self, input: Tensor, result: Tensor) -> list[int]:
        """Return by how many elements the last window of each dimension goes beyond the end.

        As padding it makes the windows of `ceil_mode`. ONNX's own ceil_mode has one window too many
        where the last would begin beyond the elements.
        """
        ndim = len(self.kernel)
        sizes = zip(input.shape[-ndim:], result.shape[-ndim:], *self, strict=True)
        return [
            max((count - 1) * stride + dilation * (kernel - 1) + 1 - n - padding, 0)
            for n, count, kernel, stride, padding, dilation in sizes
        ]


@translates(F.max_pool1d, F.max_pool2d, F.max_pool3d)
def max_pool(
    graph: Graph,
    function: str,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    dilation: Size,
    ceil_mode: bool,
    result: Tensor,
) -> str:
    ndim = int(function[-2])
    windows = Windows.of(ndim, kernel_size, stride, padding, dilation)
    made = graph.add(
        "MaxPool",
        batched(graph, input, ndim),
        kernel_shape=windows.kernel,
        strides=windows.stride,
        pads=windows.padding + (windows.after(input, result) if ceil_mode else windows.padding),
        dilations=windows.dilation,
    )
    return unbatched(graph, made, input, ndim)


@translates(F.avg_pool1d, F.avg_pool2d, F.avg_pool3d)
def average_pool(
    graph: Graph,
    function: str,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    ceil_mode: bool,
    count_include_pad: bool,
    result: Tensor,
) -> str:
    ndim = int(function[-2])
    windows = Windows.of(ndim, kernel_size, stride, padding, 1)
    name = batched(graph, input, ndim)
    before, after = windows.padding, windows.padding
    if ceil_mode:
        after = windows.after(input, result)
        if count_include_pad and any(before):
            # Padding counts in the mean; what a window has beyond the padding does not.
            axes = graph.integers(range(2, ndim + 2))
            name = graph.add("Pad", name, graph.integers(before * 2), None, axes)
            after = [max(n - p, 0) for n, p in zip(after, before, strict=True)]
            before = [0] * ndim
    made = graph.add(
        "AveragePool",
        name,
        kernel_shape=windows.kernel,
        strides=windows.stride,
        pads=before + after,
        count_include_pad=int(count_include_pad and not ceil_mode),
    )
    return unbatched(graph, made, input, ndim)


# Adaptive average pooling needs no translation: it is composed of means.
@translates(F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d)
def adaptive_max_pool(
    graph: Graph,
    function: str,
    input: Tensor,
    output_size: int | Sequence[int | None] | None,
    result: Tensor,
) -> str:
    ndim = int(function[-2])
    name, kernel = batched(graph, input, ndim), []
    for dim in range(-ndim, 0):
        n, m = input.shape[dim], result.shape[dim]
        # Bin i has the elements from floor(i n / m) to ceil((i + 1) n / m); the shorter bins have
        # their last element twice.
        bins = [range(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
        longest = max(map(len, bins))
        kernel.append(longest)
        if longest * m != n:
            places = [one[min(k, len(one) - 1)] for one in bins for k in range(longest)]
            name = graph.add("Gather", name, graph.integers(places), axis=ndim + 2 + dim)
    made = graph.add("MaxPool", name, kernel_shape=kernel, strides=kernel)
    return unbatched(graph, made, input, ndim)
