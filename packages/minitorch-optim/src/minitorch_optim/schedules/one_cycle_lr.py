"""Rates that go up and down once: the 1cycle policy."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi
from typing import Literal, TypeAlias, TypedDict

from minitorch_autograd import Tensor

from ..engine.optimizer import Optimizer
from ..engine.options import number
from .momentum import begin_cycle, set_momentum
from .scheduler import LRScheduler, check_optimizer, one_per_group

Rate: TypeAlias = Literal["initial_lr", "max_lr", "min_lr"]
Momentum: TypeAlias = Literal["max_momentum", "base_momentum"]
Anneal: TypeAlias = Literal["cos", "linear"]


class Phase(TypedDict):
    """A part of the cycle: its last step, and the entries of a group between which it goes."""

    end_step: float
    start_lr: Rate
    end_lr: Rate
    start_momentum: Momentum
    end_momentum: Momentum


class OneCycleLR(LRScheduler):
    """Raises each rate to `max_lr`, and lowers it to far less than the first one.

        initial_lr = max_lr / div_factor        min_lr = initial_lr / final_div_factor

    Call `step` after each batch, not after each epoch, `total_steps` times at most.

    Args:
        optimizer: the optimizer whose rates are set.
        max_lr: the largest rate, or one for each group.
        total_steps: the steps of the cycle, at least 1.
        epochs: with `steps_per_epoch`, in place of `total_steps`, which is their product.
        steps_per_epoch: see `epochs`.
        pct_start: the part of the steps, 0 to 1, in which the rate rises.
        anneal_strategy: "cos" for half a cosine from rate to rate, "linear" for a straight line.
        cycle_momentum: whether the momentum, or β₁, goes down as rates go up, and up again.
        base_momentum: the least momentum, or one for each group.
        max_momentum: the largest, or one for each group.
        div_factor: `max_lr` over the first rate.
        final_div_factor: the first rate over the last.
        three_phase: whether to go down to the first rate as slowly as up, and then to the last.
        last_epoch: the step to resume from; -1 to begin.

    Raises:
        ValueError: if an argument is out of its range, there is no momentum to change, or there is
            not one value for each group; from `step`, if the cycle is over.
        TypeError: if `optimizer` is not one.

    Source: Smith, Topin: Super-Convergence: Very Fast Training of Neural Networks Using Large
    Learning Rates, 2018, section 3, where three phases are meant.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        max_lr: float | Tensor | Sequence[float | Tensor],
        total_steps: int | None = None,
        epochs: int | None = None,
        steps_per_epoch: int | None = None,
        pct_start: float = 0.3,
        anneal_strategy: Anneal = "cos",
        cycle_momentum: bool = True,
        base_momentum: float | Sequence[float] = 0.85,
        max_momentum: float | Sequence[float] = 0.95,
        div_factor: float = 25.0,
        final_div_factor: float = 1e4,
        three_phase: bool = False,
        last_epoch: int = -1,
    ) -> None:
        check_optimizer(optimizer)
        self.total_steps = _total_steps(total_steps, epochs, steps_per_epoch)
        if not isinstance(pct_start, float) or not 0 <= pct_start <= 1:
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        self._schedule_phases = _phases(pct_start, self.total_steps, three_phase)
        check_anneal(anneal_strategy)
        self._anneal_func_type = anneal_strategy
        max_lrs = one_per_group("max_lr", optimizer, max_lr)
        if last_epoch == -1:
            for group, most in zip(optimizer.param_groups, max_lrs, strict=True):
                group["initial_lr"] = most / div_factor
                group["max_lr"] = most
                group["min_lr"] = most / div_factor / final_div_factor
        self.cycle_momentum = cycle_momentum
        if cycle_momentum:
            self.use_beta1 = "betas" in optimizer.defaults
            begin_cycle(optimizer, base_momentum, max_momentum, last_epoch)
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        if self.last_epoch > self.total_steps:
            raise ValueError(
                f"Tried to step {self.last_epoch} times. The specified number of total steps is "
                f"{self.total_steps}"
            )
        phase, way = self._phase()
        rates = []
        for group in self.optimizer.param_groups:
            start, end = number(group[phase["start_lr"]]), number(group[phase["end_lr"]])
            rates.append(self._between(start, end, way))
            if self.cycle_momentum:
                start, end = group[phase["start_momentum"]], group[phase["end_momentum"]]
                set_momentum(group, self._between(start, end, way))
        return rates

    def _phase(self) -> tuple[Phase, float]:
        """Return the present phase, and the fraction of it that has passed."""
        start = 0.0
        for phase in self._schedule_phases[:-1]:
            if self.last_epoch <= phase["end_step"]:
                break
            start = phase["end_step"]
        else:
            phase = self._schedule_phases[-1]
        return phase, (self.last_epoch - start) / (phase["end_step"] - start)

    def _between(self, start: float, end: float, way: float) -> float:
        if self._anneal_func_type == "cos":
            return end + (start - end) / 2 * (1 + cos(pi * way))
        return (end - start) * way + start


def check_anneal(strategy: str) -> None:
    """Raise ValueError unless the strategy is "cos" or "linear"."""
    if strategy not in ("cos", "linear"):
        raise ValueError(
            f"anneal_strategy must be one of 'cos' or 'linear', instead got {strategy}"
        )


def _total_steps(total_steps: int | None, epochs: int | None, steps_per_epoch: int | None) -> int:
    if total_steps is not None:
        return _positive("total_steps", total_steps)
    if epochs is None or steps_per_epoch is None:
        raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
    return _positive("epochs", epochs) * _positive("steps_per_epoch", steps_per_epoch)


def _positive(name: str, value: int) -> int:
    if not isinstance(value, int) or value <= 0:
        raise ValueError(f"Expected positive integer {name}, but got {value}")
    return value


def _phases(part: float, steps: int, three: bool) -> list[Phase]:
    up: Phase = {
        "end_step": part * steps - 1,
        "start_lr": "initial_lr",
        "end_lr": "max_lr",
        "start_momentum": "max_momentum",
        "end_momentum": "base_momentum",
    }
    down: Phase = {
        "end_step": steps - 1,
        "start_lr": "max_lr",
        "end_lr": "min_lr",
        "start_momentum": "base_momentum",
        "end_momentum": "max_momentum",
    }
    if not three:
        return [up, down]
    last: Phase = {**down, "start_lr": "initial_lr", "start_momentum": "max_momentum"}
    return [up, {**down, "end_step": 2 * part * steps - 2, "end_lr": "initial_lr"}, last]
