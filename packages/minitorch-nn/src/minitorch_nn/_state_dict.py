"""Loading a state dict: all that does not match is said at once, and nothing is half done."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import NamedTuple

from minitorch_autograd import Tensor, no_grad


class IncompatibleKeys(NamedTuple):
    """What `load_state_dict` found not to match."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )


def load(
    name: str,
    own: Mapping[str, Tensor],
    state_dict: Mapping[str, Tensor],
    strict: bool,
    may_lack: Set[str],
) -> IncompatibleKeys:
    """Copy the tensors of `state_dict` into those of `own`, which belong to a module `name`."""
    missing = [key for key in own if key not in state_dict and key not in may_lack]
    unexpected = [key for key in state_dict if key not in own]
    problems = []
    if strict and unexpected:
        problems.append(f"Unexpected key(s) in state_dict: {_quoted(unexpected)}. ")
    if strict and missing:
        problems.append(f"Missing key(s) in state_dict: {_quoted(missing)}. ")
    for key, tensor in own.items():
        if key in state_dict and state_dict[key].shape != tensor.shape:
            problems.append(
                f"size mismatch for {key}: copying a param with shape {_size(state_dict[key])} "
                f"from checkpoint, the shape in current model is {_size(tensor)}."
            )
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {name}:\n\t" + "\n\t".join(problems)
        )
    with no_grad():
        for key, tensor in own.items():
            if key in state_dict:
                tensor.copy_(state_dict[key])
    return IncompatibleKeys(missing, unexpected)


def _quoted(keys: list[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)


def _size(tensor: Tensor) -> str:
    return f"torch.Size({list(tensor.shape)})"
