"""Normalisation by the mean square."""

from __future__ import annotations

from collections.abc import Sequence

from minitorch_autograd import Tensor, dtype

from .. import init
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from . import functional as F

__all__ = ["RMSNorm"]


class RMSNorm(Module):
    """Divide by the root of the mean square: ``y = x / sqrt(mean(x^2) + eps) w``.

    Args:
        normalized_shape: the last sizes, over which the mean is taken; an int for the last one.
        eps: added to the mean; the distance from 1 to the next number unless given.
        elementwise_affine: whether there is a `weight`.
        device: accepted for torch's sake; the CPU.
        dtype: element type of the weight; the default float type unless told.

    Shapes: input and output (..., *normalized_shape), `weight` (*normalized_shape).
    """

    weight: Parameter | None

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float | None = None,
        elementwise_affine: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        sizes = (normalized_shape,) if isinstance(normalized_shape, int) else normalized_shape
        self.normalized_shape = tuple(sizes)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.register_parameter(
            "weight",
            new_parameter(self.normalized_shape, device, dtype) if elementwise_affine else None,
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the weight to 1."""
        if self.weight is not None:
            init.ones_(self.weight)

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input."""
        return F.rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        return (
            f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.elementwise_affine}"
        )
