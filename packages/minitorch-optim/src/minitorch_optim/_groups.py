"""The shapes of what an optimizer holds and saves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias, TypedDict

from minitorch_autograd import Tensor

# What a constructor takes: parameters, or groups of them with options of their own:
# `{"params": [weight, bias], "lr": 0.1}`.
ParamsT: TypeAlias = Iterable[Tensor | Mapping[str, object]]


class Options(TypedDict):
    """What every optimizer can be told."""

    lr: float


class _GroupMarks(TypedDict, total=False):
    initial_lr: float  # the rate from which a schedule began


class ParamGroup(Options, _GroupMarks):
    """Parameters that are updated with the same options. Each optimizer adds its own options."""

    params: list[Tensor]


class StateDict(TypedDict):
    """What `state_dict` returns: parameters are numbered in the order of their groups."""

    state: dict[int, dict[str, object]]
    param_groups: list[dict[str, object]]
