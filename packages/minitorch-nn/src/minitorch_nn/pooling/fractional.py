"""Max pooling by a fraction: windows side by side, or nearly so, at places that are drawn.

Of n elements with windows of k, m windows begin at ``floor((i + u) a) - floor(u a)``, where
``a = (n - k) / (m - 1)`` and u is drawn from [0, 1) for each channel; the last is at the end.

Source: Graham, "Fractional Max-Pooling", 2014
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Literal, TypeAlias, overload

from minitorch_autograd import Tensor, arange, int64, no_grad, rand, record, where, zeros

from ..common.extensions import creation, elementwise, indexing, reductions, shaping
from ..common.sizes import Size

__all__ = ["fractional_max_pool2d", "fractional_max_pool3d"]

Ratio: TypeAlias = "float | Sequence[float]"
Sizes: TypeAlias = "tuple[int, ...]"

DIMENSIONS = "time", "height", "width"


@overload
def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: Literal[False] = False,
    _random_samples: Tensor | None = None,
) -> Tensor: ...
@overload
def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    *,
    return_indices: Literal[True],
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]: ...
@overload
def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]: ...
def fractional_max_pool2d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Return the largest element in each of some windows of images, which lie at random.

    Args:
        input: (N, C, H, W) or (C, H, W)
        kernel_size: the size of a window, of all dimensions or of each.
        output_size: the number of windows, of all dimensions or of each.
        output_ratio: the number of windows as a part of the input's size, unless that is given.
        return_indices: whether to return where the elements stood, too.
        _random_samples: (N, C, 2), what else is drawn from [0, 1), for the width and the height.

    Returns:
        (N, C, H_out, W_out) or (C, H_out, W_out); and the places in each channel, counted row by
        row, int64, of that shape.

    Raises:
        ValueError: if neither size nor ratio is given, or the ratios are not as many as dimensions.
        RuntimeError: if other numbers of dimensions don't fit, or the windows don't.
        IndexError: if the input has too few dimensions.

    Gradient: to the first of equal elements; of NaNs, which count as largest, to the last.
    """
    largest, places = _pooled(
        2, input, kernel_size, output_size, output_ratio, _random_samples, (1, 0)
    )
    return (largest, places) if return_indices else largest


@overload
def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: Literal[False] = False,
    _random_samples: Tensor | None = None,
) -> Tensor: ...
@overload
def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    *,
    return_indices: Literal[True],
    _random_samples: Tensor | None = None,
) -> tuple[Tensor, Tensor]: ...
@overload
def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]: ...
def fractional_max_pool3d(
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None = None,
    output_ratio: Ratio | None = None,
    return_indices: bool = False,
    _random_samples: Tensor | None = None,
) -> Tensor | tuple[Tensor, Tensor]:
    """Same as `fractional_max_pool2d`, but for volumes.

    Args:
        input: (N, C, T, H, W) or (C, T, H, W)
        _random_samples: (N, C, 3), for time, height and width.

    Source: https://docs.pytorch.org/docs/stable/nn.functional.html
    """
    largest, places = _pooled(
        3, input, kernel_size, output_size, output_ratio, _random_samples, (0, 1, 2)
    )
    return (largest, places) if return_indices else largest


def _pooled(
    ndim: int,
    input: Tensor,
    kernel_size: Size,
    output_size: Size | None,
    output_ratio: Ratio | None,
    samples: Tensor | None,
    columns: Sizes,
) -> tuple[Tensor, Tensor]:
    """Return the largest elements and their places; `columns` says which samples are whose."""
    name = f"fractional_max_pool{ndim}d"
    shape = input.shape
    if len(shape) not in (ndim + 1, ndim + 2):
        raise IndexError(
            f"{name}: Dimension out of range: expected an input of {ndim + 1} or {ndim + 2} "
            f"dimensions, got {shape}"
        )
    lead, sizes = shape[:-ndim], shape[-ndim:]
    kernel = _each(name, "kernel_size", kernel_size, ndim)
    counts = _counts(name, sizes, output_size, output_ratio)
    _refuse(name, shape, kernel, counts)
    if samples is None:
        samples = rand((*(lead if len(lead) == 2 else (1, *lead)), ndim), dtype=input.dtype)
    _refuse_samples(samples, input, ndim)
    with no_grad():
        flat = input.reshape((prod(lead), prod(sizes)))
        drawn = samples.detach().reshape((flat.shape[0], ndim))
        starts = [
            _starts(shaping.narrow(drawn, 1, column, 1), *numbers)
            for column, *numbers in zip(columns, sizes, counts, kernel, strict=True)
        ]
        places = _largest(flat, _windows(starts, sizes, kernel))
        value = flat.gather(1, places).reshape((*lead, *counts))
    rows = flat.shape

    def rule(g: Tensor) -> Tensor:
        room = zeros(rows, dtype=g.dtype)
        return indexing.scatter_add(room, 1, places, g.reshape(places.shape)).reshape(shape)

    largest = record(f"FractionalMaxPool{ndim}DBackward0", value, (input, rule))
    return largest, places.reshape(value.shape)


def _starts(u: Tensor, size: int, count: int, kernel: int) -> Tensor:
    """Return where the windows of each channel begin, (P, count), for u (P, 1)."""
    last = size - kernel
    parts = [creation.full((u.shape[0], min(count, 1)), last, dtype=int64)]
    if count > 1:
        a = last / (count - 1)
        steps = arange(count - 1).to(u.dtype)
        parts.insert(0, ((steps + u) * a).to(int64) - (u * a).to(int64))
    return shaping.cat(parts, 1)


def _windows(starts: Sequence[Tensor], sizes: Sizes, kernel: Sizes) -> Tensor:
    """Return the places of all elements of all windows in their channels, (P, windows, k)."""
    ndim = len(sizes)
    places = zeros((1,) * (1 + 2 * ndim), dtype=int64)
    for dim, start in enumerate(starts):
        scale = prod(sizes[dim + 1 :])
        begins = (start.shape[0], *(1,) * dim, start.shape[1], *(1,) * (2 * ndim - dim - 1))
        steps = (kernel[dim], *(1,) * (ndim - dim - 1))
        places = places + (start.reshape(begins) + arange(kernel[dim]).reshape(steps)) * scale
    counts = [start.shape[1] for start in starts]
    return places.reshape((starts[0].shape[0], prod(counts), prod(kernel)))


def _largest(flat: Tensor, places: Tensor) -> Tensor:
    """Return the place of the largest element of each window: the first, or the last NaN."""
    windows = flat.gather(1, places.reshape((places.shape[0], prod(places.shape[1:]))))
    windows = windows.reshape(places.shape)
    found = reductions.argmax(windows, 2, keepdim=True)
    unknown = where(elementwise.ne(windows, windows), arange(places.shape[2]) + 1, 0)
    last = reductions.argmax(unknown, 2, keepdim=True)
    return places.gather(2, where(unknown.gather(2, last) > 0, last, found)).squeeze(2)


# --- What doesn't fit


def _each(name: str, option: str, value: Size, ndim: int) -> Sizes:
    numbers = (value,) * ndim if isinstance(value, int) else tuple(value)
    if len(numbers) == 1:
        numbers *= ndim
    if len(numbers) != ndim:
        raise RuntimeError(
            f"{name}: {option} must either be a single Int or tuple of Ints, {ndim} of them, got "
            f"{numbers}"
        )
    return numbers


def _counts(name: str, sizes: Sizes, size: Size | None, ratio: Ratio | None) -> Sizes:
    """Return how many windows there are in each dimension."""
    if size is not None:
        return _each(name, "output_size", size, len(sizes))
    if ratio is None:
        raise ValueError(f"{name} requires specifying either an output_size or an output_ratio")
    ratios = tuple(ratio) if isinstance(ratio, Sequence) else (ratio,) * len(sizes)
    if len(ratios) != len(sizes):
        raise ValueError(
            f"{name} requires output_ratio to either be a single Int or tuple of Ints. It has "
            f"{len(ratios)} for {len(sizes)} dimensions"
        )
    return tuple(int(n * part) for n, part in zip(sizes, ratios, strict=True))


def _refuse(name: str, shape: Sizes, kernel: Sizes, counts: Sizes) -> None:
    ndim = len(kernel)
    if 0 in shape[len(shape) - ndim - 1 :]:
        raise RuntimeError(
            f"{name}(): Expected input to have non-zero size for non-batch dimensions, but got "
            f"{list(shape)}"
        )
    for what, n, k, count in zip(DIMENSIONS[-ndim:], shape[-ndim:], kernel, counts, strict=True):
        if count < 0:
            raise RuntimeError(f"{name}: Trying to create tensor with negative dimension {count}")
        if k < 1:
            raise RuntimeError(f"{name}: kernel_size should be greater than zero, but got {kernel}")
        if count + k - 1 > n:
            raise RuntimeError(
                f"{name}(): pool {what} {k} too large relative to input {what} {n}, for {count} "
                "windows"
            )


def _refuse_samples(samples: Tensor, input: Tensor, ndim: int) -> None:
    shape = input.shape if len(input.shape) == ndim + 2 else (1, *input.shape)
    if samples.dtype is not input.dtype:
        raise RuntimeError("Expect _random_samples to have the same dtype as input")
    if len(samples.shape) != 3:
        raise RuntimeError(f"Expect _random_samples to have 3 dimensions, got {len(samples.shape)}")
    if samples.shape[:2] != shape[:2]:
        raise RuntimeError(
            "Expect _random_samples.size(1) equals to input channel size. Expected "
            f"{(*shape[:2], ndim)}, got {samples.shape}"
        )
    if samples.shape[2] != ndim:
        raise RuntimeError(
            f"Expect _random_samples.size(2) equals to {ndim}; got {samples.shape[2]}."
        )
