"""Maximum and minimum of two, clamping, `nan_to_num` and `lerp`, each with its derivative.

In a rule `g` is the gradient of the output, and `y` the output. A rule need not undo broadcasting:
the engine sums its gradient to the shape of the input.
"""

from __future__ import annotations

from math import inf

import minitorch_tensor as below

from ...arguments.dtypes import finfo, result_type
from ...arguments.operands import unwrap, unwrap_operand
from ...arguments.scalars import check_fits_beside
from ...engine.graph import record
from ...engine.value import Tensor, wrap
from ...engine.writes import write_out
from ..core.comparisons import isfinite
from ..core.elementwise import where

__all__ = [
    "clamp",
    "clamp_max",
    "clamp_min",
    "clip",
    "fmax",
    "fmin",
    "lerp",
    "maximum",
    "minimum",
    "nan_to_num",
]


def maximum(input: Tensor, other: Tensor, *, out: Tensor | None = None) -> Tensor:
    """Return the larger of each two elements; NaN if either is. With `out` it is written there.

    Gradient: to the larger; half to each if they are equal; to both if either is NaN.
    """
    if out is not None:
        return write_out(out, "maximum", below.maximum, input, other)
    return record(
        "MaximumBackward0",
        wrap(below.maximum(unwrap(input), unwrap(other))),
        (input, lambda g: where(input < other, 0.0, where(input == other, g / 2, g))),
        (other, lambda g: where(other < input, 0.0, where(input == other, g / 2, g))),
    )


def minimum(input: Tensor, other: Tensor) -> Tensor:
    """Return the smaller of each two elements; NaN if either is.

    Gradient: to the smaller; half to each if they are equal; to both if either is NaN.
    """
    return record(
        "MinimumBackward0",
        wrap(below.minimum(unwrap(input), unwrap(other))),
        (input, lambda g: where(input > other, 0.0, where(input == other, g / 2, g))),
        (other, lambda g: where(other > input, 0.0, where(input == other, g / 2, g))),
    )


def fmax(input: Tensor, other: Tensor) -> Tensor:
    """Return the larger of each two elements; if one is NaN, the other.

    Gradient: to the one that is returned, to `input` if they are equal.
    """
    x, y = unwrap(input), unwrap(other)
    first = wrap((x >= y) + (y != y))
    return _chosen("FmaxBackward0", first, input, other)


def fmin(input: Tensor, other: Tensor) -> Tensor:
    """Return the smaller of each two elements; if one is NaN, the other.

    Gradient: to the one that is returned, to `input` if they are equal.
    """
    x, y = unwrap(input), unwrap(other)
    first = wrap((x <= y) + (y != y))
    return _chosen("FminBackward0", first, input, other)


def _chosen(name: str, first: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Return x where `first` is true, else y, and record it."""
    return record(
        name,
        wrap(below.where(first._raw, x._raw, y._raw)),
        (x, lambda g: where(first, g, 0.0)),
        (y, lambda g: where(first, 0.0, g)),
    )


def clamp(
    input: Tensor, min: Tensor | float | None = None, max: Tensor | float | None = None
) -> Tensor:
    """Limit elements to bounds: ``minimum(maximum(x, min), max)``; NaN stays NaN.

    Args:
        input: the elements.
        min: the lower bound, a number, or a tensor of bounds; None for no bound.
        max: the upper bound, the same; the result where the lower bound is above it.

    Gradient: to `input` between the bounds and at them; to a bound where it is the result.

    Raises:
        RuntimeError: if there is no bound.
    """
    if min is None and max is None:
        raise RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None")
    value = unwrap(input)
    # First cast to the common type of all three: an unsigned integer can't be compared with -1.
    for bound in (min, max):
        if bound is not None and not value.dtype.is_floating_point:
            value = value.to(result_type(wrap(value), check_fits_beside(bound, input)))
    value = value if min is None else below.maximum(value, unwrap_operand(min))
    value = value if max is None else below.minimum(value, unwrap_operand(max))
    edges = [(input, lambda g: where(_inside(input, min, max), g, 0.0))]
    if isinstance(min, Tensor):
        low = min
        edges.append((min, lambda g: where(_under(input, low, max), g, 0.0)))
    if isinstance(max, Tensor):
        high = max
        edges.append((max, lambda g: where(_over(input, min, high), g, 0.0)))
    bounds = any(isinstance(one, Tensor) for one in (min, max))
    name = "ClampBackward0" if bounds else "ClampBackward1"
    return record(name, wrap(value.clone() if value is input._raw else value), *edges)


def _inside(x: Tensor, low: Tensor | float | None, high: Tensor | float | None) -> Tensor:
    """Return where `x` is the result."""
    if low is None:
        return x == x if high is None else x <= high
    return x >= low if high is None else (x >= low) * (x <= high)


def _under(x: Tensor, low: Tensor, high: Tensor | float | None) -> Tensor:
    """Return where the lower bound is the result."""
    return x < low if high is None else (x < low) * (low < high)


def _over(x: Tensor, low: Tensor | float | None, high: Tensor) -> Tensor:
    """Return where the upper bound is the result."""
    return x > high if low is None else (x > high) + (high < low)


def clamp_min(input: Tensor, min: Tensor | float) -> Tensor:
    """Same as `clamp`, but with a lower bound only.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.clamp.html
    """
    return clamp(input, min)


def clamp_max(input: Tensor, max: Tensor | float) -> Tensor:
    """Same as `clamp`, but with an upper bound only.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.clamp.html
    """
    return clamp(input, max=max)


def nan_to_num(
    input: Tensor, nan: float | None = 0.0, posinf: float | None = None, neginf: float | None = None
) -> Tensor:
    """Replace NaN and infinities by numbers; infinities by default by the largest of the type.

    Gradient: 0 where an element is replaced.
    """
    x = unwrap(input)
    if not input.dtype.is_floating_point:
        return wrap(x.clone())
    largest = finfo(input.dtype).max
    value = below.where(x == inf, largest if posinf is None else posinf, x)
    value = below.where(x == -inf, -largest if neginf is None else neginf, value)
    value = below.where(x != x, nan or 0.0, value)
    return record(
        "NanToNumBackward0", wrap(value), (input, lambda g: where(isfinite(input), g, 0.0))
    )


def lerp(input: Tensor, end: Tensor, weight: Tensor | float) -> Tensor:
    """Interpolate linearly: ``x + weight (end - x)``; broadcasts."""
    x, y = unwrap(input), unwrap(end)
    if x.dtype is not y.dtype:
        raise RuntimeError(f"expected dtype {x.dtype} for `end` but got dtype {y.dtype}")
    w = unwrap_operand(weight)
    # Computed from the nearer end, so that weight 1 gives exactly `end`.
    far = abs(w) >= 0.5 if isinstance(w, int | float) else below.abs(w) >= 0.5
    if isinstance(far, bool):
        value = y - (y - x) * (1 - w) if far else x + (y - x) * w
    else:
        value = below.where(far, y - (y - x) * (1 - w), x + (y - x) * w)
    edges = [(input, lambda g: g * (1 - weight)), (end, lambda g: g * weight)]
    if isinstance(weight, Tensor):
        edges.append((weight, lambda g: g * (end - input)))
    return record(f"LerpBackward{len(edges) - 2}", wrap(value), *edges)


# Other names that torch has for them.
clip = clamp
