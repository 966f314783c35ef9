"""A rate that falls in steps."""

from __future__ import annotations

from ._lr_scheduler import LRScheduler
from ._optimizer import Optimizer


class StepLR(LRScheduler):
    """Multiplies the rate of each group by `gamma` every `step_size` epochs.

        η = η₀ γ^⌊epoch / size⌋

    Args:
        optimizer: whose rates are set.
        step_size: the epochs between two falls, at least 1.
        gamma: the factor γ.
        last_epoch: the epoch from which to go on; -1 to begin.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.optim.lr_scheduler.StepLR.html
    """

    def __init__(
        self, optimizer: Optimizer, step_size: int, gamma: float = 0.1, last_epoch: int = -1
    ) -> None:
        self.step_size = step_size
        self.gamma = gamma
        super().__init__(optimizer, last_epoch)

    def get_lr(self) -> list[float]:
        """Return the rate of each group for epoch `last_epoch`.

        From the present rate, not from η₀: what else changes the rates stays in force.
        """
        falls = self.last_epoch > 0 and self.last_epoch % self.step_size == 0
        factor = self.gamma if falls else 1
        return [rate * factor for rate in self._rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        return [rate * self.gamma ** (self.last_epoch // self.step_size) for rate in self.base_lrs]
