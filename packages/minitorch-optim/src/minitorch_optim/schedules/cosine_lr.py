"""Rates that follow a cosine."""

from __future__ import annotations

from math import cos, floor, log, pi

from ..engine.optimizer import Optimizer
from .scheduler import LRScheduler


class CosineAnnealingLR(LRScheduler):
    """Lowers each rate to `eta_min` by half a cosine, and raises it again by the other half.

        η = m + (η₀ - m) (1 + cos(π epoch / T)) / 2

    Args:
        optimizer: the optimizer whose rates are set.
        T_max: T, the epochs until the least rate, at least 1.
        eta_min: m, the least rate.
        last_epoch: the epoch to resume from; -1 to begin.

    Source: Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, 2017,
    equation 5, without the restarts.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_max: int,  # noqa: N803  (torch's name)
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        self.T_max = T_max
        self.eta_min = eta_min
        super().__init__(optimizer, last_epoch)

    def _height(self, epoch: int) -> float:
        return 1 + cos(pi * epoch / self.T_max)

    def _next_rates(self) -> list[float]:
        least, rates = self.eta_min, self._present_rates()
        if self._is_initial:
            return rates
        if (self.last_epoch - 1) % (2 * self.T_max) == self.T_max:
            # The last rate was `eta_min`, where the factor would be x / 0: add the rise instead.
            rise = (1 - cos(pi / self.T_max)) / 2
            return [
                rate + (base - least) * rise
                for rate, base in zip(rates, self.base_lrs, strict=True)
            ]
        factor = self._height(self.last_epoch) / self._height(self.last_epoch - 1)
        return [factor * (rate - least) + least for rate in rates]

    def closed_form(self) -> list[float]:
        """Return the rates of epoch `last_epoch`, from η₀."""
        height = self._height(self.last_epoch)
        return [self.eta_min + (base - self.eta_min) * height / 2 for base in self.base_lrs]


class CosineAnnealingWarmRestarts(LRScheduler):
    """Lowers each rate to `eta_min` by half a cosine, and restarts; the next time may be longer.

        η = m + (η₀ - m) (1 + cos(π t / T)) / 2

    with t, the epochs since the last start, and T, those between it and the next: T₀, T₀ M,
    T₀ M², ...

    Args:
        optimizer: the optimizer whose rates are set.
        T_0: T₀, the epochs until the first restart, at least 1.
        T_mult: M, the factor by which that grows, an int of 1 or more.
        eta_min: m, the least rate.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        ValueError: if an argument is out of its range.

    Source: Loshchilov, Hutter: SGDR: Stochastic Gradient Descent with Warm Restarts, 2017,
    equation 5.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        T_0: int,  # noqa: N803  (torch's name)
        T_mult: int = 1,  # noqa: N803
        eta_min: float = 0.0,
        last_epoch: int = -1,
    ) -> None:
        if not isinstance(T_0, int) or T_0 <= 0:
            raise ValueError(f"Expected positive integer T_0, but got {T_0}")
        if not isinstance(T_mult, int) or T_mult < 1:
            raise ValueError(f"Expected integer T_mult >= 1, but got {T_mult}")
        if not isinstance(eta_min, (float, int)):
            raise ValueError(
                f"Expected float or int eta_min, but got {eta_min} of type {type(eta_min)}"
            )
        self.T_0 = T_0
        self.T_i = T_0
        self.T_mult = T_mult
        self.eta_min = eta_min
        self.T_cur: float = last_epoch
        super().__init__(optimizer, last_epoch)

    def _next_rates(self) -> list[float]:
        height = 1 + cos(pi * self.T_cur / self.T_i)
        return [self.eta_min + (base - self.eta_min) * height / 2 for base in self.base_lrs]

    def step(self, epoch: float | None = None) -> None:
        """Advance to the next epoch, or jump to a given one, and set its rates.

        Args:
            epoch: where to go, 0 or more; fractions may follow the batches of an epoch:
                ``schedule.step(epoch + i / batches)``.

        Raises:
            ValueError: if `epoch` is negative.
        """
        if epoch is None and self.last_epoch < 0:
            epoch = 0
        if epoch is None:
            epoch = self.last_epoch + 1
            self._advance()
        else:
            if epoch < 0:
                raise ValueError(f"Expected non-negative epoch, but got {epoch}")
            self._jump(epoch)
        self.last_epoch = floor(epoch)
        with self._within_step():
            self._set(self.get_lr())

    def _advance(self) -> None:
        self.T_cur += 1
        if self.T_cur >= self.T_i:
            self.T_cur %= self.T_i
            self.T_i *= self.T_mult

    def _jump(self, epoch: float) -> None:
        """Set t and T for any epoch: after n restarts T₀ (1 + M + ... + Mⁿ⁻¹) have passed."""
        if epoch < self.T_0:
            self.T_i, self.T_cur = self.T_0, epoch
        elif self.T_mult == 1:
            self.T_cur = epoch % self.T_0
        else:
            restarts = int(log(epoch / self.T_0 * (self.T_mult - 1) + 1, self.T_mult))
            growth = self.T_mult**restarts
            self.T_cur = epoch - self.T_0 * (growth - 1) / (self.T_mult - 1)
            self.T_i = self.T_0 * growth
