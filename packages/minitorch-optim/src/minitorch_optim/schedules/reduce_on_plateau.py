"""Rates that are lowered when a metric stops improving."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from math import inf
from typing import Literal, SupportsFloat, TypeAlias

from minitorch_autograd import Tensor

from ..engine.optimizer import Optimizer
from ..engine.options import number, set_rate
from .scheduler import EPOCH_WARNING, LRScheduler, check_optimizer

Mode: TypeAlias = Literal["min", "max"]
ThresholdMode: TypeAlias = Literal["rel", "abs"]


class ReduceLROnPlateau(LRScheduler):
    """Multiplies each rate by `factor` when a metric has not improved for a while.

        better      a < best (1 - threshold), or a < best - threshold
                    (to maximize: a > best (1 + threshold), or a > best + threshold)
        η = max(η factor, min_lr)

    Args:
        optimizer: the optimizer whose rates are set.
        mode: whether "min" or "max" is better.
        factor: what rates are multiplied by, below 1.
        patience: how many epochs without improvement are allowed.
        threshold: by how much a metric must be better.
        threshold_mode: whether that is "rel"ative to the best, or "abs"olute.
        cooldown: how many epochs after a change are not counted.
        min_lr: the least rate, or one for each group.
        eps: a rate is not changed by less.

    Raises:
        ValueError: if `factor` or a mode is out of its range, or there is not one `min_lr` for
            each group.
        TypeError: if `optimizer` is not one.
        RuntimeError: from `step`, if groups were added and `min_lr` is a list.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        mode: Mode = "min",
        factor: float = 0.1,
        patience: int = 10,
        threshold: float = 1e-4,
        threshold_mode: ThresholdMode = "rel",
        cooldown: int = 0,
        min_lr: float | Sequence[float] = 0,
        eps: float = 1e-8,
    ) -> None:
        if factor >= 1:
            raise ValueError(f"Factor should be < 1.0. It is {factor}")
        check_optimizer(optimizer)
        groups = len(optimizer.param_groups)
        self.factor = factor
        self.optimizer = optimizer
        self.default_min_lr: float | None = None
        if isinstance(min_lr, Sequence):
            if len(min_lr) != groups:
                raise ValueError(f"expected {groups} min_lrs, got {len(min_lr)}")
            self.min_lrs = list(min_lr)
        else:
            self.default_min_lr = min_lr
            self.min_lrs = [min_lr] * groups
        self.patience = patience
        self.cooldown = cooldown
        self.eps = eps
        self.last_epoch = 0
        self._last_lr = self._present_rates()
        if mode not in ("min", "max"):
            raise ValueError(f"mode {mode} is unknown! It is 'min' or 'max'")
        if threshold_mode not in ("rel", "abs"):
            raise ValueError(f"threshold mode {threshold_mode} is unknown! It is 'rel' or 'abs'")
        self.mode_worse = inf if mode == "min" else -inf
        self.mode = mode
        self.threshold = threshold
        self.threshold_mode = threshold_mode
        self.best = self.mode_worse
        self.cooldown_counter = 0
        self.num_bad_epochs = 0

    @property
    def in_cooldown(self) -> bool:
        """Whether the rates were lowered less than `cooldown` epochs ago."""
        return self.cooldown_counter > 0

    def step(  # type: ignore[override]  # no other schedule takes a metric
        self, metrics: SupportsFloat | Tensor, epoch: int | None = None
    ) -> None:
        """Take the metric of an epoch, and lower the rates if it has not improved for too long.

        Args:
            metrics: the metric: a number, or a tensor of one element.
            epoch: its number; deprecated in torch.
        """
        metric = metrics.item() if isinstance(metrics, Tensor) else float(metrics)
        if epoch is not None:
            warnings.warn(EPOCH_WARNING, stacklevel=2)
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        if self._is_better(metric):
            self.best = metric
            self.num_bad_epochs = 0
        else:
            self.num_bad_epochs += 1
        if self.in_cooldown:
            self.cooldown_counter -= 1
            self.num_bad_epochs = 0
        if self.num_bad_epochs > self.patience:
            self._reduce()
            self.cooldown_counter = self.cooldown
            self.num_bad_epochs = 0
        self._last_lr = self._present_rates()

    def _is_better(self, metric: float) -> bool:
        sign = -1 if self.mode == "min" else 1
        if self.threshold_mode == "rel":
            bound = self.best * (1 + sign * self.threshold)
        else:
            bound = self.best + sign * self.threshold
        return metric < bound if self.mode == "min" else metric > bound

    def _reduce(self) -> None:
        groups = self.optimizer.param_groups
        if len(groups) != len(self.min_lrs):
            if self.default_min_lr is None:
                raise RuntimeError(
                    f"The number of param groups in the `optimizer` ({len(groups)}) differs from "
                    f"when `ReduceLROnPlateau` was initialized ({len(self.min_lrs)}), usually due "
                    "to a new param group being added to the optimizer. Please modify the "
                    "`min_lrs` field to match the length of the `optimizer` param groups."
                )
            self.min_lrs = [self.default_min_lr] * len(groups)
        for group, least in zip(groups, self.min_lrs, strict=True):
            old = number(group["lr"])
            new = max(old * self.factor, least)
            if old - new > self.eps:
                set_rate(group, new)
