"""Batch normalisation."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype, no_grad

from ..common.extensions import elementwise
from ..core.factory import Device
from . import functional as F
from .running_statistics import RunningNorm

__all__ = ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d"]


class BatchNorm(RunningNorm):
    """Batch normalisation of inputs with `dims` dimensions."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
        *,
        bias: bool = True,
    ) -> None:
        super().__init__(
            num_features, eps, momentum, affine, track_running_stats, device, dtype, bias
        )

    def forward(self, input: Tensor) -> Tensor:
        """Return the normalised input; in training, take note of its mean and variance."""
        self._check_dims(input)
        untracked = self.running_mean is None and self.running_var is None
        tracking = self.training and self.track_running_stats
        momentum = self._count_batch() if tracking else self.momentum
        given = tracking or not self.training
        return F.batch_norm(
            input,
            self.running_mean if given else None,
            self.running_var if given else None,
            self.weight,
            self.bias,
            self.training or untracked,
            0.0 if momentum is None else momentum,
            self.eps,
        )

    def _count_batch(self) -> float | Tensor | None:
        """Count one batch more; return the step of the running statistics towards its own."""
        if self.num_batches_tracked is None or self.running_mean is None:
            return self.momentum
        with no_grad():
            self.num_batches_tracked.copy_(self.num_batches_tracked + 1)
            if self.momentum is not None:
                return self.momentum
            # So that they are the mean over all batches.
            return elementwise.reciprocal(self.num_batches_tracked.to(self.running_mean.dtype))


class BatchNorm1d(BatchNorm):
    """Normalise each channel over the batch: ``y = (x - mean) / sqrt(var + eps) w + b``.

    In training the batch's own mean and variance are taken, and the running ones follow them; in
    evaluation the running ones are taken.

    Args:
        num_features: C, the number of channels.
        eps: added to the variance.
        momentum: the step of the running statistics; None for the mean over all batches.
        affine: whether there are `weight` and `bias`.
        track_running_stats: whether there are running statistics; without them, the batch's own
            are taken in evaluation, too.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.
        bias: whether there is a `bias` if `affine`.

    Shapes: input and output (N, C) or (N, C, L); `weight`, `bias`, `running_mean`, `running_var`
    (C,), `num_batches_tracked` ().
    """

    dims = (2, 3)


class BatchNorm2d(BatchNorm):
    """Normalise each channel over a batch of images (N, C, H, W); see `BatchNorm1d`."""

    dims = (4,)


class BatchNorm3d(BatchNorm):
    """Normalise each channel over a batch of volumes (N, C, D, H, W); see `BatchNorm1d`."""

    dims = (5,)
