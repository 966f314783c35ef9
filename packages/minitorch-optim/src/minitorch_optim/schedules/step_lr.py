"""Rates that are multiplied by a factor: every few epochs, at milestones, or every epoch."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from ..engine.optimizer import Optimizer
from .scheduler import LRScheduler


class StepLR(LRScheduler):
    """Multiplies the rate of each group by `gamma` every `step_size` epochs.

        η = η₀ γ^⌊epoch / size⌋

    Args:
        optimizer: the optimizer whose rates are set.
        step_size: the epochs between two changes, at least 1.
        gamma: the factor γ.
        last_epoch: the epoch to resume from; -1 to begin.
    """

    def __init__(
        self, optimizer: Optimizer, step_size: int, gamma: float = 0.1, last_epoch: int = -1
    ) -> None:
        self.step_size = step_size
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        if self.last_epoch == 0 or self.last_epoch % self.step_size:
            return self._present_rates()
        return [rate * self.gamma for rate in self._present_rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        return [rate * self.gamma ** (self.last_epoch // self.step_size) for rate in self.base_lrs]


class MultiStepLR(LRScheduler):
    """Multiplies the rate of each group by `gamma` at each milestone.

        η = η₀ γ^(number of milestones up to the epoch)

    Args:
        optimizer: the optimizer whose rates are set.
        milestones: the epochs at which rates change, in any order; one that is listed twice
            counts twice.
        gamma: the factor γ.
        last_epoch: the epoch to resume from; -1 to begin.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        milestones: Iterable[int],
        gamma: float = 0.1,
        last_epoch: int = -1,
    ) -> None:
        self.milestones = Counter(milestones)
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        factor = self.gamma ** self.milestones[self.last_epoch]
        return [rate * factor for rate in self._present_rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        passed = bisect_right(sorted(self.milestones.elements()), self.last_epoch)
        return [rate * self.gamma**passed for rate in self.base_lrs]


class ExponentialLR(LRScheduler):
    """Multiplies the rate of each group by `gamma` every epoch.

        η = η₀ γ^epoch

    Args:
        optimizer: the optimizer whose rates are set.
        gamma: the factor γ.
        last_epoch: the epoch to resume from; -1 to begin.
    """

    def __init__(self, optimizer: Optimizer, gamma: float, last_epoch: int = -1) -> None:
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        factor = 1 if self._is_initial else self.gamma
        return [rate * factor for rate in self._present_rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        return [rate * self.gamma**self.last_epoch for rate in self.base_lrs]
