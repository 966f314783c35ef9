"""The base of all schedules.

Theory of operation. Most schedules have two formulas for their rates. The *recursive* one computes
them from the present rates, so a change by another schedule or by the user stays in force; `step`
uses it. The *closed* one computes them from the first rates; `step(epoch)`, which jumps, uses it.
Both give the same if nothing else changes the rates.

    recursive   η ← γ η
    closed      η = η₀ γ^epoch
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from minitorch_autograd import Tensor

from ..engine.optimizer import Optimizer
from ..engine.options import number, set_rate


class LRScheduler:
    """The base class of schedules, which set the learning rates of an optimizer, epoch by epoch.

    A subclass defines `get_lr`, which returns the rates of epoch `last_epoch`. It sets its own
    attributes before it calls this constructor, which calls `get_lr` for epoch 0. (The schedules
    here define `_next_rates` instead, and `closed_form` where there is one.)

    Args:
        optimizer: the optimizer whose rates are set; `step` it before the schedule.
        last_epoch: the epoch to resume from; -1 to begin. To resume, groups need an `initial_lr`,
            which comes with the optimizer's `state_dict`.

    Attributes:
        base_lrs: the rate of each group before the first step.
        last_epoch: the epoch the optimizer whose rates are set.

    Raises:
        TypeError: if `optimizer` is not one.
        KeyError: if there is a `last_epoch`, but a group without `initial_lr`.
    """

    last_epoch: int
    # The private names, too, are torch's: they are the keys of state dicts.
    _last_lr: list[float]
    _step_count: int
    _is_initial: bool = False  # whether the rates are the first of this schedule
    _get_lr_called_within_step: bool = False

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        check_optimizer(optimizer)
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", number(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}] when resuming "
                    "scheduler with last_epoch >= 0: load the optimizer's state dict first"
                )
        self.optimizer = optimizer
        if optimizer._steps_unscheduled is None:
            optimizer._steps_unscheduled = optimizer._steps
        self.base_lrs = [number(group["initial_lr"]) for group in optimizer.param_groups]
        self.last_epoch = last_epoch
        self._initial_step()

    def _initial_step(self) -> None:
        self._step_count = 0
        self._is_initial = True
        try:
            self.step()
        finally:
            self._is_initial = False

    def get_lr(self) -> Sequence[float | Tensor]:
        """Return the rate of each group for epoch `last_epoch`; called by `step`.

        Warns:
            UserWarning: if it is not `step` that calls it.
        """
        if not self._get_lr_called_within_step:
            warnings.warn(
                "To get the last learning rate computed by the scheduler, please use "
                "`get_last_lr()`: `get_lr` computes the next from it.",
                stacklevel=2,
            )
        return self._next_rates()

    def _next_rates(self) -> list[float]:
        raise NotImplementedError(f"{type(self).__name__}: a schedule needs `get_lr`")

    def closed_form(self) -> list[float] | None:
        """Return the rates of epoch `last_epoch` from the first ones, or None without a formula."""
        return None

    def get_last_lr(self) -> list[float]:
        """Return the rate of each group, as last set."""
        return self._last_lr

    def step(self, epoch: int | None = None) -> None:
        """Advance to the next epoch, and set its rates.

        Args:
            epoch: the epoch to jump to; deprecated in torch.

        Warns:
            UserWarning: if the optimizer has not made a step since the schedule was made; if
                there is an `epoch`.
        """
        if self._step_count == 1 and self.optimizer._steps_unscheduled == self.optimizer._steps:
            warnings.warn(ORDER_WARNING, stacklevel=2)
        self._step_count += 1
        if epoch is not None:
            warnings.warn(EPOCH_WARNING, stacklevel=2)
        self._go_to(epoch)

    def _go_to(self, epoch: int | None = None) -> None:
        """Set the rates of `epoch` by the closed formula, or of the next by the recursive one."""
        self.last_epoch = self.last_epoch + 1 if epoch is None else epoch
        with self._within_step():
            rates = None if epoch is None else self.closed_form()
            self._set(self.get_lr() if rates is None else rates)

    @contextmanager
    def _within_step(self) -> Iterator[None]:
        self._get_lr_called_within_step = True
        try:
            yield
        finally:
            self._get_lr_called_within_step = False

    def _set(self, rates: Sequence[float | Tensor]) -> None:
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            set_rate(group, number(rate))
        self._last_lr = self._present_rates()

    def _present_rates(self) -> list[float]:
        return [number(group["lr"]) for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, object]:
        """Return all attributes of the schedule, but not the optimizer."""
        return {name: value for name, value in vars(self).items() if name != "optimizer"}

    def load_state_dict(self, state_dict: Mapping[str, object]) -> None:
        """Resume from what `state_dict` returned. The rates come with the optimizer's."""
        vars(self).update({name: _without_tensors(value) for name, value in state_dict.items()})


def check_optimizer(optimizer: object) -> None:
    """Raise TypeError unless it is an Optimizer."""
    if not isinstance(optimizer, Optimizer):
        raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")


def one_per_group(
    name: str, optimizer: Optimizer, values: float | Tensor | Sequence[float | Tensor]
) -> list[float]:
    """Return a number for each group: those given, or the one given for all.

    Raises:
        ValueError: if there are more or fewer than groups.
    """
    groups = len(optimizer.param_groups)
    if not isinstance(values, Sequence):
        values = [values] * groups
    if len(values) != groups:
        raise ValueError(
            f"{name} must have the same length as optimizer.param_groups. {name} has "
            f"{len(values)} values, param_groups has {groups}."
        )
    return [number(value) for value in values]


def _without_tensors(value: object) -> object:
    """Return a saved value with its tensors as numbers: torch may save rates as tensors."""
    if isinstance(value, Tensor):
        return value.item()
    if isinstance(value, list):
        return [_without_tensors(one) for one in value]
    return value


ORDER_WARNING = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. Call them in the opposite "
    "order: the first value of the schedule is skipped otherwise."
)
EPOCH_WARNING = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
    "possible. Please use `scheduler.step()` to step the scheduler."
)
