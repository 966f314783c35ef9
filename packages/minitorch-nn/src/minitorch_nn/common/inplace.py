"""Writing a function's result over its input."""

from __future__ import annotations

from collections.abc import Callable

from minitorch_autograd import Tensor

from .extensions import creation


def write_over(input: Tensor, function: Callable[[Tensor], Tensor]) -> Tensor:
    """Compute ``x = f(x)`` in the memory of `input`, and return it.

    Where gradients are tracked, the function is taken of a copy: its derivative needs the values
    that are written over. The write itself is recorded.

    Raises:
        RuntimeError: if `input` is a leaf that requires a gradient, as any write to one does.
    """
    before = creation.clone(input) if input.requires_grad else input
    return input.copy_(function(before))
