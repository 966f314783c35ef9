"""Rates that change for a number of epochs: by a constant factor, on a line, or by a power."""

from __future__ import annotations

from ..engine.optimizer import Optimizer
from .scheduler import LRScheduler


class ConstantLR(LRScheduler):
    """Multiplies the rate of each group by `factor`, for the first epochs only.

        η = η₀ f        (η₀ from epoch `total_iters` on)

    Args:
        optimizer: the optimizer whose rates are set.
        factor: f, 0 to 1. With 0, epoch `total_iters` raises ZeroDivisionError, as in torch.
        total_iters: the number of epochs.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        ValueError: if `factor` is out of its range.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        factor: float = 1 / 3,
        total_iters: int = 5,
        last_epoch: int = -1,
    ) -> None:
        if not 0 <= factor <= 1:
            raise ValueError(
                f"Constant multiplicative factor expected to be between 0 and 1. It is {factor}"
            )
        self.factor = factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        if self.last_epoch == 0:
            factor = self.factor
        elif self.last_epoch == self.total_iters:
            factor = 1 / self.factor
        else:
            factor = 1
        return [rate * factor for rate in self._present_rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        factor = self.factor if self.last_epoch < self.total_iters else 1
        return [rate * factor for rate in self.base_lrs]


class LinearLR(LRScheduler):
    """Changes the factor of each rate linearly from one value to another.

        f = start + (end - start) min(epoch / total, 1)
        η = η₀ f

    Args:
        optimizer: the optimizer whose rates are set.
        start_factor: the factor of epoch 0, above 0, at most 1.
        end_factor: the factor from epoch `total_iters` on, 0 to 1.
        total_iters: the number of epochs between.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        ValueError: if a factor is out of its range.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        start_factor: float = 1 / 3,
        end_factor: float = 1.0,
        total_iters: int = 5,
        last_epoch: int = -1,
    ) -> None:
        if not 0 < start_factor <= 1:
            raise ValueError(
                "Starting multiplicative factor expected to be greater than 0 and less or equal "
                f"to 1. It is {start_factor}"
            )
        if not 0 <= end_factor <= 1:
            raise ValueError(
                f"Ending multiplicative factor expected to be between 0 and 1. It is {end_factor}"
            )
        self.start_factor = start_factor
        self.end_factor = end_factor
        self.total_iters = total_iters
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        epoch, way = self.last_epoch, self.end_factor - self.start_factor
        if epoch == 0:
            factor = self.start_factor
        elif self._is_initial or epoch > self.total_iters:
            factor = 1.0
        else:
            # f / (f of the epoch before), both times `total_iters`
            factor = 1 + way / (self.total_iters * self.start_factor + (epoch - 1) * way)
        return [rate * factor for rate in self._present_rates()]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        way = self.end_factor - self.start_factor
        epoch = min(self.total_iters, self.last_epoch)
        factor = self.start_factor + way * epoch / self.total_iters
        return [rate * factor for rate in self.base_lrs]


class PolynomialLR(LRScheduler):
    """Lowers each rate to 0 by a power of the remaining epochs.

        η = η₀ (1 - min(epoch / total, 1))^p

    Args:
        optimizer: the optimizer whose rates are set.
        total_iters: the number of epochs until 0.
        power: p; 1 for a straight line.
        last_epoch: the epoch to resume from; -1 to begin.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        total_iters: int = 5,
        power: float = 1.0,
        last_epoch: int = -1,
    ) -> None:
        self.total_iters = total_iters
        self.power = power
        super().__init__(optimizer, last_epoch)

    def _left(self, epoch: int) -> float:
        return 1 - epoch / self.total_iters

    def _next_rates(self) -> list[float]:
        epoch, rates = self.last_epoch, self._present_rates()
        if self._is_initial or epoch > self.total_iters:
            return rates
        factor = (self._left(epoch) / self._left(epoch - 1)) ** self.power
        return [rate * factor for rate in rates]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        factor = self._left(min(self.total_iters, self.last_epoch)) ** self.power
        return [rate * factor for rate in self.base_lrs]
