"""The grids of affine maps, for `grid_sample`."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from minitorch_autograd import Tensor, zeros

from ..common.extensions import creation, shaping
from .grid_sampling import warn_of_the_default

__all__ = ["affine_grid"]


def affine_grid(theta: Tensor, size: Sequence[int], align_corners: bool | None = None) -> Tensor:
    """Make the grid of an affine map, for `grid_sample`: ``theta (x, y, 1)`` at each pixel.

    Args:
        theta: (N, 2, 3), or (N, 3, 4) for volumes.
        size: of the images to make, (N, C, H, W) or (N, C, D, H, W).
        align_corners: whether -1 and 1 are the centres of the first and last pixels, rather than
            the edges of the image; False by default.

    Returns:
        (N, H, W, 2) or (N, D, H, W, 3)

    Raises:
        ValueError: if `theta` is not of a floating-point type or does not fit the size, or the
            size has a zero.
        NotImplementedError: if the size has neither four nor five numbers.
        RuntimeError: if the batches differ.

    Source: Jaderberg et al., "Spatial Transformer Networks", 2015
    """
    sizes = tuple(size)
    _check_theta(theta, sizes)
    if align_corners is None:
        warn_of_the_default("affine_grid")
    spatial = sizes[2:]
    ones = zeros(spatial, dtype=theta.dtype) + 1.0
    # x, y, (z,) and 1 of each pixel; x is along the last dimension.
    places = [
        shaping.broadcast_to(_centres(theta, d, spatial, bool(align_corners)), spatial)
        for d in reversed(range(len(spatial)))
    ]
    points = shaping.stack([*places, ones], -1).reshape((prod(spatial), len(spatial) + 1))
    moved = points @ shaping.transpose(theta, 1, 2)
    return moved.reshape((sizes[0], *spatial, len(spatial)))


def _centres(theta: Tensor, dim: int, sizes: tuple[int, ...], align_corners: bool) -> Tensor:
    """Return the pixels' centres along a dimension, from -1 to 1, to meet the others."""
    n = sizes[dim]
    if n == 1:
        places = [0.0]
    elif align_corners:
        places = [2 * i / (n - 1) - 1 for i in range(n)]
    else:
        places = [(2 * i + 1) / n - 1 for i in range(n)]
    centres = creation.tensor(places, dtype=theta.dtype)
    return centres.reshape((n, *(1,) * (len(sizes) - 1 - dim)))


def _check_theta(theta: Tensor, size: tuple[int, ...]) -> None:
    if not theta.dtype.is_floating_point:
        raise ValueError(
            f"affine_grid: Expected theta to have floating point type, but got {theta.dtype}"
        )
    if len(size) not in (4, 5):
        raise NotImplementedError(
            "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, "
            f"respectively. Got size {size}."
        )
    n = len(size) - 2
    if len(theta.shape) != 3 or theta.shape[1:] != (n, n + 1):
        raise ValueError(
            f"affine_grid: Expected a batch of {n}D affine matrices of shape Nx{n}x{n + 1} for "
            f"size {size}. Got torch.Size({list(theta.shape)})."
        )
    if min(size) <= 0:
        raise ValueError(f"affine_grid: Expected non-zero, positive output size. Got {size}")
    if theta.shape[0] != size[0]:
        raise RuntimeError(
            f"affine_grid: Expected size for first two dimensions of theta to be: {[size[0], n]} "
            f"but got: {list(theta.shape[:2])}"
        )
