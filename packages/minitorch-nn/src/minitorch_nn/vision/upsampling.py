"""Images in other sizes."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import partial
from math import floor
from typing import Final, TypeAlias

from minitorch_autograd import Tensor

from ..common.sizes import Size, ensure_room
from . import resampling as tables
from .resampling import Taps, resample

__all__ = ["interpolate", "upsample", "upsample_nearest", "upsample_bilinear"]

Factor: TypeAlias = "float | Sequence[float]"

INTERPOLATING: Final = ("linear", "bilinear", "bicubic", "trilinear")
# The number of dimensions that an input must have, where a mode asks for one.
DIMENSIONS: Final = {"linear": 3, "bilinear": 4, "bicubic": 4, "trilinear": 5}


def interpolate(
    input: Tensor,
    size: Size | None = None,
    scale_factor: Factor | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
    recompute_scale_factor: bool | None = None,
    antialias: bool = False,
) -> Tensor:
    """Resample images to another size, given itself or by a factor.

    The output at i lies at ``(i + 1/2) step - 1/2`` of the input, with `align_corners` at
    ``i step``. By mode it is

    * nearest: the input at ``floor(i step)``; nearest-exact: the one at ``floor((i + 1/2) step)``;
    * linear, bilinear, trilinear (for one, two, three spatial dimensions): between the two
      neighbours in each dimension, in proportion;
    * bicubic: by Keys' kernel from four neighbours in each of two dimensions;
    * area: the mean over all inputs that it covers.

    Args:
        input: (N, C, L), (N, C, H, W) or (N, C, D, H, W)
        size: the spatial sizes of the output, one for all or one for each.
        scale_factor: instead of `size`; the sizes are the whole parts of the products.
        mode: see above.
        align_corners: whether the centres of the first and last pixels meet, rather than the outer
            edges.
        recompute_scale_factor: whether the step is worked out from the whole sizes again, rather
            than taken as one over the factor.
        antialias: whether the kernel widens where images shrink (bilinear and bicubic).

    Returns:
        (N, C, *size)

    Raises:
        ValueError: if there are not exactly one of `size` and `scale_factor`, with as many numbers
            as there are spatial dimensions, or an option does not go with the mode.
        NotImplementedError: if the mode is unknown or is for another number of dimensions.
        RuntimeError: if there would be nothing to take, or nothing to make.
    """
    _check_options(input, mode, align_corners, antialias)
    sizes = input.shape[2:]
    factors = _factors(sizes, size, scale_factor, recompute_scale_factor)
    if factors is None:
        new = _sizes(sizes, size)
    else:
        new = tuple(floor(n * factor) for n, factor in zip(sizes, factors, strict=True))
    _check_sizes(input.shape, new)
    steps = (None,) * len(sizes) if factors is None or recompute_scale_factor else factors
    taps = [
        _taps(mode, n, m, factor, bool(align_corners), antialias)
        for n, m, factor in zip(sizes, new, steps, strict=True)
    ]
    return resample(_name(mode, len(sizes), antialias), input, taps)


# --- Older names


def upsample(
    input: Tensor,
    size: Size | None = None,
    scale_factor: Factor | None = None,
    mode: str = "nearest",
    align_corners: bool | None = None,
) -> Tensor:
    """Same as `interpolate`, under its deprecated name."""
    _warn("upsample")
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(
    input: Tensor, size: Size | None = None, scale_factor: Factor | None = None
) -> Tensor:
    """Same as `interpolate` with mode "nearest". Deprecated."""
    _warn("upsample_nearest")
    return interpolate(input, size, scale_factor, "nearest")


def upsample_bilinear(
    input: Tensor, size: Size | None = None, scale_factor: Factor | None = None
) -> Tensor:
    """Same as `interpolate` with mode "bilinear" and `align_corners`. Deprecated."""
    _warn("upsample_bilinear")
    return interpolate(input, size, scale_factor, "bilinear", True)


def _warn(name: str) -> None:
    warnings.warn(
        f"`nn.functional.{name}` is deprecated. Use `nn.functional.interpolate` instead.",
        stacklevel=4,
    )


# --- Options


def _taps(
    mode: str, size: int, new: int, factor: float | None, align_corners: bool, antialias: bool
) -> Taps:
    """Return the table of one dimension."""
    if mode == "area":
        return tables.average(size, new)
    if mode.startswith("nearest"):
        return tables.nearest(size, new, factor, 0.5 if mode == "nearest-exact" else 0.0)
    if antialias and mode == "bicubic":
        kernel = partial(tables.cubic_kernel, a=-0.5)
        return tables.smooth(kernel, 2.0, size, new, factor, align_corners)
    if antialias:
        return tables.smooth(tables.linear_kernel, 1.0, size, new, factor, align_corners)
    make = tables.cubic if mode == "bicubic" else tables.linear
    return make(size, new, factor, align_corners)


def _name(mode: str, ndim: int, antialias: bool) -> str:
    """Return torch's name of the node."""
    kind = "".join(word.capitalize() for word in mode.split("-"))
    if mode == "area":
        return f"AdaptiveAvgPool{ndim}DBackward0"
    return f"Upsample{kind}{ndim}D{'Aa' if antialias else ''}Backward0"


def _factors(
    sizes: tuple[int, ...],
    size: Size | None,
    scale_factor: Factor | None,
    recompute_scale_factor: bool | None,
) -> tuple[float, ...] | None:
    """Return a factor for each dimension, or None where the sizes are given."""
    if size is not None and scale_factor is not None:
        raise ValueError("interpolate: only one of size or scale_factor should be defined")
    if size is not None and recompute_scale_factor:
        raise ValueError(
            "interpolate: recompute_scale_factor is not meaningful with an explicit size."
        )
    if size is not None:
        return None
    if scale_factor is None:
        raise ValueError("interpolate: either size or scale_factor should be defined")
    if isinstance(scale_factor, (int, float)):
        return (float(scale_factor),) * len(sizes)
    factors = tuple(map(float, scale_factor))
    if len(factors) != len(sizes):
        raise ValueError(
            "interpolate: Input and scale_factor must have the same number of spatial dimensions, "
            f"but got input with spatial dimensions of {list(sizes)} and scale_factor of shape "
            f"{factors}"
        )
    return factors


def _sizes(sizes: tuple[int, ...], size: Size | None) -> tuple[int, ...]:
    """Return the size that was asked for in each dimension."""
    if isinstance(size, int):
        return (size,) * len(sizes)
    new = tuple(size or ())
    if len(new) != len(sizes):
        raise ValueError(
            "interpolate: Input and output must have the same number of spatial dimensions, but "
            f"got input with spatial dimensions of {list(sizes)} and output size of {new}"
        )
    return new


def _check_options(input: Tensor, mode: str, align_corners: bool | None, antialias: bool) -> None:
    ndim = len(input.shape)
    if mode not in INTERPOLATING and align_corners is not None:
        raise ValueError(
            "interpolate: align_corners option can only be set with the interpolating modes: "
            + " | ".join(INTERPOLATING)
        )
    if antialias and not (mode in ("bilinear", "bicubic") and ndim == 4):
        raise ValueError(
            "interpolate: Anti-alias option is restricted to bilinear, bicubic, and lanczos modes "
            f"and requires a 4-D tensor as input: got {ndim} dimensions and {mode} (there is no "
            "lanczos here)"
        )
    known = (*DIMENSIONS, "nearest", "nearest-exact", "area")
    if mode not in known or ndim not in (3, 4, 5) or (mode == "bicubic" and ndim != 4):
        raise NotImplementedError(
            f"interpolate: Input Error: Only 3D, 4D and 5D input Tensors supported (got {ndim}D) "
            f"for the modes: {' | '.join(known)} (got {mode})"
        )
    if ndim != DIMENSIONS.get(mode, ndim):
        raise NotImplementedError(
            f"interpolate: Got {ndim}D input, but {mode} mode needs {DIMENSIONS[mode]}D input"
        )


def _check_sizes(shape: tuple[int, ...], new: tuple[int, ...]) -> None:
    if min(*shape[2:], *new) < 1:
        raise RuntimeError(
            "interpolate: Input and output sizes should be greater than 0, but got input "
            f"{list(shape[2:])} output {list(new)}"
        )
    ensure_room((*shape[:2], *new))
    if shape[1] == 0:
        raise RuntimeError(
            f"interpolate: Non-empty {len(shape)}D data tensor expected but got a tensor with "
            f"sizes {list(shape)}"
        )
