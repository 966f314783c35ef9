"""Where an optimizer takes a parameter of one element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minitorch_autograd import Tensor, float64, full


def places(
    make: Callable[[Tensor], Any], gradients: Sequence[float], shape: tuple[int, ...] = (1,)
) -> list[float]:
    """Return where each of `gradients` takes a parameter that begins at 1.

    Args:
        make: makes the optimizer of the parameter.
        gradients: one for each step.
        shape: of the parameter.
    """
    p = full(shape, 1.0, dtype=float64, requires_grad=True)
    optimizer = make(p)
    seen = []
    for gradient in gradients:
        p.grad = full(shape, gradient, dtype=float64)
        optimizer.step()
        seen.append(p.detach().reshape(()).item())
    return seen
