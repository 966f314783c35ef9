"""The schedule of stochastic weight averaging: weights are averaged at a constant rate."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi

from minitorch_autograd import Tensor

from ..engine.optimizer import Optimizer
from ..engine.options import number
from .one_cycle_lr import Anneal, check_anneal
from .scheduler import LRScheduler, one_per_group


class SWALR(LRScheduler):
    """Brings each rate to `swa_lr` within some epochs, and keeps it there.

        η = (1 - a) η₀ + a swa_lr,      a = (1 - cos(π t)) / 2 or t,     t = min(epoch / epochs, 1)

    It is computed from the present rates: η₀ is the rate when averaging begins.

    Args:
        optimizer: the optimizer whose rates are set.
        swa_lr: the rate while weights are averaged, or one for each group.
        anneal_epochs: the epochs until then, 0 or more.
        anneal_strategy: "cos" for half a cosine from rate to rate, "linear" for a straight line.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        ValueError: if an argument is out of its range, or there is not one rate for each group.

    Source: Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads to Wider Optima
    and Better Generalization, 2018, section 3.2.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        swa_lr: float | Tensor | Sequence[float | Tensor],
        anneal_epochs: int = 10,
        anneal_strategy: Anneal = "cos",
        last_epoch: int = -1,
    ) -> None:
        rates = one_per_group("swa_lr", optimizer, swa_lr)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["swa_lr"] = rate
        check_anneal(anneal_strategy)
        self._anneal_strategy = anneal_strategy
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        self.anneal_epochs = anneal_epochs
        super().__init__(optimizer, last_epoch)

    def _way(self, step: int) -> float:
        """Return a, 0 to 1."""
        t = max(0, min(1, step / max(1, self.anneal_epochs)))
        return (1 - cos(pi * t)) / 2 if self._anneal_strategy == "cos" else t

    def _next_rates(self) -> list[float]:
        step = self._step_count - 1
        if self.anneal_epochs == 0:
            step = max(1, step)  # there at once
        before, now = self._way(step - 1), self._way(step)
        rates = []
        for group, rate in zip(self.optimizer.param_groups, self._present_rates(), strict=True):
            end = number(group["swa_lr"])
            # η₀, computed back from the present rate
            start = end if before == 1 else (rate - before * end) / (1 - before)
            rates.append(end * now + start * (1 - now))
        return rates
