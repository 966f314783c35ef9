"""Linear layers."""

from __future__ import annotations

from math import sqrt

from minitorch_autograd import Tensor, dtype

from . import functional as F
from . import init
from ._factory import Device, new_parameter
from ._module import Module
from ._parameter import Parameter


class Linear(Module):
    """Apply a linear map: ``y = x W^T + b``.

    Both are drawn uniformly from [-1/sqrt(in_features), 1/sqrt(in_features)].

    Args:
        in_features: size of the last dimension of the input.
        out_features: size of the last dimension of the output.
        bias: whether there is a ``b``.
        device: accepted for torch's sake; the CPU.
        dtype: element type of the parameters; the default float type unless told.

    Shapes: input (..., in_features), output (..., out_features), `weight`
    (out_features, in_features), `bias` (out_features,) or None.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html
    """

    weight: Parameter
    bias: Parameter | None

    def __init__(
        self,
        in_features: int,
        out_features: int,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.in_features = in_features
        self.out_features = out_features
        self.weight = new_parameter((out_features, in_features), device, dtype)
        self.register_parameter(
            "bias", new_parameter((out_features,), device, dtype) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        init.kaiming_uniform_(self.weight, a=sqrt(5))
        if self.bias is not None:
            bound = 1 / sqrt(self.in_features) if self.in_features else 0.0
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input: Tensor) -> Tensor:
        """Return ``x W^T + b``."""
        return F.linear(input, self.weight, self.bias)

    def extra_repr(self) -> str:
        return (
            f"in_features={self.in_features}, out_features={self.out_features}, "
            f"bias={self.bias is not None}"
        )
