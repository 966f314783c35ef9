"""Normalisation of each element of a batch over its last dimensions, as modules."""

from __future__ import annotations

from collections.abc import Sequence

from minitorch_autograd import Tensor, dtype

from .. import init
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from . import functional as F

__all__ = ["LayerNorm", "RMSNorm"]


class LayerNorm(Module):
    """Normalise each element of a batch over its last dimensions, then scale and shift.

    Args:
        normalized_shape: the last dimensions of the input, or the last one.
        eps: what is added to the variance.
        elementwise_affine: whether there are a `weight`, ones at first, and a `bias`, zeros.
        bias: whether there is a bias, if there is a weight.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Shapes: input and output (..., *normalized_shape), `weight` and `bias` of normalized_shape.

    Source: Ba, Kiros, Hinton, 2016
    """

    weight: Parameter | None
    bias: Parameter | None

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        shape = normalized_shape
        self.normalized_shape = (shape,) if isinstance(shape, int) else tuple(shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        for name, wanted in (("weight", True), ("bias", bias)):
            there = elementwise_affine and wanted
            self.register_parameter(
                name, new_parameter(self.normalized_shape, device, dtype) if there else None
            )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the weight to ones and the bias to zeros."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input, scaled and shifted."""
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        text = f"{self.normalized_shape}, eps={self.eps}"
        text += f", elementwise_affine={self.elementwise_affine}"
        return f"{text}, bias={self.bias is not None}"


class RMSNorm(Module):
    """Divide by the root of the mean square: ``y = x / sqrt(mean(x^2) + eps) w``.

    Args:
        normalized_shape: the last sizes, over which the mean is taken; an int for the last one.
        eps: added to the mean; the distance from 1 to the next number unless given.
        elementwise_affine: whether there is a `weight`.
        device: as in torch; the CPU is the only one.
        dtype: element type of the weight; the default float type if None.

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
