"""How often values occur: `bincount` and `histc`."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NoReturn

import minitorch_tensor as below

from ...arguments.operands import unwrap
from ...arguments.shapes import refuse_too_large, shape_of
from ...engine.graph import record
from ...engine.value import wrap

if TYPE_CHECKING:
    from ...engine.value import Tensor

__all__ = ["bincount", "histc"]


def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """Count how often each of 0, 1, 2, ... occurs, or sum the weights of its elements.

    Args:
        input: (N,), integers, not negative.
        weights: (N,), the weight of each element.
        minlength: the least number of counts to return.

    Returns:
        The counts, int64; or sums, float32 for weights of float32, otherwise float64.

    Raises:
        NotImplementedError: if the elements are not integers.
        RuntimeError: if shapes don't fit, or an element is negative.

    Gradient: none; as in torch, asking for that of the weights is an error.
    """
    if unwrap(input).dtype.is_floating_point or input.dtype is below.bool:
        raise NotImplementedError(
            f"\"bincount\" not implemented for '{input.dtype}': only for integers"
        )
    if minlength < 0:
        raise RuntimeError(f"bincount: minlength should be >= 0, got {minlength}")
    if not input.numel() and input.ndim == 1:
        return wrap(below.full(shape_of("bincount", (minlength,)), 0, below.int64))
    if input.ndim != 1 or input._raw.amin((0,)).item() < 0:
        raise RuntimeError("bincount only supports 1-d non-negative integral inputs.")
    places = input._raw.to(below.int64)
    size = max(minlength, int(places.amax((0,)).item()) + 1)
    refuse_too_large("bincount", (size,))
    if weights is None:
        return wrap(below.put((size,), (places,), below.full(input.shape, 1, below.int64)))
    if unwrap(weights).shape != input.shape:
        raise RuntimeError(
            "bincount: weights should be 1-d and have the same length as input: "
            f"{weights.shape} and {input.shape}"
        )
    dtype = weights.dtype if weights.dtype is below.float32 else below.float64
    summed = below.put((size,), (places,), weights._raw.to(dtype))
    return record("BincountBackward0", wrap(summed), (weights, _refuse))


def _refuse(g: Tensor) -> NoReturn:
    raise RuntimeError(
        "derivative for bincount is not implemented: add the weights by index_add instead"
    )


def histc(input: Tensor, bins: int = 100, min: float = 0, max: float = 0) -> Tensor:
    """Count the elements in each of `bins` intervals of the same width from `min` to `max`.

    An interval includes its lower bound, and the last one also its upper bound. Elements outside
    are not counted.

    Args:
        input: floats, of any shape.
        bins: the number of intervals.
        min: the lowest bound.
        max: the highest bound; if both are equal, they are the extremes of the elements.

    Returns:
        The counts, in the type of the input: (bins,).

    Raises:
        NotImplementedError: if the elements are not floats.
        RuntimeError: if there is no interval, or a bound is not finite.

    Gradient: none; a count is piecewise constant.
    """
    if not unwrap(input).dtype.is_floating_point:
        raise NotImplementedError(
            f"\"histogram\" not implemented for '{input.dtype}': cast to float32 first"
        )
    if bins <= 0:
        raise RuntimeError(f"torch.histc(): bins must be > 0, but got {bins} for dimension 0")
    refuse_too_large("torch.histc()", (bins,))
    low, high = _range(input, min, max)
    x, ends = input.detach().reshape(-1)._raw, below.tensor([low, high], input._raw.dtype)
    inside = x[below.nonzero((x >= low) * (x <= high))[slice(None), 0],]
    first, last = ends[0,], ends[1,]
    # The upper bound itself is in the last interval.
    places = below.minimum((inside - first) * bins / (last - first), bins - 1).to(below.int64)
    counts = below.put((bins,), (places,), below.full(places.shape, 1, below.int64))
    return wrap(counts.to(input._raw.dtype))


def _range(x: Tensor, low: float, high: float) -> tuple[float, float]:
    """Return the bounds, of which the upper one is larger."""
    if low == high and x.numel():
        every = tuple(range(x.ndim))
        low, high = x._raw.amin(every).item(), x._raw.amax(every).item()
    if not (isfinite(low) and isfinite(high)):
        raise RuntimeError(f"torch.histc: range of [{low}, {high}] is not finite")
    if low > high:
        raise RuntimeError(f"torch.histc: max must be larger than min: {high} and {low}")
    return (low - 1, high + 1) if low == high else (low, high)
