"""Variance and standard deviation, each with its derivative."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dims
from ...engine.graph import record, record_with_output
from ...engine.value import wrap
from ..core.elementwise import where
from ..core.reductions import count, mean, spread
from ..matrices.vector_norms import in_range, scale_of

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from ...engine.value import Tensor

__all__ = ["std", "std_mean", "var", "var_mean"]


Dims: TypeAlias = "int | Sequence[int] | None"


class Moments(NamedTuple):
    """A variance or standard deviation, and the mean."""

    spread: Tensor
    mean: Tensor


def var(
    input: Tensor,
    dim: Dims | bool = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Compute the variance, ``sum((x - mean)^2) / max(0, count - correction)``.

    Args:
        input: the elements, floats.
        dim: the dimensions to reduce; a bool in its place is `unbiased`.
        unbiased: whether `correction` is 1 (Bessel's) or 0, if it is not given.
        keepdim: whether reduced dimensions stay, of size 1.
        correction: what is subtracted from the count.

    Gradient: ``2 (x - mean) / max(0, count - correction)``.
    """
    dims, less = _options(input, dim, unbiased, correction)
    if input.dtype is below.float16:
        x = input.to(below.float32)
        return var(x, dims, keepdim=keepdim, correction=less).to(below.float16)
    return record(
        "VarBackward0",
        wrap(_variance(input._raw, dims, keepdim, less)),
        (input, lambda g: _slope(input, dims, less, g)),
    )


def std(
    input: Tensor,
    dim: Dims | bool = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Compute the standard deviation: the square root of `var`, with the same arguments.

    Gradient: ``(x - mean) / (std max(0, count - correction))``; 0 where it is 0.
    """
    dims, less = _options(input, dim, unbiased, correction)
    if input.dtype is below.float16:
        x = input.to(below.float32)
        return std(x, dims, keepdim=keepdim, correction=less).to(below.float16)

    def rule(g: Tensor, y: Tensor) -> Tensor:
        return _slope(input, dims, less, where(y == 0, 0.0, g / (y * 2)))

    value = _deviation(input._raw, dims, keepdim, less)
    return record_with_output("StdBackward0", wrap(value), (input, rule))


def _options(
    x: Tensor, dim: Dims | bool, unbiased: bool, correction: float | None
) -> tuple[tuple[int, ...], float]:
    """Return the dimensions, and the correction."""
    if not unwrap(x).dtype.is_floating_point:
        raise RuntimeError(
            f"std and var only support floating point and complex dtypes, got {x.dtype}"
        )
    if isinstance(dim, bool):
        return wrap_dims(None, x.ndim), float(dim)
    return wrap_dims(dim, x.ndim), float(unbiased) if correction is None else correction


def _divisor(x: Tensor | Raw, dims: tuple[int, ...], less: float) -> float:
    """Return the divisor of the sum of squares: the count less the correction."""
    return max(0.0, count(x.shape, dims) - less)


def _variance(x: Raw, dims: tuple[int, ...], keepdim: bool, less: float) -> Raw:
    """Return the variance over `dims`."""
    deviation = x - x.sum(dims, True) / count(x.shape, dims)
    deviation *= deviation
    return deviation.sum(dims, keepdim) / _divisor(x, dims, less)


def _deviation(x: Raw, dims: tuple[int, ...], keepdim: bool, less: float) -> Raw:
    """Return the standard deviation over `dims`; of scaled elements if squares would overflow."""
    variance = _variance(x, dims, keepdim, less)
    if 0 in x.shape or in_range(variance):
        return below.sqrt(variance)
    scale = scale_of(x, dims)
    return below.sqrt(_variance(x / scale, dims, keepdim, less)) * scale.view(variance.shape)


def _slope(x: Tensor, dims: tuple[int, ...], less: float, g: Tensor) -> Tensor:
    """Return the gradient by `x` of a variance whose gradient is `g`."""
    divisor = _divisor(x, dims, less)
    scale = 2 / divisor if divisor else inf
    return spread(g * scale, x.shape, dims) * (x - mean(x, dims, keepdim=True))


def var_mean(
    input: Tensor,
    dim: Dims | bool = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Moments:
    """Compute the variance and the mean: see `var`."""
    dims, less = _options(input, dim, unbiased, correction)
    return Moments(var(input, dims, keepdim=keepdim, correction=less), mean(input, dims, keepdim))


def std_mean(
    input: Tensor,
    dim: Dims | bool = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Moments:
    """Compute the standard deviation and the mean: see `std`."""
    dims, less = _options(input, dim, unbiased, correction)
    return Moments(std(input, dims, keepdim=keepdim, correction=less), mean(input, dims, keepdim))
