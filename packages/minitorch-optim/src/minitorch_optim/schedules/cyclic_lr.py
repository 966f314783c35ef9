"""Rates that go up and down in cycles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import floor
from typing import Literal, TypeAlias

from minitorch_autograd import Tensor

from ..engine.optimizer import Optimizer
from ..engine.options import set_rate
from .lambda_lr import attributes_of, set_attributes
from .momentum import begin_cycle, set_momentum
from .scheduler import LRScheduler, check_optimizer, one_per_group

Mode: TypeAlias = Literal["triangular", "triangular2", "exp_range"]
ScaleMode: TypeAlias = Literal["cycle", "iterations"]
MODES = ("triangular", "triangular2", "exp_range")


class CyclicLR(LRScheduler):
    """Raises each rate linearly from `base_lr` to `max_lr` and lowers it again, in cycles.

        η = base + (max - base) h s           μ = max_momentum - (max_momentum - base_momentum) h s

    with h, which goes from 0 to 1 and back to 0 in each cycle, and a scale s. Call `step` after
    each batch, not after each epoch.

    Args:
        optimizer: the optimizer whose rates are set.
        base_lr: the least rate, or one for each group.
        max_lr: the largest rate, or one for each group.
        step_size_up: the steps up.
        step_size_down: the steps down; as many as up unless given.
        mode: s: "triangular", 1; "triangular2", 1/2 of the cycle's before; "exp_range",
            `gamma` to the power of the steps.
        gamma: the factor of "exp_range".
        scale_fn: s itself, in place of a mode.
        scale_mode: what `scale_fn` is a function of: the number of the "cycle", from 1 on, or
            of "iterations", from 0 on.
        cycle_momentum: whether the momentum, or β₁, goes down as rates go up.
        base_momentum: the least momentum, or one for each group.
        max_momentum: the largest, or one for each group.
        last_epoch: the step to resume from; -1 to begin.

    Raises:
        ValueError: if there is neither a known mode nor a `scale_fn`, there is no momentum to
            change, or there is not one value for each group.
        TypeError: if `optimizer` is not one.

    Source: Smith: Cyclical Learning Rates for Training Neural Networks, 2017, section 3.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        base_lr: float | Tensor | Sequence[float | Tensor],
        max_lr: float | Tensor | Sequence[float | Tensor],
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: Mode = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[float], float] | None = None,
        scale_mode: ScaleMode = "cycle",
        cycle_momentum: bool = True,
        base_momentum: float | Sequence[float] = 0.8,
        max_momentum: float | Sequence[float] = 0.9,
        last_epoch: int = -1,
    ) -> None:
        check_optimizer(optimizer)
        base_lrs = one_per_group("base_lr", optimizer, base_lr)
        if last_epoch == -1:
            for group, rate in zip(optimizer.param_groups, base_lrs, strict=True):
                set_rate(group, rate)
        self.max_lrs = one_per_group("max_lr", optimizer, max_lr)
        up = float(step_size_up)
        self.total_size = up + (up if step_size_down is None else float(step_size_down))
        self.step_ratio = up / self.total_size
        if mode not in MODES and scale_fn is None:
            raise ValueError(
                f"mode is invalid and scale_fn is None: {mode!r}; expected one of {MODES}"
            )
        self.mode = mode
        self.gamma = gamma
        self._scale_fn_custom = scale_fn
        if scale_fn is None:
            scale_mode = "iterations" if mode == "exp_range" else "cycle"
        self.scale_mode = scale_mode
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1 = "betas" in optimizer.defaults
            self.base_momentums, self.max_momentums = begin_cycle(
                optimizer, base_momentum, max_momentum, last_epoch
            )
        super().__init__(optimizer, last_epoch)
        self.base_lrs = base_lrs

    def scale_fn(self, x: float) -> float:
        """Return the scale s of a cycle, or of a step, by its number."""
        if self._scale_fn_custom is not None:
            return self._scale_fn_custom(x)
        factor = {"triangular": 1.0, "triangular2": 0.5, "exp_range": self.gamma}[self.mode]
        scale: float = factor ** (x if self.mode == "exp_range" else x - 1)
        return scale

    def _next_rates(self) -> list[float]:
        cycle = floor(1 + self.last_epoch / self.total_size)
        way = 1 + self.last_epoch / self.total_size - cycle  # of this cycle, 0 to 1
        if way <= self.step_ratio:
            height = way / self.step_ratio
        else:
            height = (way - 1) / (self.step_ratio - 1)
        scale = self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            ends = zip(
                self.optimizer.param_groups, self.base_momentums, self.max_momentums, strict=True
            )
            for group, base, most in ends:
                set_momentum(group, most - (most - base) * height * scale)
        return [
            base + (most - base) * height * scale
            for base, most in zip(self.base_lrs, self.max_lrs, strict=True)
        ]

    def state_dict(self) -> dict[str, object]:
        """Return all attributes of the schedule; of `scale_fn`, the attributes of an object."""
        return {**super().state_dict(), "_scale_fn_custom": attributes_of(self._scale_fn_custom)}

    def load_state_dict(self, state_dict: Mapping[str, object]) -> None:
        """Resume from what `state_dict` returned, with the `scale_fn` that is here."""
        scale_fn = self._scale_fn_custom
        super().load_state_dict({**state_dict, "_scale_fn_custom": scale_fn})
        set_attributes(scale_fn, state_dict["_scale_fn_custom"])
