"""How an average goes on with one value more: functions for `AveragedModel`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from minitorch_autograd import Tensor, no_grad

# (average, present value, number of values in the average) to the next average; called under
# `no_grad`
AverageFunction: TypeAlias = Callable[[Tensor, Tensor, Tensor | int], Tensor]
# the same for many at once, written into the first
MultiAverageFunction: TypeAlias = Callable[[Sequence[Tensor], Sequence[Tensor], Tensor | int], None]


def get_ema_avg_fn(decay: float = 0.999) -> AverageFunction:
    """Return the function of an exponential average: ``a ← d a + (1 - d) θ``.

    Args:
        decay: d, 0 to 1.

    Raises:
        ValueError: if it is not.
    """
    _check_decay(decay)

    def ema(average: Tensor, value: Tensor, count: Tensor | int) -> Tensor:
        return decay * average + (1 - decay) * value

    return ema


def get_swa_avg_fn() -> AverageFunction:
    """Return the function of an average of equal weights: ``a ← a + (θ - a) / (n + 1)``."""

    def swa(average: Tensor, value: Tensor, count: Tensor | int) -> Tensor:
        return average + (value - average) / (count + 1)

    return swa


def get_ema_multi_avg_fn(decay: float = 0.999) -> MultiAverageFunction:
    """Return `get_ema_avg_fn` for many tensors at once.

    Raises:
        ValueError: if `decay` is out of its range.
    """
    return each(get_ema_avg_fn(decay))


def get_swa_multi_avg_fn() -> MultiAverageFunction:
    """Return `get_swa_avg_fn` for many tensors at once."""
    return each(get_swa_avg_fn())


def _check_decay(decay: float) -> None:
    if not 0 <= decay <= 1:
        raise ValueError(
            f"Invalid decay value {decay} provided. Please provide a value in [0,1] range."
        )


def each(function: AverageFunction) -> MultiAverageFunction:
    """Return the function that takes one tensor after another."""

    def many(averages: Sequence[Tensor], values: Sequence[Tensor], count: Tensor | int) -> None:
        with no_grad():
            for average, value in zip(averages, values, strict=True):
                average.copy_(function(average, value, count))

    return many
