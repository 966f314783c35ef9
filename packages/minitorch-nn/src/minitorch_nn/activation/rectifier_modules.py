"""Activations made of straight pieces, as modules."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype, no_grad

from ..common.extensions import creation
from ..core.factory import Device, new_tensor
from ..core.module import Module
from ..core.parameter import Parameter
from . import functional as F
from .inplace_modules import InPlace

__all__ = ["ReLU", "LeakyReLU", "RReLU", "PReLU", "Threshold", "Hardtanh", "ReLU6"]


class ReLU(InPlace):
    """Apply ``max(x, 0)`` elementwise.

    Args:
        inplace: whether the result is written over the input.
    """

    def forward(self, input: Tensor) -> Tensor:
        """Return the positive part of `input`."""
        return F.relu(input, self.inplace)


class LeakyReLU(InPlace):
    """Apply ``x if x > 0 else negative_slope * x`` elementwise.

    Args:
        negative_slope: the slope below 0.
        inplace: whether the result is written over the input.
    """

    def __init__(self, negative_slope: float = 0.01, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.negative_slope = negative_slope

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with its negative part scaled."""
        return F.leaky_relu(input, self.negative_slope, self.inplace)

    def _options(self) -> str:
        return f"negative_slope={self.negative_slope}"


class RReLU(InPlace):
    """Apply `LeakyReLU` with slopes drawn for each element while training.

    In evaluation the slope is the mean of the two bounds.

    Args:
        lower: the least slope.
        upper: the largest slope.
        inplace: whether the result is written over the input.
    """

    def __init__(self, lower: float = 1 / 8, upper: float = 1 / 3, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.lower = lower
        self.upper = upper

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with its negative part scaled."""
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

    def _options(self) -> str:
        return f"lower={self.lower}, upper={self.upper}"


class PReLU(Module):
    """Apply ``x if x > 0 else weight * x`` with a slope that is learned.

    Args:
        num_parameters: 1, or a slope for each channel.
        init: the slope to begin with.
        device: as in torch; the CPU is the only one.
        dtype: element type of the slopes; the default float type if None.

    Shapes: input (N, C, ...), output the same, `weight` (num_parameters,).
    """

    weight: Parameter

    def __init__(
        self,
        num_parameters: int = 1,
        init: float = 0.25,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = Parameter(new_tensor((num_parameters,), device, dtype))
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Set the slopes to what they began with."""
        with no_grad():
            weight = self.weight
            weight.copy_(creation.full(weight.shape, self.init, dtype=weight.dtype))

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with its negative part scaled."""
        return F.prelu(input, self.weight)

    def extra_repr(self) -> str:
        return f"num_parameters={self.num_parameters}"


class Threshold(InPlace):
    """Apply ``x if x > threshold else value`` elementwise.

    Args:
        threshold: what x has to be above.
        value: what is put in its place.
        inplace: whether the result is written over the input.
    """

    def __init__(self, threshold: float, value: float, inplace: bool = False) -> None:
        super().__init__(inplace)
        self.threshold = threshold
        self.value = value

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` with what is not above the threshold replaced."""
        return F.threshold(input, self.threshold, self.value, self.inplace)

    def _options(self) -> str:
        return f"threshold={self.threshold}, value={self.value}"


class Hardtanh(InPlace):
    """Clamp to [min_val, max_val].

    Args:
        min_val: the lower bound.
        max_val: the upper bound, which is larger.
        inplace: whether the result is written over the input.

    Raises:
        AssertionError: if the bounds are not in order.
    """

    def __init__(self, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> None:
        super().__init__(inplace)
        if max_val <= min_val:
            raise AssertionError(f"max_val ({max_val}) must be greater than min_val ({min_val})")
        self.min_val = min_val
        self.max_val = max_val

    def forward(self, input: Tensor) -> Tensor:
        """Return `input` clamped."""
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

    def _options(self) -> str:
        return f"min_val={self.min_val}, max_val={self.max_val}"


class ReLU6(Hardtanh):
    """Clamp to [0, 6].

    Args:
        inplace: whether the result is written over the input.
    """

    def __init__(self, inplace: bool = False) -> None:
        super().__init__(0.0, 6.0, inplace)

    def _options(self) -> str:
        return ""
