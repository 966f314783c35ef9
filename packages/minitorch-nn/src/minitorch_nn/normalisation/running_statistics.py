"""What batch and instance normalisation share: parameters, running statistics, and their text."""

from __future__ import annotations

from typing import ClassVar

from minitorch_autograd import Tensor, dtype, int64, zeros

from .. import init
from ..core.factory import Device, new_parameter, new_tensor
from ..core.module import Module
from ..core.parameter import Parameter


class RunningNorm(Module):
    """A normalisation of channels that may keep running statistics.

    Each class says in `dims` which numbers of dimensions its input may have.
    """

    dims: ClassVar[tuple[int, ...]]
    # State dicts of old versions of torch do not have it.
    _may_lack = frozenset({"num_batches_tracked"})

    weight: Parameter | None
    bias: Parameter | None
    running_mean: Tensor | None
    running_var: Tensor | None
    num_batches_tracked: Tensor | None

    def __init__(
        self,
        num_features: int,
        eps: float,
        momentum: float | None,
        affine: bool,
        track_running_stats: bool,
        device: Device,
        dtype: dtype | None,
        bias: bool,
    ) -> None:
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        size = (num_features,)
        for name, there in (("weight", affine), ("bias", affine and bias)):
            self.register_parameter(name, new_parameter(size, device, dtype) if there else None)
        for name in ("running_mean", "running_var"):
            self.register_buffer(
                name, new_tensor(size, device, dtype) if track_running_stats else None
            )
        self.register_buffer(
            "num_batches_tracked", zeros((), dtype=int64) if track_running_stats else None
        )
        self.reset_parameters()

    def reset_running_stats(self) -> None:
        """Forget the batches seen: mean 0, variance 1."""
        if self.running_mean is not None:
            init.zeros_(self.running_mean)
        if self.running_var is not None:
            init.ones_(self.running_var)
        if self.num_batches_tracked is not None:
            init.zeros_(self.num_batches_tracked)

    def reset_parameters(self) -> None:
        """Set the weight to 1 and the bias to 0, and forget the batches seen."""
        self.reset_running_stats()
        if self.weight is not None:
            init.ones_(self.weight)
        if self.bias is not None:
            init.zeros_(self.bias)

    def _check_dims(self, input: Tensor) -> None:
        if len(input.shape) not in self.dims:
            expected = " or ".join(f"{n}D" for n in self.dims)
            raise ValueError(
                f"{type(self).__name__}: expected {expected} input (got {len(input.shape)}D input)"
            )

    def extra_repr(self) -> str:
        return (
            f"{self.num_features}, eps={self.eps}, momentum={self.momentum}, "
            f"affine={self.affine}, bias={self.bias is not None}, "
            f"track_running_stats={self.track_running_stats}"
        )
