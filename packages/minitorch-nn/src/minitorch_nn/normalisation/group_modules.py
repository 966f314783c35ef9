"""Normalisation by groups of channels, and by neighbouring channels, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype

from .. import init
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from . import functional as F

__all__ = ["GroupNorm", "LocalResponseNorm", "CrossMapLRN2d"]


class GroupNorm(Module):
    """Normalise groups of channels of each image: ``y = (x - mean) / sqrt(var + eps) w + b``.

    Args:
        num_groups: the number of groups, which divides `num_channels`.
        num_channels: C, the number of channels.
        eps: added to the variance.
        affine: whether there are `weight` and `bias`.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.
        bias: whether there is a `bias` if `affine`.

    Shapes: input and output (N, C, ...); `weight`, `bias` (C,).

    Raises:
        ValueError: if the groups don't divide the channels.
    """

    weight: Parameter | None
    bias: Parameter | None

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__()
        if num_channels % num_groups:
            raise ValueError(
                f"num_channels ({num_channels}) must be divisible by num_groups ({num_groups})"
            )
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        for name, there in (("weight", affine), ("bias", affine and bias)):
            self.register_parameter(
                name, new_parameter((num_channels,), device, dtype) if there else None
            )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the weight to 1 and the bias to 0."""
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input."""
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        return (
            f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={self.affine}, "
            f"bias={self.bias is not None}"
        )


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
