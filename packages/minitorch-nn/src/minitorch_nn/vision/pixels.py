"""Channels into pixels and back, and channels among each other: elements move, none changes.

The result is always a copy, also where a view could show it.
"""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.extensions import shaping

__all__ = ["pixel_shuffle", "pixel_unshuffle", "channel_shuffle"]


def pixel_shuffle(input: Tensor, upscale_factor: int) -> Tensor:
    """Lay r^2 channels out as r x r pixels: ``y[c, h r + i, w r + j] = x[(c r + i) r + j, h, w]``.

    Args:
        input: (..., C r^2, H, W)
        upscale_factor: r.

    Returns:
        (..., C, H r, W r)

    Raises:
        RuntimeError: if `input` has fewer than three dimensions, r is not positive, or r^2 does
            not divide the channels.

    Source: Shi et al., "Real-Time Single Image and Video Super-Resolution Using an Efficient
    Sub-Pixel Convolutional Neural Network", 2016
    """
    _check("pixel_shuffle", input, "upscale_factor", upscale_factor)
    r, (*batch, channels, height, width) = upscale_factor, input.shape
    if channels % (r * r):
        raise RuntimeError(
            "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square "
            f"of upscale_factor, but input.size(-3)={channels} is not divisible by {r * r}"
        )
    n, kept = len(batch), channels // (r * r)
    apart = input.reshape((*batch, kept, r, r, height, width))
    moved = shaping.permute(apart, (*range(n), n, n + 3, n + 1, n + 4, n + 2))
    return moved.clone().reshape((*batch, kept, height * r, width * r))


def pixel_unshuffle(input: Tensor, downscale_factor: int) -> Tensor:
    """Lay r x r pixels out as r^2 channels: the inverse of `pixel_shuffle`.

    Args:
        input: (..., C, H r, W r)
        downscale_factor: r.

    Returns:
        (..., C r^2, H, W)

    Raises:
        RuntimeError: if `input` has fewer than three dimensions, r is not positive, or does not
            divide height and width.
    """
    _check("pixel_unshuffle", input, "downscale_factor", downscale_factor)
    r, (*batch, channels, height, width) = downscale_factor, input.shape
    for what, dim, size in (("height", -2, height), ("width", -1, width)):
        if size % r:
            raise RuntimeError(
                f"pixel_unshuffle expects {what} to be divisible by downscale_factor, but "
                f"input.size({dim})={size} is not divisible by {r}"
            )
    n = len(batch)
    apart = input.reshape((*batch, channels, height // r, r, width // r, r))
    moved = shaping.permute(apart, (*range(n), n, n + 2, n + 4, n + 1, n + 3))
    return moved.clone().reshape((*batch, channels * r * r, height // r, width // r))


def _check(name: str, input: Tensor, option: str, factor: int) -> None:
    if len(input.shape) < 3:
        raise RuntimeError(
            f"{name} expects input to have at least 3 dimensions, but got input with "
            f"{len(input.shape)} dimension(s)"
        )
    if factor <= 0:
        raise RuntimeError(f"{name} expects a positive {option}, but got {factor}")


def channel_shuffle(input: Tensor, groups: int) -> Tensor:
    """Deal the channels of the groups out in turn: ``y[:, k g + i] = x[:, i C/g + k]``.

    Args:
        input: (N, C, ...), of at least three dimensions.
        groups: g, which divides C.

    Returns:
        The shape of `input`.

    Raises:
        RuntimeError: if `input` has too few dimensions, or the groups don't divide the channels.

    Source: Zhang et al., "ShuffleNet", 2018;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.ChannelShuffle.html
    """
    if len(input.shape) < 3:
        raise RuntimeError(
            "channel_shuffle expects input with > 2 dims, but got input with sizes "
            f"{list(input.shape)}"
        )
    if groups <= 0:
        raise RuntimeError(
            "channel_shuffle: Number of groups to divide channels in must be positive. Value of "
            f"groups:{groups}"
        )
    images, channels, *rest = input.shape
    if channels % groups:
        raise RuntimeError(
            f"channel_shuffle: Number of channels must be divisible by groups. Got {channels} "
            f"channels and {groups} groups."
        )
    apart = input.reshape((images, groups, channels // groups, *rest))
    return shaping.transpose(apart, 1, 2).clone().reshape(input.shape)
