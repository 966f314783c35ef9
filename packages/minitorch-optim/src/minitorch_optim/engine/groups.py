"""The shapes of what an optimizer holds and saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypedDict

from minitorch_autograd import Tensor

# What a constructor takes: parameters, with names or without, or groups of them with options of
# their own: `{"params": [weight, bias], "lr": 0.1}`.
ParamsT: TypeAlias = Iterable[Tensor | tuple[str, Tensor] | Mapping[str, object]]


class Options(TypedDict):
    """What every optimizer can be told."""

    lr: float | Tensor  # a tensor has one element


class _GroupMarks(TypedDict, total=False):
    initial_lr: float  # the rate from which a schedule began
    max_lr: float  # between these a schedule goes up and down
    min_lr: float
    max_momentum: float  # as it goes down and up
    base_momentum: float
    swa_lr: float  # the rate of averaging
    param_names: list[str]


class ParamGroup(Options, _GroupMarks):
    """Parameters that are updated with the same options. Each optimizer adds its own options."""

    params: list[Tensor]


class StateDict(TypedDict):
    """What `state_dict` returns: parameters are numbered in the order of their groups."""

    state: dict[int, dict[str, object]]
    param_groups: list[dict[str, object]]
