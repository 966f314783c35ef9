"""Loading a state dict: one error lists all that does not match, and then nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import TYPE_CHECKING, NamedTuple

from minitorch_autograd import Tensor, no_grad

from .parameter import Parameter, Uninitialized

if TYPE_CHECKING:
    from .module import Module

EXTRA = "_extra_state"


class IncompatibleKeys(NamedTuple):
    """What `load_state_dict` found not to match."""

    missing_keys: list[str]
    unexpected_keys: list[str]

    def __repr__(self) -> str:
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return (
            f"_IncompatibleKeys(missing_keys={self.missing_keys}, "
            f"unexpected_keys={self.unexpected_keys})"
        )


class Place(NamedTuple):
    """Where a state dict's tensor belongs."""

    module: Module
    name: str
    value: Tensor


def places(root: Module) -> Iterator[tuple[str, Place]]:
    """Yield what a state dict holds: each module's parameters, its buffers, its children's."""
    for path, module in root.named_modules(remove_duplicate=False):
        for name, value in module._own_state():
            yield f"{path}.{name}" if path else name, Place(module, name, value)


def load(
    root: Module,
    state_dict: Mapping[str, object],
    strict: bool,
    assign: bool,
    may_lack: Set[str],
) -> IncompatibleKeys:
    """Copy the tensors of `state_dict` into those of `root`, or put them in their place."""
    if not isinstance(state_dict, Mapping):
        raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
    state = dict(state_dict)
    missing: list[str] = []
    unexpected: list[str] = []
    problems: list[str] = []
    modules = list(root.named_modules(remove_duplicate=False))
    for path, module in modules:
        if module._hooks is not None:
            prefix = f"{path}." if path else ""
            for hook in module._hooks.load_pre.values():
                hook(module, state, prefix, {}, strict, missing, unexpected, problems)
    own = dict(places(root))
    extra = {
        f"{path}.{EXTRA}" if path else EXTRA: module
        for path, module in modules
        if module._has_extra_state()
    }
    missing += [key for key in [*own, *extra] if key not in state and key not in may_lack]
    unexpected += [key for key in state if key not in own and key not in extra]
    problems += _misfits(own, state)
    _load_post(modules, IncompatibleKeys(missing, unexpected))
    told = [("Missing", missing), ("Unexpected", unexpected)] if strict else []
    problems = [
        *[f"{what} key(s) in state_dict: {_quoted(keys)}. " for what, keys in told if keys],
        *problems,
    ]
    if problems:
        raise RuntimeError(
            f"Error(s) in loading state_dict for {type(root).__name__}:\n\t" + "\n\t".join(problems)
        )
    for key, place_of in own.items():
        if key in state:
            _put(place_of, state[key], assign)
    for key, module in extra.items():
        if key in state:
            module.set_extra_state(state[key])
    return IncompatibleKeys(missing, unexpected)


def _load_post(modules: list[tuple[str, Module]], keys: IncompatibleKeys) -> None:
    for _, module in modules:
        if module._hooks is not None:
            for hook in module._hooks.load_post.values():
                if hook(module, keys) is not None:
                    raise AssertionError(
                        "Hooks registered with ``register_load_state_dict_post_hook`` are not "
                        "expected to return new values, if incompatible_keys need to be modified, "
                        "it should be done inplace."
                    )


def _misfits(own: Mapping[str, Place], state: Mapping[str, object]) -> list[str]:
    """Return what of the state dict does not fit, as messages."""
    problems = []
    for key, (_, _, value) in own.items():
        given = state.get(key, value)
        if not isinstance(given, Tensor):
            problems.append(
                f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like '
                f"object from checkpoint but received {type(given)}"
            )
        elif isinstance(value, Uninitialized) or isinstance(given, Uninitialized):
            if given is not value and not isinstance(value, Uninitialized):
                problems.append(f"{key} is uninitialized in the checkpoint and not in the model.")
        elif given.shape != value.shape:
            problems.append(
                f"size mismatch for {key}: copying a param with shape {_size(given)} "
                f"from checkpoint, the shape in current model is {_size(value)}."
            )
    return problems


def _put(place: Place, given: object, assign: bool) -> None:
    module, name, value = place
    assert isinstance(given, Tensor)
    if isinstance(given, Uninitialized):
        return  # as it was
    if assign:
        tracks = value.requires_grad
        made = Parameter(given, tracks) if isinstance(value, Parameter) else given
        object.__setattr__(module, name, made)
        return
    if isinstance(value, Uninitialized):
        value.materialize(given.shape, dtype=given.dtype)
    with no_grad():
        value.copy_(given)


def _quoted(keys: list[str]) -> str:
    return ", ".join(f'"{key}"' for key in keys)


def _size(tensor: Tensor) -> str:
    return f"torch.Size({list(tensor.shape)})"
