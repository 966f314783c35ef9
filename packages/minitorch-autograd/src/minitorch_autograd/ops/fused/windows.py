"""Sliding windows, their sums, and products with them: what convolution and pooling are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import windows
from ...arguments.operands import unwrap
from ...engine.graph import record
from ...engine.value import wrap
from ...engine.views import record_view
from ..core.movement import transpose

if TYPE_CHECKING:
    from ...engine.value import Tensor

    Sizes = tuple[int, ...]

__all__ = ["add_windows", "matmul_windows", "outer_windows", "sliding_windows", "spread_windows"]


def sliding_windows(input: Tensor, kernel: Sizes, stride: Sizes, dilation: Sizes) -> Tensor:
    """Return the windows of the last dimensions: ``y[..., k, p] = x[..., p stride + k dilation]``.

    Of torch's functions, `Tensor.unfold` slides along one dimension, and `unfold` of
    `nn.functional` over images.

    Args:
        input: (..., *sizes)
        kernel: the size of a window in each of the last dimensions.
        stride: the steps from one window to the next.
        dilation: the steps from one element to the next in a window.

    Returns:
        (..., *kernel, *positions), which shares the memory of `input` and must not be written to.

    Gradient: `add_windows`.
    """
    sizes = input.shape
    seen = windows.windows(unwrap(input), kernel, stride, dilation)
    return record_view(
        "SlidingWindowsBackward0",
        input,
        seen,
        lambda x: sliding_windows(x, kernel, stride, dilation),
        lambda g: add_windows(g, sizes, stride, dilation),
    )


def add_windows(input: Tensor, size: Sizes, stride: Sizes, dilation: Sizes) -> Tensor:
    """Sum windows where they overlap, into a tensor of `size`.

    Args:
        input: (..., *kernel, *positions), as returned by `sliding_windows`.
        size: of the result, (..., *sizes).
        stride: the steps from one window to the next.
        dilation: the steps from one element to the next in a window.

    Gradient: `sliding_windows`.
    """
    values = unwrap(input)
    kernel = input.shape[len(size) - len(stride) : len(size)]
    sums = windows.add_windows(below.full(size, 0, values.dtype), values, stride, dilation)
    return record(
        "AddWindowsBackward0",
        wrap(sums),
        (input, lambda g: sliding_windows(g, kernel, stride, dilation)),
    )


def matmul_windows(matrix: Tensor, seen: Tensor) -> Tensor:
    """Multiply a matrix by the windows of each image: ``y = matrix @ columns``.

    The *columns* are the windows copied to the shape (N, G, R, L), many times as large as the
    images; the copy is made for a few images at a time, so that it stays small.

    Args:
        matrix: (G, O, R)
        seen: (N, ...), from `sliding_windows`.

    Returns:
        (N, G, O, L)

    Gradient: `outer_windows` by the matrix; ``matrix^T @ g`` by the windows.
    """
    shape = seen.shape
    return record(
        "MatmulWindowsBackward0",
        wrap(windows.matmul_windows(unwrap(matrix), unwrap(seen))),
        (matrix, lambda g: outer_windows(g, seen)),
        (seen, lambda g: (transpose(matrix, 1, 2) @ g).reshape(shape)),
    )


def outer_windows(g: Tensor, seen: Tensor) -> Tensor:
    """Compute the sum of ``g @ columns^T`` over images, with the columns of `matmul_windows`.

    Args:
        g: (N, G, O, L)
        seen: (N, ...), as for `matmul_windows`.

    Returns:
        (G, O, R)

    Gradient: `matmul_windows` by g; ``h^T @ g`` by the windows, h being the gradient of the output.
    """
    shape = seen.shape
    return record(
        "OuterWindowsBackward0",
        wrap(windows.outer_windows(unwrap(g), unwrap(seen))),
        (g, lambda h: matmul_windows(h, seen)),
        (seen, lambda h: (transpose(h, 1, 2) @ g).reshape(shape)),
    )


def spread_windows(
    matrix: Tensor, g: Tensor, size: Sizes, kernel: Sizes, stride: Sizes, dilation: Sizes
) -> Tensor:
    """Sum the windows ``matrix^T @ g`` where they overlap: same as `add_windows`, but of columns.

    Args:
        matrix: (G, O, R)
        g: (N, G, O, L)
        size: of the result, (N, C, *sizes).
        kernel: the size of a window in each of the last dimensions.
        stride: the steps from one window to the next.
        dilation: the steps from one element to the next in a window.

    Gradient: `outer_windows` by the matrix, `matmul_windows` by g, both with the windows of the
    gradient.
    """

    def windows_of(h: Tensor) -> Tensor:
        return sliding_windows(h, kernel, stride, dilation)

    zeros = below.full(size, 0, unwrap(g).dtype)
    value = windows.add_matmul_windows(zeros, unwrap(matrix), unwrap(g), kernel, stride, dilation)
    return record(
        "SpreadWindowsBackward0",
        wrap(value),
        (matrix, lambda h: outer_windows(g, windows_of(h))),
        (g, lambda h: matmul_windows(matrix, windows_of(h))),
    )
