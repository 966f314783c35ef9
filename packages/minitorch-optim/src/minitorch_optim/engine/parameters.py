"""Reading the parameters that an optimizer is given, as groups of leaf tensors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from minitorch_autograd import Tensor

from .groups import ParamsT


def groups_in(params: ParamsT) -> list[Mapping[str, object]]:
    """Return the groups that a constructor was given; parameters without a group become one.

    Raises:
        TypeError: if `params` is one tensor, or no iterable, or mixes groups with tensors.
        ValueError: if it is empty.
    """
    if isinstance(params, Tensor) or not isinstance(params, Iterable):
        raise TypeError(
            "params argument given to the optimizer should be an iterable of Tensors or dicts, "
            f"but got {type(params).__name__}"
        )
    given = list(params)
    if not given:
        raise ValueError("optimizer got an empty parameter list")
    if not isinstance(given[0], Mapping):
        return [{"params": given}]
    groups = []
    for group in given:
        if not isinstance(group, Mapping):
            raise TypeError(f"param_group must be a dict, but got {type(group).__name__}")
        groups.append(group)
    return groups


def leaves_in(params: object) -> tuple[list[Tensor], list[str]]:
    """Return the parameters of one group, and their names, if they have any.

    Raises:
        TypeError: if one is no tensor, or they are in no order.
        ValueError: if one isn't a leaf, or some have names and some none.
    """
    if isinstance(params, Tensor):
        params = [params]
    if isinstance(params, (set, frozenset)) or not isinstance(params, Iterable):
        raise TypeError(
            "optimizer parameters need to be organized in ordered collections, but the ordering of "
            "tensors in sets will change between runs. Please use a list instead."
        )
    leaves: list[Tensor] = []
    names: list[str] = []
    for one in params:
        if isinstance(one, tuple):
            name, one = one
            names.append(name)
        leaves.append(_leaf(one))
    if names and len(names) != len(leaves):
        raise ValueError(
            "all optimizer params should be with/without names. Some param names are missing: "
            f"{len(leaves)} parameters have {len(names)}"
        )
    return leaves, names


def _leaf(parameter: object) -> Tensor:
    if not isinstance(parameter, Tensor):
        raise TypeError(
            "optimizer can only optimize Tensors, "
            f"but one of the params is {type(parameter).__name__}"
        )
    if not parameter.is_leaf:
        raise ValueError(
            f"can't optimize a non-leaf Tensor: one of shape {parameter.shape} was computed from "
            "others; make a parameter of it by detach().requires_grad_()"
        )
    return parameter
