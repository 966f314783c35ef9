"""Putting elements back where they stood before max pooling."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from minitorch_autograd import Tensor, int64, zeros

from ..common.extensions import indexing, reductions
from ..common.sizes import Size, each, text

__all__ = ["max_unpool1d", "max_unpool2d", "max_unpool3d"]


def max_unpool1d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Put elements where `max_pool1d` found them, with zeros elsewhere.

    Args:
        input: (N, C, L) or (C, L)
        indices: of that shape, int64: the places that `max_pool1d` returned.
        kernel_size: the size of the windows, as all that follow of the pooling.
        stride: the steps from one window to the next; the kernel's size by default.
        padding: how much was put on either side.
        output_size: the size of the result, or its whole shape: of those that pooling makes the
            input's size, which one is meant; ``(L - 1) stride - 2 padding + kernel_size`` by
            default.

    Raises:
        RuntimeError: if the indices do not fit.
        ValueError: if the output size does not.

    Gradient: what stands at the places.
    """
    return _max_unpool(1, input, indices, kernel_size, stride, padding, output_size)


def max_unpool2d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Put elements where `max_pool2d` found them, with zeros elsewhere; see `max_unpool1d`.

    Args:
        input: (N, C, H, W) or (C, H, W)
    """
    return _max_unpool(2, input, indices, kernel_size, stride, padding, output_size)


def max_unpool3d(
    input: Tensor,
    indices: Tensor,
    kernel_size: Size,
    stride: Size | None = None,
    padding: Size = 0,
    output_size: Sequence[int] | None = None,
) -> Tensor:
    """Put elements where `max_pool3d` found them, with zeros elsewhere; see `max_unpool1d`.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)
    """
    return _max_unpool(3, input, indices, kernel_size, stride, padding, output_size)


def _max_unpool(
    ndim: int,
    input: Tensor,
    indices: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    output_size: Sequence[int] | None,
) -> Tensor:
    if indices.dtype is not int64:
        raise RuntimeError(f"elements in indices should be type int64 but got: {indices.dtype}")
    if indices.shape != input.shape:
        raise RuntimeError(
            "Expected shape of indices to be same as that of the input tensor "
            f"({list(input.shape)}) but got indices tensor with shape: {list(indices.shape)}"
        )
    sizes = _sizes(ndim, input, kernel_size, stride, padding, output_size)
    lead = input.shape[: len(input.shape) - ndim]
    flat = (*lead, prod(input.shape[len(lead) :]))
    places = indices.reshape(flat)
    if prod(flat) and bool(reductions.any(places > prod(sizes) - 1)):
        raise RuntimeError(
            f"Found an invalid max index: an index is not below {prod(sizes)} (output volumes are "
            f"of size {text(sizes)[1:-1].replace(' ', '')})"
        )
    room = zeros((*lead, prod(sizes)), dtype=input.dtype)
    return indexing.scatter(room, -1, places, input.reshape(flat)).reshape((*lead, *sizes))


def _sizes(
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    stride: Size | None,
    padding: Size,
    output_size: Sequence[int] | None,
) -> tuple[int, ...]:
    kernel = each("kernel_size", kernel_size, ndim, "pooling")
    steps = kernel if stride is None else each("stride", stride, ndim, "pooling")
    around = each("padding", padding, ndim, "pooling")
    usual = tuple(
        (n - 1) * s - 2 * p + k
        for n, s, p, k in zip(input.shape[-ndim:], steps, around, kernel, strict=True)
    )
    if output_size is None:
        return usual
    if len(output_size) not in (ndim, ndim + 2):
        raise ValueError(
            f"output_size should be a sequence containing {ndim} or {ndim + 2} elements, but it "
            f"has a length of '{len(output_size)}'"
        )
    wanted = tuple(output_size[-ndim:])
    for dim, (n, size, s) in enumerate(zip(usual, wanted, steps, strict=True)):
        if not n - s < size < n + s:
            raise ValueError(
                f'invalid output_size "{wanted}" (dim {dim} must be between {n - s} and {n + s})'
            )
    return wanted
