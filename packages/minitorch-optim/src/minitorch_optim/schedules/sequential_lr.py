"""Schedules made of others: all at once (`ChainedScheduler`), or one after another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from ..engine.optimizer import Optimizer
from ..engine.options import number, set_rate
from .reduce_on_plateau import ReduceLROnPlateau
from .scheduler import LRScheduler


class _Composed(LRScheduler):
    """A schedule that contains others. Its `state_dict` contains theirs."""

    _schedulers: Sequence[LRScheduler]

    def state_dict(self) -> dict[str, object]:
        """Return all attributes of the schedule and of those in it, but not the optimizer."""
        states = [schedule.state_dict() for schedule in self._schedulers]
        return {**super().state_dict(), "_schedulers": states}

    def load_state_dict(self, state_dict: Mapping[str, object]) -> None:
        """Resume from what `state_dict` returned. The rates come with the optimizer's."""
        states = state_dict["_schedulers"]
        super().load_state_dict({**state_dict, "_schedulers": self._schedulers})
        if isinstance(states, list):
            for schedule, state in zip(self._schedulers, states, strict=True):
                schedule.load_state_dict(state)


class ChainedScheduler(_Composed):
    """Lets several schedules step at once: their factors are multiplied.

    Args:
        schedulers: the schedules, all of one optimizer. They combine if each has a recursive
            formula, as most have.
        optimizer: the optimizer that all must have; that of the first schedule unless given.

    Raises:
        ValueError: if there are none, one is of another optimizer or a `ReduceLROnPlateau`.
        TypeError: if one is no schedule.
    """

    def __init__(
        self, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None = None
    ) -> None:
        if len(schedulers) < 1:
            raise ValueError(
                f"{type(self).__name__} expects at least one scheduler to be chained, "
                "but got no scheduler."
            )
        self.optimizer = _common_optimizer(self, schedulers, optimizer)
        self._schedulers = schedulers
        self._last_lr = self._present_rates()

    def step(self) -> None:  # type: ignore[override]  # each schedule has its own epochs
        """Let each schedule step."""
        for schedule in self._schedulers:
            schedule.step()
        self._last_lr = self._present_rates()


class SequentialLR(_Composed):
    """Lets one schedule after another step; each begins at a milestone with its epoch 0.

    Args:
        optimizer: the optimizer whose rates are set.
        schedulers: the schedules, of that optimizer.
        milestones: the epochs at which the second begins, and each that follows.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        ValueError: if there are no schedules, or not one more than milestones, or one is of
            another optimizer or a `ReduceLROnPlateau`.
        TypeError: if one is no schedule.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        schedulers: Sequence[LRScheduler],
        milestones: Sequence[int],
        last_epoch: int = -1,
    ) -> None:
        if len(schedulers) < 1:
            raise ValueError(
                f"{type(self).__name__} expects at least one scheduler, but got no scheduler."
            )
        self.optimizer = _common_optimizer(self, schedulers, optimizer)
        if len(milestones) != len(schedulers) - 1:
            raise ValueError(
                "Sequential Schedulers expects number of schedulers provided to be one more than "
                "the number of milestone points, but got number of schedulers "
                f"{len(schedulers)} and the number of milestones to be equal to {len(milestones)}"
            )
        self._schedulers = schedulers
        self._milestones = milestones
        self.last_epoch = last_epoch + 1
        # The constructor of each schedule has set its first rates already.
        for group in optimizer.param_groups:
            set_rate(group, number(group["initial_lr"]))
        _undo(self)
        first = schedulers[bisect_right(milestones, 0)]
        first._initial_step()
        self._last_lr = first.get_last_lr()

    def step(self) -> None:  # type: ignore[override]  # each schedule has its own epochs
        """Let the schedule of the present epoch step."""
        self.last_epoch += 1
        turn = bisect_right(self._milestones, self.last_epoch)
        schedule = self._schedulers[turn]
        if turn > 0 and self._milestones[turn - 1] == self.last_epoch:
            schedule._go_to(0)
        else:
            schedule.step()
        self._last_lr = schedule.get_last_lr()


def _undo(schedule: LRScheduler) -> None:
    """Undo the first step of a schedule, or of all in it."""
    if isinstance(schedule, _Composed):
        for inner in schedule._schedulers:
            _undo(inner)
    else:
        schedule.last_epoch -= 1


def _common_optimizer(
    composed: LRScheduler, schedulers: Sequence[LRScheduler], optimizer: Optimizer | None
) -> Optimizer:
    name = type(composed).__name__
    for i, schedule in enumerate(schedulers):
        kind = type(schedule).__name__
        if not hasattr(schedule, "optimizer"):
            raise TypeError(
                f"{name} at index {i} should have `optimizer` as its attribute, but it is {kind}"
            )
        if isinstance(schedule, ReduceLROnPlateau):
            raise ValueError(
                f"{name} does not support `ReduceLROnPlateau` scheduler as it requires additional "
                f"kwargs to be specified when calling `step`, but got one at index {i} in the "
                "given schedulers sequence."
            )
        if optimizer is None:
            optimizer = schedule.optimizer
        if schedule.optimizer is not optimizer:
            raise ValueError(
                f"{name} expects all schedulers to belong to the same optimizer, but got scheduler "
                f"{kind} at index {i}, which has another {type(schedule.optimizer).__name__}"
            )
    assert optimizer is not None  # there is a schedule
    return optimizer
