"""Normalisation by neighbouring channels."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..core.module import Module
from . import functional as F

__all__ = ["LocalResponseNorm", "CrossMapLRN2d"]


class LocalResponseNorm(Module):
    """Divide by what neighbouring channels answer: ``y = x / (k + alpha mean(x^2))^beta``.

    Args:
        size: the number of neighbours in the mean.
        alpha: the weight of the mean.
        beta: the exponent.
        k: what stands beside the mean.

    Shapes: input and output (N, C, L, ...).
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> None:
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input."""
        return F.local_response_norm(input, self.size, self.alpha, self.beta, self.k)

    def extra_repr(self) -> str:
        return f"{self.size}, alpha={self.alpha}, beta={self.beta}, k={self.k}"


class CrossMapLRN2d(LocalResponseNorm):
    """The old name of `LocalResponseNorm` for images.

    Args:
        size: the number of neighbours in the mean.
        alpha: the weight of the mean.
        beta: the exponent.
        k: what stands beside the mean.

    Shapes: input and output (N, C, H, W).

    Source: torch.nn.modules.normalization.CrossMapLRN2d. Departure: torch never takes the first
    channel out of the mean again, and takes one neighbour less where `size` is even.
    """

    def __init__(self, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1) -> None:
        super().__init__(size, alpha, beta, k)

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input.

        Raises:
            ValueError: if it has not four dimensions.
        """
        if len(input.shape) != 4:
            raise ValueError(
                f"CrossMapLRN2d: Expected input to be 4D, got {len(input.shape)}D instead."
            )
        return super().forward(input)
