"""Sliding blocks of images as columns of a matrix, and the sum of such columns."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from minitorch_autograd import Tensor

from ..common.extensions import shaping, windows
from ..common.sizes import Size
from ..padding.functional import pad

__all__ = ["unfold", "fold"]


class _Blocks(NamedTuple):
    """How the blocks lie: a number for height and one for width."""

    kernel_size: tuple[int, ...]
    dilation: tuple[int, ...]
    padding: tuple[int, ...]
    stride: tuple[int, ...]

    def counts(self, sizes: tuple[int, ...]) -> tuple[int, ...]:
        """Return the number of blocks down and across an image."""
        return tuple(
            (size + 2 * p - d * (k - 1) - 1) // s + 1
            for size, k, d, p, s in zip(sizes, *self, strict=True)
        )

    def __str__(self) -> str:
        return f"kernel_size={self.kernel_size}, dilation={self.dilation}, padding={self.padding}"


def unfold(
    input: Tensor, kernel_size: Size, dilation: Size = 1, padding: Size = 0, stride: Size = 1
) -> Tensor:
    """Write each block that a sliding window sees into a column.

    Args:
        input: (N, C, H, W) or (C, H, W)
        kernel_size: the size of a block, one number or (kh, kw).
        dilation: the steps from one element to the next in a block.
        padding: zeros on either side of the image.
        stride: the steps from one block to the next.

    Returns:
        (N, C kh kw, L) or (C kh kw, L), where L is the number of blocks, row by row.

    Raises:
        RuntimeError: if no block fits, or an option or shape is wrong.

    Gradient: `fold`.
    """
    blocks = _blocks(kernel_size, dilation, padding, stride)
    if len(input.shape) not in (3, 4) or 0 in input.shape[-3:]:
        raise RuntimeError(
            "unfold: Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other "
            f"non-zero dimensions for input, but got: {list(input.shape)}"
        )
    *batch, channels, height, width = input.shape
    counts = blocks.counts((height, width))
    if min(counts) < 1:
        raise RuntimeError(
            f"unfold: Given input with spatial size ({height}, {width}), {blocks}, calculated "
            f"shape of the array of sliding blocks as {counts}, but its components must be at "
            "least one."
        )
    down, across = blocks.padding
    padded = pad(input, (across, across, down, down)) if down or across else input
    seen = windows.sliding_windows(padded, blocks.kernel_size, blocks.stride, blocks.dilation)
    # A copy, also where the blocks lie so that a view could show them.
    return seen.clone().reshape((*batch, channels * prod(blocks.kernel_size), prod(counts)))


def fold(
    input: Tensor,
    output_size: Size,
    kernel_size: Size,
    dilation: Size = 1,
    padding: Size = 0,
    stride: Size = 1,
) -> Tensor:
    """Add columns to the blocks that a sliding window saw: the transpose of `unfold`.

    Args:
        input: (N, C kh kw, L) or (C kh kw, L), where L is the number of blocks.
        output_size: the size of the image, one number or (H, W).
        kernel_size: the size of a block, one number or (kh, kw).
        dilation: the steps from one element to the next in a block.
        padding: what is cut off on either side of the image.
        stride: the steps from one block to the next.

    Returns:
        (N, C, H, W) or (C, H, W)

    Raises:
        RuntimeError: if the number of blocks or the block's size does not fit, or an option is
            wrong.

    Gradient: `unfold`.
    """
    blocks = _blocks(kernel_size, dilation, padding, stride)
    sizes = _pair("output_size", output_size)
    channels = _check_columns(input, sizes, blocks)
    batch = input.shape[:-2]
    seen = input.reshape((*batch, channels, *blocks.kernel_size, *blocks.counts(sizes)))
    padded = tuple(size + 2 * p for size, p in zip(sizes, blocks.padding, strict=True))
    image = windows.add_windows(seen, (*batch, channels, *padded), blocks.stride, blocks.dilation)
    for dim, size, p in zip((-2, -1), sizes, blocks.padding, strict=True):
        if p:
            image = shaping.narrow(image, dim, p, size)
    return image


def _pair(option: str, value: Size) -> tuple[int, ...]:
    numbers = (value, value) if isinstance(value, int) else tuple(value)
    if len(numbers) != 2:
        raise RuntimeError(
            f"It is expected {option} equals to 2, but got size {len(numbers)}: one number, or one "
            "for height and one for width"
        )
    return numbers


def _blocks(kernel_size: Size, dilation: Size, padding: Size, stride: Size) -> _Blocks:
    blocks = _Blocks(
        _pair("kernel_size", kernel_size),
        _pair("dilation", dilation),
        _pair("padding", padding),
        _pair("stride", stride),
    )
    for what, short, numbers in (
        ("kernel size", "kernel", blocks.kernel_size),
        ("stride", "stride", blocks.stride),
        ("dilation", "dilation", blocks.dilation),
    ):
        if min(numbers) < 1:
            raise RuntimeError(
                f"{what} should be greater than zero, but got {short}_height: {numbers[0]} "
                f"{short}_width: {numbers[1]}"
            )
    if min(blocks.padding) < 0:
        raise RuntimeError(
            f"padding should be non-negative, but got pad_height: {blocks.padding[0]} pad_width: "
            f"{blocks.padding[1]}"
        )
    return blocks


def _check_columns(input: Tensor, sizes: tuple[int, ...], blocks: _Blocks) -> int:
    """Return the number of channels in columns that fit an image of these sizes."""
    ndim = len(input.shape)
    if ndim not in (2, 3) or 0 in input.shape[-2:]:
        raise RuntimeError(
            "fold: Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and "
            f"non-zero dimensions for input, but got: {list(input.shape)}"
        )
    channels, rest = divmod(input.shape[-2], prod(blocks.kernel_size))
    if rest:
        raise RuntimeError(
            f"fold: Expected size of input's dimension {ndim - 2} to be divisible by the product "
            f"of kernel_size, but got input.size({ndim - 2})={input.shape[-2]} and "
            f"kernel_size={blocks.kernel_size}."
        )
    counts = blocks.counts(sizes)
    if min(counts) < 1 or prod(counts) != input.shape[-1]:
        raise RuntimeError(
            f"fold: Given output_size={sizes}, {blocks}, stride={blocks.stride}, expected size of "
            f"input's dimension {ndim - 1} to match the calculated number of sliding blocks "
            f"{counts[0]} * {counts[1]} = {prod(counts)}, but got input.size({ndim - 1})="
            f"{input.shape[-1]}."
        )
    return channels
