"""Layers that drop elements at random while training."""

from __future__ import annotations

from minitorch_autograd import Tensor

from . import functional as F
from ._module import Module
from .functional._dropout import check_probability


class Dropout(Module):
    """While training, set elements to 0 with probability p and scale the others by 1 / (1 - p).

    Args:
        p: the probability, in [0, 1].
        inplace: only shown: here a new tensor is made, whose values are the same.

    Raises:
        ValueError: if `p` is outside [0, 1].

    Source: Srivastava et al., "Dropout", 2014;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html
    """

    def __init__(self, p: float = 0.5, inplace: bool = False) -> None:
        super().__init__()
        check_probability(p)
        self.p = p
        self.inplace = inplace

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with elements dropped, in training mode."""
        return F.dropout(input, self.p, self.training)

    def extra_repr(self) -> str:
        return f"p={self.p}, inplace={self.inplace}"
