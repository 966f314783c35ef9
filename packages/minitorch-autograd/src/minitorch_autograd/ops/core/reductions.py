"""Sums, means and counts over dimensions, each with its derivative.

`dim` is one dimension, several, or None for all of them; with `keepdim` a reduced dimension stays,
of size 1. With `dtype` the elements are cast first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dims
from ...engine.graph import record
from ...engine.value import wrap
from .casts import cast_for
from .movement import expand_to

if TYPE_CHECKING:
    from minitorch_tensor import dtype as DType

    from ...engine.value import Tensor

__all__ = ["all", "any", "count_nonzero", "mean", "nanmean", "nansum", "sum"]


def kept_shape(shape: tuple[int, ...], dims: tuple[int, ...]) -> tuple[int, ...]:
    """Return `shape` with size 1 in the reduced dimensions."""
    return tuple(1 if d in dims else n for d, n in enumerate(shape))


def spread(g: Tensor, shape: tuple[int, ...], dims: tuple[int, ...]) -> Tensor:
    """Repeat `g` along the dimensions that were reduced: the derivative of a sum."""
    return expand_to(g.reshape(kept_shape(shape, dims)) if g._raw.shape else g, shape)


def count(shape: tuple[int, ...], dims: tuple[int, ...]) -> int:
    """Return how many elements are reduced to one."""
    product = 1
    for d in dims:
        product *= shape[d]
    return product


def sum(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: DType | None = None,
) -> Tensor:
    """Sum elements; integers and bools count as int64. The sum of nothing is 0."""
    if dtype is not None:
        return sum(cast_for("sum", input, dtype), dim, keepdim).to(dtype)
    shape = unwrap(input).shape
    dims = wrap_dims(dim, len(shape))
    return record(
        "SumBackward0" if dim is None else "SumBackward1",
        wrap(input._raw.sum(dims, keepdim)),
        (input, lambda g: spread(g, shape, dims)),
    )


def mean(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: DType | None = None,
) -> Tensor:
    """Compute the mean of elements; NaN if there are none.

    Raises:
        RuntimeError: if the elements are not floats.
    """
    if dtype is not None:
        input = input.to(dtype)
    if not unwrap(input).dtype.is_floating_point:
        what = "Input" if dtype is None else "Optional"
        raise RuntimeError(
            f"mean(): could not infer output dtype. {what} dtype must be either a floating point "
            f"or complex dtype. Got: {input.dtype}; cast it first, as in x.to(torch.float32)"
        )
    x = input._raw
    shape = x.shape
    dims = wrap_dims(dim, len(shape))
    n = count(shape, dims)
    if x.dtype is below.float16:  # since the sum may overflow float16
        value = (x.to(below.float32).sum(dims, keepdim) / n).to(x.dtype)
    else:
        value = x.sum(dims, keepdim) / n
    return record(
        "MeanBackward0" if dim is None else "MeanBackward1",
        wrap(value),
        (input, lambda g: spread(g / n, shape, dims)),
    )


def nansum(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: DType | None = None,
) -> Tensor:
    """Sum the elements that are not NaN.

    Gradient: 0 where an element is NaN.
    """
    if not unwrap(input).dtype.is_floating_point:
        return sum(input, dim, keepdim, dtype=dtype)
    if dtype is not None:
        return nansum(cast_for("nansum", input, dtype), dim, keepdim).to(dtype)
    x = input._raw
    numbers = wrap(x == x)
    dims = wrap_dims(dim, len(x.shape))
    return record(
        "NansumBackward0",
        wrap(below.where(numbers._raw, x, 0.0).sum(dims, keepdim)),
        (input, lambda g: spread(g, x.shape, dims) * numbers),
    )


def nanmean(
    input: Tensor,
    dim: int | Sequence[int] | None = None,
    keepdim: bool = False,
    *,
    dtype: DType | None = None,
) -> Tensor:
    """Compute the mean of the elements that are not NaN; NaN if there are none.

    Gradient: 0 where an element is NaN.

    Raises:
        RuntimeError: if the elements are not floats.
    """
    if not unwrap(input).dtype.is_floating_point:
        raise RuntimeError(
            "nanmean(): expected input to have floating point or complex dtype "
            f"but got {input.dtype}"
        )
    if dtype is not None and not dtype.is_floating_point:
        raise RuntimeError(
            "nanmean(): could not infer output dtype. Optional dtype must be either a floating "
            f"point or complex dtype. Got: {dtype}"
        )
    if dtype is None and input.dtype is below.float16:
        return nanmean(input.to(below.float32), dim, keepdim).to(below.float16)
    numbers = sum(input == input, dim, keepdim)
    return nansum(input, dim, keepdim, dtype=dtype) / numbers


def all(input: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """Return whether all elements are true, that is, not 0; True if there are none. No gradient.

    With ``dim=()``, as in torch, whether each element by itself is true.
    """
    dims = () if dim == () else wrap_dims(dim, len(unwrap(input).shape))
    return _truth(input, (input._raw == 0).sum(dims, keepdim) == 0)


def any(input: Tensor, dim: int | Sequence[int] | None = None, keepdim: bool = False) -> Tensor:
    """Return whether any element is true, that is, not 0; False if there are none. No gradient.

    With ``dim=()``, as in torch, whether each element by itself is true.
    """
    dims = () if dim == () else wrap_dims(dim, len(unwrap(input).shape))
    return _truth(input, (input._raw != 0).sum(dims, keepdim) != 0)


def _truth(x: Tensor, value: below.Tensor) -> Tensor:
    # As in torch: bool, except for uint8, which stays uint8.
    return wrap(value.to(below.uint8) if x.dtype is below.uint8 else value)


def count_nonzero(input: Tensor, dim: int | Sequence[int] | None = None) -> Tensor:
    """Count the elements that are not 0. No gradient."""
    return wrap((unwrap(input) != 0).sum(wrap_dims(dim, input.ndim), False))
