"""Variances, distances from 0 and shares of a whole, each with its derivative."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim, wrap_dims
from ...engine.graph import record, record_with_output
from ...engine.value import wrap
from ..core.elementwise import where
from ..core.reductions import count, mean, spread
from ..matrices.matrix_norms import matrix_norm
from ..matrices.norms import in_range, scale_of, vector_norm
from ..shapes.joining import cat
from ..shapes.splitting import narrow

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = [
    "diff",
    "dist",
    "log_softmax",
    "logsumexp",
    "norm",
    "softmax",
    "std",
    "std_mean",
    "var",
    "var_mean",
]


Dims: TypeAlias = "int | Sequence[int] | None"


class Moments(NamedTuple):
    """A spread, and the mean around which it is."""

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
    """Take the variance: ``sum((x - mean)^2) / max(0, count - correction)``.

    Args:
        input: the elements, floats.
        dim: the dimensions to fold; a bool in its place is `unbiased`.
        unbiased: whether `correction` is 1 (Bessel's), or 0.
        keepdim: whether folded dimensions stay, of size 1.
        correction: what is taken from the count.
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
    """Take the standard deviation: the square root of `var`, whose arguments it has.

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


def _left(x: Tensor | Raw, dims: tuple[int, ...], less: float) -> float:
    """Return what the squares are divided by."""
    return max(0.0, count(x.shape, dims) - less)


def _variance(x: Raw, dims: tuple[int, ...], keepdim: bool, less: float) -> Raw:
    deviation = x - x.sum(dims, True) / count(x.shape, dims)
    deviation *= deviation
    return deviation.sum(dims, keepdim) / _left(x, dims, less)


def _deviation(x: Raw, dims: tuple[int, ...], keepdim: bool, less: float) -> Raw:
    variance = _variance(x, dims, keepdim, less)
    if 0 in x.shape or in_range(variance):
        return below.sqrt(variance)
    scale = scale_of(x, dims)
    return below.sqrt(_variance(x / scale, dims, keepdim, less)) * scale.view(variance.shape)


def _slope(x: Tensor, dims: tuple[int, ...], less: float, g: Tensor) -> Tensor:
    """Return the gradient by `x` of a variance whose gradient is `g`."""
    left = _left(x, dims, less)
    scale = 2 / left if left else inf
    return spread(g * scale, x.shape, dims) * (x - mean(x, dims, keepdim=True))


def var_mean(
    input: Tensor,
    dim: Dims | bool = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Moments:
    """Take the variance and the mean: see `var`."""
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
    """Take the standard deviation and the mean: see `std`."""
    dims, less = _options(input, dim, unbiased, correction)
    return Moments(std(input, dims, keepdim=keepdim, correction=less), mean(input, dims, keepdim))


def logsumexp(input: Tensor, dim: int | Sequence[int], keepdim: bool = False) -> Tensor:
    """Return ``log(sum(e^x))``, without overflow; -inf of nothing.

    Gradient: ``e^(x - out)``.
    """
    shape = unwrap(input).shape
    dims = wrap_dims(dim, len(shape))
    if input.dtype is below.float16:
        return logsumexp(input.to(below.float32), dim, keepdim).to(below.float16)
    x = input._raw
    x = x if x.dtype.is_floating_point else x.to(below.get_default_dtype())
    if 0 in (shape[d] for d in dims):
        value = below.log(x.sum(dims, keepdim))
    else:
        largest = x.amax(dims, True)
        shift = below.where(below.abs(largest) == inf, below.full((), 0, x.dtype), largest)
        folded = below.exp(x - shift).sum(dims, True)
        value = below.log(folded) + shift
        if not keepdim:
            value = value.view(tuple(n for d, n in enumerate(shape) if d not in dims))
    return record_with_output(
        "LogsumexpBackward0",
        wrap(value),
        (input, lambda g, y: spread(g, shape, dims) * (input - spread(y, shape, dims)).exp()),
    )


def softmax(input: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
    """Turn elements along `dim` into shares of a whole: ``e^x / sum(e^x)``.

    Gradient: ``y (g - sum(g y))``.

    Raises:
        NotImplementedError: if the elements are not floats; `dtype` casts them first.
    """
    x, dims = _exponents("softmax", input, dim, dtype)
    if x.dtype is below.float16:
        return softmax(x.to(below.float32), dim).to(below.float16)
    value = below.exp(_from_largest(x._raw, dims))
    value /= value.sum(dims, True)

    def rule(g: Tensor, y: Tensor) -> Tensor:
        return y * (g - (g * y).sum(dims, keepdim=True))

    return record_with_output("SoftmaxBackward0", wrap(value), (x, rule))


def log_softmax(input: Tensor, dim: int, dtype: DType | None = None) -> Tensor:
    """Take the logarithm of `softmax`, exactly: ``x - log(sum(e^x))``.

    Gradient: ``g - e^y sum(g)``.

    Raises:
        NotImplementedError: if the elements are not floats; `dtype` casts them first.
    """
    x, dims = _exponents("log_softmax", input, dim, dtype)
    if x.dtype is below.float16:
        return log_softmax(x.to(below.float32), dim).to(below.float16)
    shifted = _from_largest(x._raw, dims)
    value = shifted - below.log(below.exp(shifted).sum(dims, True))

    def rule(g: Tensor, y: Tensor) -> Tensor:
        return g - y.exp() * g.sum(dims, keepdim=True)

    return record_with_output("LogSoftmaxBackward0", wrap(value), (x, rule))


def _exponents(
    operation: str, x: Tensor, dim: int, dtype: DType | None
) -> tuple[Tensor, tuple[int, ...]]:
    shape = unwrap(x).shape
    if dtype is not None:
        x = x.to(dtype)
    if not x.dtype.is_floating_point:
        raise NotImplementedError(
            f'"{operation}" not implemented for {x.dtype}: cast it, or pass dtype='
        )
    return x, wrap_dims(dim, len(shape))


def _from_largest(x: Raw, dims: tuple[int, ...]) -> Raw:
    """Return `x` less its largest element along `dims`, so that no power overflows."""
    return x - x.amax(dims, True) if 0 not in x.shape else x


def norm(
    input: Tensor,
    p: float | str | None = "fro",
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    dtype: DType | None = None,
) -> Tensor:
    """Return the p-norm: ``sum(|x|^p)^(1/p)``, of all elements or over dimensions.

    Args:
        input: the elements, floats.
        p: the order, also 0 and infinities; "fro" or None is 2, "nuc" the sum of the singular
            values of matrices.
        dim: the dimensions to fold.
        keepdim: whether folded dimensions stay, of size 1.
        dtype: what to cast to first.
    """
    if p == "nuc":
        pair = (-2, -1) if dim is None or isinstance(dim, int) else (dim[0], dim[1])
        return matrix_norm(input, "nuc", pair, keepdim, dtype=dtype)
    if p is None or isinstance(p, str):
        if p not in ("fro", None):
            raise RuntimeError(f"norm: expected a number, 'fro' or 'nuc' for p, got {p!r}")
        p = 2
    return vector_norm(input, p, dim, keepdim, dtype=dtype)


def dist(input: Tensor, other: Tensor, p: float = 2) -> Tensor:
    """Return the p-norm of the difference; broadcasts."""
    return vector_norm(input - other, p)


def diff(
    input: Tensor,
    n: int = 1,
    dim: int = -1,
    prepend: Tensor | None = None,
    append: Tensor | None = None,
) -> Tensor:
    """Take the differences of neighbours along `dim`, n times."""
    if not unwrap(input).shape:
        raise RuntimeError("diff expects input to be at least one-dimensional")
    if n < 0:
        raise RuntimeError(f"order must be non-negative but got {n}")
    along = wrap_dim(dim, input.ndim)
    x = cat([one for one in (prepend, input, append) if one is not None], along)
    for _ in range(min(n, x.shape[along])):
        size = x.shape[along]
        upper, lower = narrow(x, along, 1, size - 1), narrow(x, along, 0, size - 1)
        x = upper != lower if x.dtype is below.bool else upper - lower
    return x
