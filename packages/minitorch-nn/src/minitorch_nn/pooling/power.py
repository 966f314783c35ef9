"""The power mean of each window, without the mean: ``(sum x^p)^(1/p)``."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor

from ..common.extensions import elementwise
from ..common.sizes import Size, each
from .average import avg_pool1d, avg_pool2d, avg_pool3d

__all__ = ["lp_pool1d", "lp_pool2d", "lp_pool3d"]


def lp_pool1d(
    input: Tensor,
    norm_type: float,
    kernel_size: Size,
    stride: Size | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return ``(sum of x^p)^(1/p)`` of each window of sequences.

    Args:
        input: (N, C, L) or (C, L)
        norm_type: p; 1 sums, and a large one comes near the largest.
        kernel_size: the size of a window.
        stride: the steps from one window to the next; the kernel's size by default.
        ceil_mode: whether a last window may stick out at the end; what it lacks counts as the mean
            of the others.

    Gradient: where a sum of powers is 0, or negative (for an odd p), it is 0.
    """
    means = avg_pool1d(elementwise.pow(input, norm_type), kernel_size, stride, 0, ceil_mode)
    return _root(means, prod(each("kernel_size", kernel_size, 1, "pooling")), norm_type)


def lp_pool2d(
    input: Tensor,
    norm_type: float,
    kernel_size: Size,
    stride: Size | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return ``(sum of x^p)^(1/p)`` of each window of images; see `lp_pool1d`.

    Args:
        input: (N, C, H, W) or (C, H, W)
    """
    means = avg_pool2d(elementwise.pow(input, norm_type), kernel_size, stride, 0, ceil_mode)
    return _root(means, prod(each("kernel_size", kernel_size, 2, "pooling")), norm_type)


def lp_pool3d(
    input: Tensor,
    norm_type: float,
    kernel_size: Size,
    stride: Size | None = None,
    ceil_mode: bool = False,
) -> Tensor:
    """Return ``(sum of x^p)^(1/p)`` of each window of volumes; see `lp_pool1d`.

    Args:
        input: (N, C, D, H, W) or (C, D, H, W)
    """
    means = avg_pool3d(elementwise.pow(input, norm_type), kernel_size, stride, 0, ceil_mode)
    return _root(means, prod(each("kernel_size", kernel_size, 3, "pooling")), norm_type)


def _root(means: Tensor, count: int, p: float) -> Tensor:
    # No roots of negative sums, and no infinite slope at 0, as in torch.
    positive = elementwise.sign(means) * elementwise.abs(means).relu()
    return elementwise.pow(positive * count, 1 / p)
