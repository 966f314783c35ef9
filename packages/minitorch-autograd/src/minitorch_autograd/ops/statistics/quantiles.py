"""`quantile` and `nanquantile`."""

from __future__ import annotations

from typing import Final

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import wrap_dim
from ...engine.value import Tensor, wrap
from ..core.elementwise import where
from ..core.indexing import gather
from ..core.rounding import ceil, floor, round
from ..elementwise.maximum_and_clamp import lerp
from ..shapes.reshaping import movedim
from .sorting import folded_shape, sort

__all__ = ["nanquantile", "quantile"]

INTERPOLATIONS: Final = ("linear", "lower", "higher", "midpoint", "nearest")


def quantile(
    input: Tensor,
    q: float | Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """Return the `q`-th quantiles of all elements, or along `dim`.

    In order, the elements have the ranks 0, ..., n - 1; the quantile is at rank ``q (n - 1)``.
    NaN if an element is.

    Args:
        input: of float32 or float64.
        q: a number in [0, 1], or a tensor of them, 0-d or 1-d.
        dim: the dimension; None for all elements.
        keepdim: whether reduced dimensions stay, of size 1.
        interpolation: the quantile between two elements: a "linear" mix, the "lower" or the
            "higher", their "midpoint", or the "nearest", in the middle the one of even rank.

    Returns:
        The quantiles; those of a 1-d `q` along a new first dimension.

    Raises:
        RuntimeError: if the types don't fit, there is no element, or `q` is not in [0, 1].

    Gradient: to the one or two elements at that rank, by their weights; and to a tensor `q`.
    """
    return _quantile("quantile", input, q, dim, keepdim, interpolation)


def nanquantile(
    input: Tensor,
    q: float | Tensor,
    dim: int | None = None,
    keepdim: bool = False,
    *,
    interpolation: str = "linear",
) -> Tensor:
    """Same as `quantile`, but of the elements that are not NaN; NaN if there are none."""
    return _quantile("nanquantile", input, q, dim, keepdim, interpolation)


def _quantile(
    operation: str,
    input: Tensor,
    q: float | Tensor,
    dim: int | None,
    keepdim: bool,
    interpolation: str,
) -> Tensor:
    parts = _parts(operation, input, q)
    if interpolation not in INTERPOLATIONS:
        raise RuntimeError(
            f"{operation}() interpolation must be one of linear, lower, higher, midpoint or "
            f"nearest, but got {interpolation}"
        )
    place = wrap_dim(dim or 0, input.ndim)
    x = input.reshape(-1) if dim is None or not input.ndim else input
    ordered = sort(movedim(x, place, -1)).values
    missing = (ordered != ordered).sum(-1, keepdim=True)
    last = ordered.shape[-1] - 1
    if operation == "nanquantile":
        ranks = parts * (last - missing).clamp(min=0).to(x.dtype)
    else:
        # If there is a NaN, the last of the sorted elements is.
        ranks = where(missing == 0, parts * last, float(last))
    result = _at_ranks(ordered, ranks, interpolation)
    several = isinstance(q, Tensor) and q.ndim
    result = movedim(result, -1, 0) if several else result[..., 0]
    if not keepdim:
        return result
    kept = (1,) * input.ndim if dim is None else folded_shape(input.shape, place, True)
    return result.reshape((parts.numel(), *kept) if several else kept)


def _parts(operation: str, x: Tensor, q: float | Tensor) -> Tensor:
    """Return `q` as a 1-d tensor of the type of `x`; check both."""
    if unwrap(x).dtype not in (below.float32, below.float64):
        raise RuntimeError(
            f"{operation}() input tensor must be either float or double dtype, got {x.dtype}"
        )
    if not x.numel():
        raise RuntimeError(f"{operation}() input tensor must be non-empty: its shape is {x.shape}")
    if not isinstance(q, Tensor):
        if not 0 <= q <= 1:
            raise RuntimeError(f"{operation}() q must be in the range [0, 1] but got {q}")
        return wrap(below.full((1,), q, x.dtype))
    if q.ndim > 1:
        raise RuntimeError(f"{operation}() q must be a scalar or 1D tensor, got shape {q.shape}")
    if q.dtype is not x.dtype:
        raise RuntimeError(
            f"{operation}() q tensor must be same dtype as the input tensor: {q.dtype}, {x.dtype}"
        )
    parts = q.reshape(-1)
    inside = (parts._raw >= 0) * (parts._raw <= 1)
    if inside.sum((0,)).item() < parts.numel():
        raise RuntimeError(f"{operation}() q values must be in the range [0, 1]: {q.tolist()}")
    return parts


def _at_ranks(ordered: Tensor, ranks: Tensor, interpolation: str) -> Tensor:
    """Return the sorted elements at `ranks` along the last dimension, interpolated."""
    if interpolation == "lower":
        ranks = floor(ranks)
    elif interpolation == "higher":
        ranks = ceil(ranks)
    elif interpolation == "nearest":
        ranks = round(ranks)
    low = gather(ordered, -1, floor(ranks).to(below.int64))
    if interpolation not in ("linear", "midpoint"):
        return low
    high = gather(ordered, -1, ceil(ranks).to(below.int64))
    return lerp(low, high, 0.5 if interpolation == "midpoint" else ranks - floor(ranks))
