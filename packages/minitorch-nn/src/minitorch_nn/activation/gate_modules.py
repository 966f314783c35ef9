"""Activations that let x through by a share of it, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F
from .inplace_modules import InPlace

__all__ = ["SiLU", "Mish", "Hardswish", "GELU", "GLU"]


class SiLU(InPlace):
    """Apply ``x sigmoid(x)`` elementwise, also called swish.

    Args:
        inplace: whether the result is written over the input.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x sigmoid(x)``."""
        return F.silu(input, self.inplace)


class Mish(InPlace):
    """Apply ``x tanh(log(1 + e^x))`` elementwise.

    Args:
        inplace: whether the result is written over the input.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x tanh(softplus(x))``."""
        return F.mish(input, self.inplace)


class Hardswish(Module):
    """Apply ``x hardsigmoid(x)`` elementwise.

    Args:
        inplace: whether the result is written over the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x hardsigmoid(x)``."""
        return F.hardswish(input, self.inplace)


class GELU(Module):
    """Apply ``x Phi(x)`` elementwise, with the normal distribution Phi.

    Args:
        approximate: "none", or "tanh" for an approximation of Phi by tanh.
    """

    def __init__(self, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x Phi(x)``."""
        return F.gelu(input, approximate=self.approximate)

    def extra_repr(self) -> str:
        return f"approximate={self.approximate!r}"


class GLU(Module):
    """Apply ``a sigmoid(b)`` to the halves a and b of the input.

    Args:
        dim: the dimension to halve.

    Shapes: input (..., 2n, ...), output (..., n, ...).
    """

    def __init__(self, dim: int = -1) -> None:
        super().__init__()
        self.dim = dim

    def forward(self, input: Tensor) -> Tensor:
        """Return the gated half of `input`."""
        return F.glu(input, self.dim)

    def extra_repr(self) -> str:
        return f"dim={self.dim}"
