"""Linear and bilinear layers."""

from __future__ import annotations

from math import sqrt

from minitorch_autograd import Tensor, dtype

from .. import init
from ..core.factory import Device, new_parameter
from ..core.lazy import LazyModuleMixin, materialize
from ..core.module import Module
from ..core.parameter import Parameter, UninitializedParameter
from . import functional as F

__all__ = ["Linear", "Bilinear", "LazyLinear"]


class Linear(Module):
    """Apply a linear map: ``y = x W^T + b``.

    Both are drawn uniformly from [-1/sqrt(in_features), 1/sqrt(in_features)].

    Args:
        in_features: size of the last dimension of the input.
        out_features: size of the last dimension of the output.
        bias: whether there is a ``b``.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Shapes: input (..., in_features), output (..., out_features), `weight`
    (out_features, in_features), `bias` (out_features,) or None.
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


class Bilinear(Module):
    """Apply a map that is linear in each of two inputs: ``y_o = x1^T W_o x2 + b_o``.

    Both are drawn uniformly from [-1/sqrt(in1_features), 1/sqrt(in1_features)].

    Args:
        in1_features: size of the last dimension of the first input, at least 1.
        in2_features: size of the last dimension of the second.
        out_features: size of the last dimension of the output.
        bias: whether there is a ``b``.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Raises:
        ValueError: if `in1_features` is not positive.

    Shapes: inputs (..., in1_features) and (..., in2_features), output (..., out_features),
    `weight` (out_features, in1_features, in2_features), `bias` (out_features,) or None.
    """

    weight: Parameter
    bias: Parameter | None

    def __init__(
        self,
        in1_features: int,
        in2_features: int,
        out_features: int,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.in1_features = in1_features
        self.in2_features = in2_features
        self.out_features = out_features
        self.weight = new_parameter((out_features, in1_features, in2_features), device, dtype)
        self.register_parameter(
            "bias", new_parameter((out_features,), device, dtype) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        if self.in1_features <= 0:
            raise ValueError(
                f"in1_features must be > 0, but got (in1_features={self.in1_features})"
            )
        bound = 1 / sqrt(self.in1_features)
        init.uniform_(self.weight, -bound, bound)
        if self.bias is not None:
            init.uniform_(self.bias, -bound, bound)

    def forward(self, input1: Tensor, input2: Tensor) -> Tensor:
        """Return ``x1^T W x2 + b``."""
        return F.bilinear(input1, input2, self.weight, self.bias)

    def extra_repr(self) -> str:
        return (
            f"in1_features={self.in1_features}, in2_features={self.in2_features}, "
            f"out_features={self.out_features}, bias={self.bias is not None}"
        )


class LazyLinear(LazyModuleMixin, Linear):
    """A `Linear` whose `in_features` is the size of the last dimension of its first input.

    Args:
        out_features: size of the last dimension of the output.
        bias: whether there is a bias.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.
    """

    cls_to_become = Linear

    def __init__(
        self,
        out_features: int,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(0, 0, False, device, dtype)
        self.out_features = out_features
        self.weight = UninitializedParameter(dtype=dtype)
        self.bias = UninitializedParameter(dtype=dtype) if bias else None
        self._wait_for_input()

    def reset_parameters(self) -> None:
        """Draw the parameters anew, once they have shapes."""
        if not self.has_uninitialized_params() and self.in_features:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """Make the parameters."""
        self.in_features = input.shape[-1]
        if self.has_uninitialized_params():
            materialize(self.weight, (self.out_features, self.in_features))
            materialize(self.bias, (self.out_features,))
            self.reset_parameters()
