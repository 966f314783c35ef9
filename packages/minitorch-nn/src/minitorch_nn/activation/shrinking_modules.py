"""Activations that take what is near 0 to 0, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F

__all__ = ["Hardshrink", "Softshrink", "Tanhshrink"]


class Hardshrink(Module):
    """Apply ``x if |x| > lambd else 0`` elementwise.

    Args:
        lambd: how far "near" goes.
    """

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with what is near 0 replaced by it."""
        return F.hardshrink(input, self.lambd)

    def extra_repr(self) -> str:
        return f"{self.lambd}"


class Softshrink(Module):
    """Move x by `lambd` towards 0, and no further than it.

    Args:
        lambd: how far; at least 0.
    """

    def __init__(self, lambd: float = 0.5) -> None:
        super().__init__()
        self.lambd = lambd

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` nearer to 0."""
        return F.softshrink(input, self.lambd)

    def extra_repr(self) -> str:
        return f"{self.lambd}"


class Tanhshrink(Module):
    """Apply ``x - tanh(x)`` elementwise."""

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x - tanh(x)``."""
        return F.tanhshrink(input)
