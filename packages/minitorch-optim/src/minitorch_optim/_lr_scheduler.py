"""The base of all schedules."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

from ._numbers import number, set_rate
from ._optimizer import Optimizer


class LRScheduler:
    """Sets the learning rates of an optimizer, epoch by epoch.

    A subclass has `get_lr`, the rates of epoch `last_epoch`; its own settings are assigned before
    this constructor is called, which asks for the rates of epoch 0 already. Most rates follow
    from the present ones, so that what else changes them stays in force; a subclass whose rates
    have a closed form offers it, too, for those who jump to an epoch: `closed_form`.

    Args:
        optimizer: whose rates are set; `step` it before the schedule.
        last_epoch: the epoch from which to go on; -1 to begin. To go on, the groups have an
            `initial_lr`, which comes with the optimizer's `state_dict`.

    Attributes:
        base_lrs: for each group the rate from which the schedule began.
        last_epoch: the epoch whose rates are set.

    Raises:
        TypeError: if `optimizer` is not one.
        KeyError: if there is a `last_epoch`, but a group without `initial_lr`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.LRScheduler.html
    """

    def __init__(self, optimizer: Optimizer, last_epoch: int = -1) -> None:
        if not isinstance(optimizer, Optimizer):
            raise TypeError(f"{type(optimizer).__name__} is not an Optimizer")
        for i, group in enumerate(optimizer.param_groups):
            if last_epoch == -1:
                group.setdefault("initial_lr", number(group["lr"]))
            elif "initial_lr" not in group:
                raise KeyError(
                    f"param 'initial_lr' is not specified in param_groups[{i}] when resuming "
                    "scheduler with last_epoch >= 0: load the optimizer's state dict first"
                )
        self.optimizer = optimizer
        self.base_lrs = [
            group.get("initial_lr", number(group["lr"])) for group in optimizer.param_groups
        ]
        self.last_epoch = last_epoch
        self._step_count = 0
        self._steps_before = optimizer._steps
        self._last_lr: list[float] = []
        self.step()

    def get_lr(self) -> list[float]:
        """Return the rate of each group for epoch `last_epoch`; `get_last_lr` is for callers."""
        raise NotImplementedError(f"{type(self).__name__}: a schedule needs `get_lr`")

    def closed_form(self) -> list[float] | None:
        """Return the rates of epoch `last_epoch` by themselves, or None where there is no way."""
        return None

    def get_last_lr(self) -> list[float]:
        """Return the rate of each group, as last set."""
        return self._last_lr

    def step(self, epoch: int | None = None) -> None:
        """Go on to the next epoch, and set its rates.

        Args:
            epoch: the epoch to jump to; torch means to leave this out.

        Warns:
            UserWarning: if the optimizer has not made a step since the schedule began.
        """
        if self._step_count == 1 and self._steps_before == self.optimizer._steps:
            warnings.warn(
                "Detected call of `lr_scheduler.step()` before `optimizer.step()`. Call them in "
                "the opposite order: the first value of the schedule is skipped otherwise.",
                stacklevel=2,
            )
        self._step_count += 1
        rates = None
        if epoch is None:
            self.last_epoch += 1
        else:
            warnings.warn(JUMP_WARNING, stacklevel=2)
            self.last_epoch = epoch
            rates = self.closed_form()
        self._set(self.get_lr() if rates is None else rates)

    def _set(self, rates: list[float]) -> None:
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            set_rate(group, rate)
        self._last_lr = self._rates()

    def _rates(self) -> list[float]:
        """Return the present rate of each group."""
        return [number(group["lr"]) for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, object]:
        """Return all that the schedule remembers, but not the optimizer."""
        kept_out = ("optimizer", "_steps_before")
        return {name: value for name, value in vars(self).items() if name not in kept_out}

    def load_state_dict(self, state_dict: Mapping[str, object]) -> None:
        """Go on from what `state_dict` returned. The rates come with the optimizer's."""
        vars(self).update(state_dict)


JUMP_WARNING = (
    "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
    "possible. Please use `scheduler.step()` to step the scheduler."
)
