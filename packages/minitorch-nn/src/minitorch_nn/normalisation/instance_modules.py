"""Instance normalisation."""

from __future__ import annotations

import warnings

from minitorch_autograd import Tensor, dtype

from ..core.factory import Device
from . import functional as F
from .running_statistics import RunningNorm

__all__ = ["InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"]


class InstanceNorm(RunningNorm):
    """Instance normalisation of inputs with `dims` dimensions, without and with the batch."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        device: Device = None,
        dtype: dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device, dtype, bias
        )

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input."""
        self._check_dims(input)
        self._check_features(input)
        if len(input.shape) == self.dims[0]:
            return self._normalise(input.unsqueeze(0)).squeeze(0)
        return self._normalise(input)

    def _normalise(self, input: Tensor) -> Tensor:
        return F.instance_norm(
            input,
            self.running_mean,
            self.running_var,
            self.weight,
            self.bias,
            self.training or not self.track_running_stats,
            0.0 if self.momentum is None else self.momentum,
            self.eps,
        )

    def _check_features(self, input: Tensor) -> None:
        dim = len(input.shape) - self.dims[0]
        size = input.shape[dim]
        if size == self.num_features:
            return
        if self.affine:
            raise ValueError(
                f"{type(self).__name__}: expected input's size at dim={dim} to match num_features "
                f"({self.num_features}), but got: {size}."
            )
        warnings.warn(
            f"{type(self).__name__}: input's size at dim={dim} does not match num_features "
            f"({self.num_features}), which is not used because affine=False",
            stacklevel=3,
        )


class InstanceNorm1d(InstanceNorm):
    """Normalise each channel of each image: ``y = (x - mean) / sqrt(var + eps) w + b``.

    Args:
        num_features: C, the number of channels.
        eps: added to the variance.
        momentum: the step of the running statistics.
        affine: whether there are `weight` and `bias`.
        track_running_stats: whether there are running statistics, which evaluation takes.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.
        bias: whether there is a `bias` if `affine`.

    Shapes: input and output (N, C, L) or (C, L); `weight`, `bias`, `running_mean`, `running_var`
    (C,).
    """

    dims = (2, 3)


class InstanceNorm2d(InstanceNorm):
    """Normalise each channel of each image, (N, C, H, W) or (C, H, W); see `InstanceNorm1d`."""

    dims = (3, 4)


class InstanceNorm3d(InstanceNorm):
    """Normalise each channel of volumes, (N, C, D, H, W) or (C, D, H, W); see `InstanceNorm1d`."""

    dims = (4, 5)
