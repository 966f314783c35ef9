"""Rates by functions of the epoch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import TypeAlias

from ..engine.optimizer import Optimizer
from .scheduler import LRScheduler

Factor: TypeAlias = Callable[[int], float]  # of the epoch


class _ByFunction(LRScheduler):
    """A schedule with a function for each group.

    For a callable object its `state_dict` has the attributes; for a function made by `def` or
    `lambda` it has None.
    """

    def __init__(
        self, optimizer: Optimizer, lr_lambda: Factor | Sequence[Factor], last_epoch: int = -1
    ) -> None:
        groups = len(optimizer.param_groups)
        functions = lr_lambda if isinstance(lr_lambda, Sequence) else [lr_lambda] * groups
        for function in functions:
            if not callable(function):
                raise TypeError(
                    f"lr_lambda should be a function, but got {type(function).__name__}"
                )
        if len(functions) != groups:
            raise ValueError(
                f"Expected {groups} lr_lambdas, but got {len(functions)}: one for each group"
            )
        self.lr_lambdas: list[Factor] = list(functions)
        super().__init__(optimizer, last_epoch)

    def _factors(self) -> list[float]:
        return [function(self.last_epoch) for function in self.lr_lambdas]

    def state_dict(self) -> dict[str, object]:
        """Return all attributes of the schedule; of functions, the attributes of objects."""
        return {
            **super().state_dict(),
            "lr_lambdas": [attributes_of(function) for function in self.lr_lambdas],
        }

    def load_state_dict(self, state_dict: Mapping[str, object]) -> None:
        """Resume from what `state_dict` returned, with the functions that are here."""
        attributes = state_dict["lr_lambdas"]
        super().load_state_dict({**state_dict, "lr_lambdas": self.lr_lambdas})
        if isinstance(attributes, list):
            for function, saved in zip(self.lr_lambdas, attributes, strict=True):
                set_attributes(function, saved)


def attributes_of(function: object) -> dict[str, object] | None:
    """Return the attributes of a callable object, or None for a function of `def` or `lambda`."""
    if isinstance(function, FunctionType) or not hasattr(function, "__dict__"):
        return None
    return dict(vars(function))


def set_attributes(function: object, saved: object) -> None:
    """Set the attributes that `attributes_of` returned."""
    if isinstance(saved, Mapping):
        vars(function).update(saved)


class LambdaLR(_ByFunction):
    """Sets the rate of each group to its first one times a function of the epoch.

        η = η₀ f(epoch)

    Args:
        optimizer: the optimizer whose rates are set.
        lr_lambda: f, or one for each group.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        TypeError: if f is no function.
        ValueError: if there are more functions than groups, or fewer.
    """

    def _next_rates(self) -> list[float]:
        return [rate * factor for rate, factor in zip(self.base_lrs, self._factors(), strict=True)]


class MultiplicativeLR(_ByFunction):
    """Multiplies the rate of each group by a function of the epoch, from epoch 1 on.

        η ← η f(epoch)

    Args:
        optimizer: the optimizer whose rates are set.
        lr_lambda: f, or one for each group.
        last_epoch: the epoch to resume from; -1 to begin.

    Raises:
        TypeError: if f is no function.
        ValueError: if there are more functions than groups, or fewer.
    """

    def _next_rates(self) -> list[float]:
        rates = self._present_rates()
        if self._is_initial:
            return rates
        return [rate * factor for rate, factor in zip(rates, self._factors(), strict=True)]
