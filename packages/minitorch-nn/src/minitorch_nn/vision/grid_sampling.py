"""Images read at the places of a grid: moved, turned or bent."""

from __future__ import annotations

import warnings
from itertools import product
from math import prod
from typing import Final, TypeAlias

from minitorch_autograd import Tensor, int64, no_grad, where, zeros

from ..common.extensions import elementwise, shaping

__all__ = ["grid_sample"]

MODES: Final = ("bilinear", "nearest", "bicubic")
PADDING_MODES: Final = ("zeros", "border", "reflection")


def grid_sample(
    input: Tensor,
    grid: Tensor,
    mode: str = "bilinear",
    padding_mode: str = "zeros",
    align_corners: bool | None = None,
) -> Tensor:
    """Read images at places between the pixels.

    Places go from -1 to 1 in each dimension: from edge to edge of the image or, with
    `align_corners`, from the centre of the first pixel to that of the last.

    Args:
        input: (N, C, H, W) or (N, C, D, H, W)
        grid: (N, H', W', 2) of places (x, y), or (N, D', H', W', 3) of (x, y, z).
        mode: bilinear (in three dimensions it is trilinear), nearest (a tie goes to the even one),
            or bicubic, in two dimensions.
        padding_mode: what lies beyond the image: zeros, its border, or its reflection.
        align_corners: see above; False by default.

    Returns:
        (N, C, H', W') or (N, C, D', H', W')

    Raises:
        ValueError: if a mode is unknown.
        RuntimeError: if the shapes don't fit.

    Gradient: of a place beyond the border 0 with the padding "border", and just on it, too; of
    nearest 0.

    Source: Jaderberg et al., "Spatial Transformer Networks", 2015
    """
    _check(input, grid, mode, padding_mode)
    if align_corners is None:
        warn_of_the_default("grid_sample")
    sizes, corners = input.shape[2:], bool(align_corners)
    # The first coordinate is of the last dimension.
    places = [
        _to_pixels(shaping.select(grid, -1, len(sizes) - 1 - d), n, corners)
        for d, n in enumerate(sizes)
    ]
    if mode == "bicubic":
        # The taps are what is moved into the image.
        taps = [
            [(_padded(tap, n, padding_mode, corners), w) for tap, w in _bicubic(x)]
            for x, n in zip(places, sizes, strict=True)
        ]
    else:
        make = _bilinear if mode == "bilinear" else _nearest
        taps = [
            make(_padded(x, n, padding_mode, corners)) for x, n in zip(places, sizes, strict=True)
        ]
    parts = []
    for chosen in product(*taps):
        part = _read(input, [tap for tap, _ in chosen])
        for _, weight in chosen:
            part = part * weight.unsqueeze(1)
        parts.append(part)
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


# --- Places, in pixels


def _to_pixels(x: Tensor, size: int, align_corners: bool) -> Tensor:
    """Return places from -1 to 1 as numbers of pixels, whose centres are at 0, 1, ..."""
    if align_corners:
        return (x + 1.0) * ((size - 1) / 2)
    return ((x + 1.0) * size - 1.0) / 2


def _padded(x: Tensor, size: int, padding_mode: str, align_corners: bool) -> Tensor:
    """Move places beyond the image into it, as the padding asks."""
    if padding_mode == "zeros":
        return x
    if padding_mode == "reflection":
        x = _reflected(x, size, align_corners)
    # Not `clamp`, whose gradient at the border itself is 1.
    x = where(x > 0.0, x, 0.0)
    return where(x < float(size - 1), x, float(size - 1))


def _reflected(x: Tensor, size: int, align_corners: bool) -> Tensor:
    """Fold places at the edges of the image, or at the centres of its first and last pixels."""
    low, span = (0.0, size - 1) if align_corners else (-0.5, size)
    if span == 0:
        return x * 0.0
    away = elementwise.abs(x - low)
    with no_grad():
        flips = elementwise.floor(away / span)
        even = elementwise.floor(flips / 2) * 2.0 == flips
    rest = away - flips * span
    return where(even, rest, -rest + span) + low


# --- The taps of a dimension: pixels, and their weights

Taps: TypeAlias = "list[tuple[Tensor, Tensor]]"


def _nearest(x: Tensor) -> Taps:
    # The weight is 1, with a gradient of 0 for the grid.
    return [(elementwise.round(x.detach()), elementwise.round(x) * 0.0 + 1.0)]


def _bilinear(x: Tensor) -> Taps:
    low = elementwise.floor(x.detach())
    t = x - low
    return [(low, -t + 1.0), (low + 1.0, t)]


def _bicubic(x: Tensor) -> Taps:
    """Return the four neighbours, weighed by Keys' kernel with a = -3/4."""
    low = elementwise.floor(x.detach())
    t = x - low
    inner, outer = _inner(t), _outer(t + 1.0)
    return [
        (low - 1.0, outer),
        (low, inner),
        (low + 1.0, _inner(-t + 1.0)),
        (low + 2.0, _outer(-t + 2.0)),
    ]


def _inner(x: Tensor) -> Tensor:
    """Return the kernel at a distance of at most 1."""
    return (x * 1.25 - 2.25) * x * x + 1.0


def _outer(x: Tensor) -> Tensor:
    """Return the kernel at a distance from 1 to 2."""
    return ((x * -0.75 + 3.75) * x - 6.0) * x + 3.0


def _read(input: Tensor, taps: list[Tensor]) -> Tensor:
    """Return the pixels at whole places (N, *sizes), as (N, C, *sizes); 0 beyond the image."""
    images, channels, *sizes = input.shape
    shape = taps[0].shape
    index = zeros(shape, dtype=int64)
    inside = index == 0
    for x, size in zip(taps, sizes, strict=True):
        within = elementwise.logical_and(x > -1.0, x < float(size))
        inside = elementwise.logical_and(inside, within)
        index = index * size + where(within, x, 0.0).to(int64)
    flat = (images, channels, prod(shape[1:]))
    wanted = shaping.broadcast_to(index.reshape((images, 1, flat[2])), flat)
    pixels = input.reshape((images, channels, prod(sizes))).gather(2, wanted)
    found = pixels.reshape((images, channels, *shape[1:]))
    return where(inside.unsqueeze(1), found, 0.0)


# --- What is refused


def warn_of_the_default(name: str) -> None:
    """Warn where `align_corners` was not given, as torch does."""
    warnings.warn(
        f"{name}: align_corners is False unless told (it was True before torch 1.3)", stacklevel=4
    )


def _check(input: Tensor, grid: Tensor, mode: str, padding_mode: str) -> None:
    for option, value, known in (
        ("mode", mode, MODES),
        ("padding_mode", padding_mode, PADDING_MODES),
    ):
        if value not in known:
            texts = [f"'{one}'" for one in known]
            comma = "," if option == "padding_mode" else ""
            raise ValueError(
                f"nn.functional.grid_sample(): expected {option} to be {', '.join(texts[:-1])}"
                f"{comma} or {texts[-1]}, but got: '{value}'"
            )
    both = f"input with sizes {list(input.shape)} and grid with sizes {list(grid.shape)}"
    ndim = len(input.shape)
    if input.shape[0] != grid.shape[0]:
        raise RuntimeError(
            f"grid_sampler(): expected grid and input to have same batch size, but got {both}"
        )
    if grid.shape[-1] != ndim - 2:
        raise RuntimeError(
            f"grid_sampler(): expected grid to have size {ndim - 2} in last dimension, but got "
            f"grid with sizes {list(grid.shape)}"
        )
    if ndim not in (4, 5) or len(grid.shape) != ndim:
        raise RuntimeError(
            "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but "
            f"got {both}"
        )
    if mode == "bicubic" and ndim != 4:
        raise RuntimeError("grid_sampler(): bicubic interpolation only supports 4D input")
    for dim, n in enumerate(input.shape[2:], 2):
        if n == 0:
            raise RuntimeError(
                "grid_sampler(): expected input to have non-empty spatial dimensions, but input "
                f"has sizes {list(input.shape)} with dimension {dim} being empty"
            )
