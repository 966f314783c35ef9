"""The momentum of a group, `momentum` or the first of `betas`, for schedules that change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

from ..engine.groups import ParamGroup
from ..engine.optimizer import Optimizer
from .scheduler import one_per_group


class _WithMomentum(ParamGroup):
    momentum: float


class _WithBetas(ParamGroup):
    betas: tuple[float, ...]


def _has_momentum(group: ParamGroup) -> TypeGuard[_WithMomentum]:
    return "momentum" in group


def _has_betas(group: ParamGroup) -> TypeGuard[_WithBetas]:
    return "betas" in group


def set_momentum(group: ParamGroup, momentum: float) -> None:
    """Set β₁ where there is one, else the momentum."""
    if _has_betas(group):
        group["betas"] = (momentum, *group["betas"][1:])
    elif _has_momentum(group):
        group["momentum"] = momentum


def begin_cycle(
    optimizer: Optimizer,
    base_momentum: float | Sequence[float],
    max_momentum: float | Sequence[float],
    last_epoch: int,
) -> tuple[list[float], list[float]]:
    """Set each group's momentum to the largest, and enter the least and the largest in the group.

    Returns:
        The least and the largest momentum of each group.

    Raises:
        ValueError: if the optimizer has no momentum, or there is not one value for each group.
    """
    if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
        raise ValueError(
            "optimizer must support momentum or beta1 with `cycle_momentum` option enabled: "
            f"{type(optimizer).__name__} does not"
        )
    bases = one_per_group("base_momentum", optimizer, base_momentum)
    largest = one_per_group("max_momentum", optimizer, max_momentum)
    if last_epoch == -1:
        for group, base, most in zip(optimizer.param_groups, bases, largest, strict=True):
            set_momentum(group, most)
            group["max_momentum"] = most
            group["base_momentum"] = base
    return bases, largest
