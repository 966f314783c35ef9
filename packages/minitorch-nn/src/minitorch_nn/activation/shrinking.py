"""Activations that take what is near 0 to 0."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record, where

from ..common.dtypes import require_floats
from ..common.extensions import elementwise

__all__ = ["hardshrink", "softshrink", "tanhshrink"]


def hardshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """Return x outside [-lambd, lambd], 0 inside.

    Gradient: 0 at the bounds.
    """
    require_floats("hardshrink", input)
    with no_grad():
        value = where(_inside(input, lambd), 0.0, input)
    return record(
        "HardshrinkBackward0", value, (input, lambda g: where(_inside(input, lambd), 0.0, g))
    )


def softshrink(input: Tensor, lambd: float = 0.5) -> Tensor:
    """Return x moved by `lambd` towards 0, and 0 where it would pass it.

    Args:
        input: any shape.
        lambd: at least 0.

    Raises:
        RuntimeError: if `lambd` is negative.

    Gradient: 0 at the bounds.
    """
    require_floats("softshrink", input)
    if not lambd >= 0:
        raise RuntimeError(f"softshrink: lambda must be in range [0, inf), but found {lambd}")
    with no_grad():
        moved = where(input > 0, input - lambd, input + lambd)
        value = where(_inside(input, lambd), 0.0, moved)
    return record(
        "SoftshrinkBackward0", value, (input, lambda g: where(_inside(input, lambd), 0.0, g))
    )


def tanhshrink(input: Tensor) -> Tensor:
    """Compute ``x - tanh(x)`` elementwise."""
    return input - input.tanh()


def _inside(x: Tensor, bound: float) -> Tensor:
    return elementwise.le(elementwise.abs(x), bound)
