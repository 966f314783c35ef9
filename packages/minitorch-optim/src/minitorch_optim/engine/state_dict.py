"""Saving and loading: options and states as a `state_dict` in torch's layout.

    {"state": {0: {"step": ..., "exp_avg": ...}, 1: ...},
     "param_groups": [{"lr": 0.1, ..., "params": [0, 1]}]}

The numbers stand for the parameters, in the order of their groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from minitorch_autograd import Tensor, no_grad, zeros

from .groups import ParamGroup, StateDict
from .rule import tensors_in


def parameter_numbers(groups: Sequence[ParamGroup]) -> list[list[int]]:
    """Return the numbers of the parameters of each group; the same one has one number."""
    numbers: dict[Tensor, int] = {}
    rows, first = [], 0
    for group in groups:
        params = group["params"]
        rows.append([numbers.setdefault(p, i) for i, p in enumerate(params, first)])
        first += len(params)
    return rows


def copied_options(options: Mapping[str, object]) -> dict[str, object]:
    """Return the options of a saved group, with a copy of a rate that is a tensor."""
    return {
        name: value.clone() if isinstance(value, Tensor) else value
        for name, value in options.items()
    }


def build_state_dict(
    groups: Sequence[ParamGroup], states: Mapping[Tensor, Mapping[str, object]]
) -> StateDict:
    """Return the `state_dict` of these groups and states."""
    saved_groups: list[dict[str, object]] = []
    saved_states: dict[int, dict[str, object]] = {}
    for group, numbers in zip(groups, parameter_numbers(groups), strict=True):
        options = {name: value for name, value in group.items() if name != "params"}
        saved_groups.append({**options, "params": numbers})
        for number, parameter in zip(numbers, group["params"], strict=True):
            state = states.get(parameter, {})
            kept = {name: value for name, value in state.items() if not name.startswith("_")}
            if kept:
                saved_states[number] = kept
    return {"state": saved_states, "param_groups": saved_groups}


def match_parameters(groups: Sequence[ParamGroup], state_dict: StateDict) -> dict[int, Tensor]:
    """Return the parameter for each number in a state dict.

    Raises:
        ValueError: if the groups differ in number or in length.
    """
    saved_groups = state_dict["param_groups"]
    if len(groups) != len(saved_groups):
        raise ValueError(
            "loaded state dict has a different number of parameter groups: "
            f"{len(saved_groups)}, and the optimizer has {len(groups)}"
        )
    found: dict[int, Tensor] = {}
    for i, (group, saved_group) in enumerate(zip(groups, saved_groups, strict=True)):
        params, numbers = group["params"], saved_group["params"]
        if not isinstance(numbers, list) or len(numbers) != len(params):
            raise ValueError(
                "loaded state dict contains a parameter group that doesn't match the size of "
                f"optimizer's group: group {i} has {len(params)} parameters, saved are {numbers}"
            )
        found.update(zip(numbers, params, strict=True))
    return found


# Options that PyTorch added later: older files lack them.
_ADDED_LATER: Final = frozenset(
    (
        "amsgrad",
        "capturable",
        "centered",
        "decoupled_weight_decay",
        "differentiable",
        "foreach",
        "fused",
        "maximize",
        "nesterov",
    )
)


def check_options_present(name: str, defaults: Mapping[str, object], state_dict: StateDict) -> None:
    """Raise ValueError if `state_dict` lacks options of the optimizer `name`."""
    for i, group in enumerate(state_dict["param_groups"]):
        missing = [one for one in defaults if one not in group and one not in _ADDED_LATER]
        if missing:
            raise ValueError(
                f"{name}: loaded state dict is of another optimizer: its group {i} has no {missing}"
            )


def copied_tensors(parameter: Tensor, state: Mapping[str, object]) -> dict[str, Tensor]:
    """Return copies of the tensors in a saved state, in the element type of `parameter`.

    Only the step keeps its own type: float16 counts to 2048 only.
    """
    with no_grad():
        return {
            name: value.clone() if name == "step" else _cast(value, parameter)
            for name, value in tensors_in(state).items()
        }


def copied_lists(parameter: Tensor, state: Mapping[str, object]) -> dict[str, list[object]]:
    """Return copies of the lists in a saved state, with copies of the tensors in them."""
    with no_grad():
        return {
            name: [_cast(one, parameter) if isinstance(one, Tensor) else one for one in value]
            for name, value in state.items()
            if isinstance(value, list)
        }


def _cast(value: Tensor, parameter: Tensor) -> Tensor:
    return zeros(value.shape, dtype=parameter.dtype).copy_(value)
