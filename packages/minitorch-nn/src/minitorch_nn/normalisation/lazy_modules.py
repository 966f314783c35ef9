"""Normalisations that learn the number of their channels from their first input."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype

from ..core.factory import Device
from ..core.lazy import LazyModuleMixin, materialize
from ..core.parameter import UninitializedBuffer, UninitializedParameter
from .batch_modules import BatchNorm, BatchNorm1d, BatchNorm2d, BatchNorm3d
from .instance_modules import InstanceNorm, InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from .running_statistics import RunningNorm

__all__ = [
    "LazyBatchNorm1d",
    "LazyBatchNorm2d",
    "LazyBatchNorm3d",
    "LazyInstanceNorm1d",
    "LazyInstanceNorm2d",
    "LazyInstanceNorm3d",
]


class _LazyNorm(LazyModuleMixin, RunningNorm):
    """What lazy normalisations share: features are the channels of the first input."""

    def _make_uninitialized(self, affine: bool, tracked: bool, dtype: dtype | None) -> None:
        self.affine = affine
        self.track_running_stats = tracked
        if affine:
            self.weight = UninitializedParameter(dtype=dtype)
            self.bias = UninitializedParameter(dtype=dtype)
        if tracked:
            self.running_mean = UninitializedBuffer(dtype=dtype)
            self.running_var = UninitializedBuffer(dtype=dtype)
        self._wait_for_input()

    def reset_parameters(self) -> None:
        """Set the parameters anew, once they have shapes."""
        if not self.has_uninitialized_params() and self.num_features:
            super().reset_parameters()

    def initialize_parameters(self, input: Tensor) -> None:
        """Make the parameters."""
        unbatched = isinstance(self, InstanceNorm) and (len(input.shape) == self.dims[0])
        self.num_features = input.shape[0 if unbatched else 1]
        if self.has_uninitialized_params():
            for value in (self.weight, self.bias, self.running_mean, self.running_var):
                materialize(value, (self.num_features,))
            self.reset_parameters()


class _LazyBatchNorm(_LazyNorm, BatchNorm):
    def __init__(
        self,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(0, eps, momentum, False, track_running_stats, device, dtype)
        self._make_uninitialized(affine, track_running_stats, dtype)


class LazyBatchNorm1d(_LazyBatchNorm, BatchNorm1d):
    """A `BatchNorm1d` whose `num_features` are its first input's."""

    cls_to_become = BatchNorm1d


class LazyBatchNorm2d(_LazyBatchNorm, BatchNorm2d):
    """A `BatchNorm2d` whose `num_features` are its first input's."""

    cls_to_become = BatchNorm2d


class LazyBatchNorm3d(_LazyBatchNorm, BatchNorm3d):
    """A `BatchNorm3d` whose `num_features` are its first input's."""

    cls_to_become = BatchNorm3d


class _LazyInstanceNorm(_LazyNorm, InstanceNorm):
    def __init__(
        self,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__(0, eps, momentum, False, track_running_stats, device, dtype)
        self._make_uninitialized(affine, track_running_stats, dtype)


class LazyInstanceNorm1d(_LazyInstanceNorm, InstanceNorm1d):
    """An `InstanceNorm1d` whose `num_features` are its first input's."""

    cls_to_become = InstanceNorm1d


class LazyInstanceNorm2d(_LazyInstanceNorm, InstanceNorm2d):
    """An `InstanceNorm2d` whose `num_features` are its first input's."""

    cls_to_become = InstanceNorm2d


class LazyInstanceNorm3d(_LazyInstanceNorm, InstanceNorm3d):
    """An `InstanceNorm3d` whose `num_features` are its first input's."""

    cls_to_become = InstanceNorm3d
