"""The types of parameter groups and of state dicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypedDict

from minitorch_autograd import Tensor

# The parameters that a constructor takes: tensors, pairs of a name and a tensor, or groups with
# options of their own, `{"params": [weight, bias], "lr": 0.1}`.
ParamsT: TypeAlias = Iterable[Tensor | tuple[str, Tensor] | Mapping[str, object]]


class Options(TypedDict):
    """The options of every optimizer."""

    lr: float | Tensor  # a tensor has one element


class _SetBySchedules(TypedDict, total=False):
    initial_lr: float  # the rate before the first step of a schedule
    max_lr: float  # the largest and the least rate of a schedule that goes up and down
    min_lr: float
    max_momentum: float  # the largest and the least momentum, as rates go down and up
    base_momentum: float
    swa_lr: float  # the rate while weights are averaged
    param_names: list[str]


class ParamGroup(Options, _SetBySchedules):
    """Parameters that are updated with the same options. Each optimizer adds its own options."""

    params: list[Tensor]


class StateDict(TypedDict):
    """What `state_dict` returns. Parameters are numbered in the order of their groups."""

    state: dict[int, dict[str, object]]
    param_groups: list[dict[str, object]]
