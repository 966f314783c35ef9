"""Parametrizations: a parameter that is computed from others each time it is read.

Theory of operation. Of a module whose parameter `weight` is parametrized, the parameter itself goes
into `parametrizations.weight.original`, and the module's class becomes one of its own that has a
property `weight`, which computes it. Nothing else of the module changes.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrize.register_parametrization.html
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import TypeVar

from minitorch_autograd import Tensor, no_grad

from ..containers.module_list import ModuleDict
from ..core.module import Module
from ..core.parameter import Parameter
from .parametrization_list import ParametrizationList, inverse_of, keep, set_data

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
    "transfer_parametrizations_and_params",
    "type_before_parametrizations",
]

M = TypeVar("M", bound=Module)

_values: dict[tuple[int, str], Tensor] = {}  # what was computed, while `cached` is on
_depth = [0]  # of `with cached()` blocks


@contextmanager
def cached() -> Iterator[None]:
    """Compute each parametrized tensor once while the `with` block lasts."""
    _depth[0] += 1
    try:
        yield
    finally:
        _depth[0] -= 1
        if not _depth[0]:
            _values.clear()


def register_parametrization(
    module: M, tensor_name: str, parametrization: Module, *, unsafe: bool = False
) -> M:
    """Compute a parameter or buffer of `module` by a parametrization each time it is read.

    Args:
        module: whose tensor.
        tensor_name: its name.
        parametrization: a module from the original tensor to the one that is read. With a method
            `right_inverse` the tensor can be assigned, and starts where it was.
        unsafe: whether the shape and element type may change.

    Returns:
        `module`.

    Raises:
        ValueError: if there is no such tensor, or the result has another shape or type.
    """
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        held = _list_of(module, tensor_name)
        if not unsafe:
            _check_added(module, tensor_name, parametrization)
        held.append(parametrization)
        held.unsafe |= unsafe
        return module
    value = vars(module).get(tensor_name)
    if not isinstance(value, Tensor) or not (
        isinstance(value, Parameter) or tensor_name in module._persistent
    ):
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element "
            f"with name '{tensor_name}'"
        )
    made = ParametrizationList([parametrization], value, unsafe)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        _give_own_class(module)
        module.add_module("parametrizations", ModuleDict())
    vars(module)["parametrizations"][tensor_name] = made
    _add_property(module, tensor_name)
    return module


def _list_of(module: Module, tensor_name: str) -> ParametrizationList:
    held: ParametrizationList = vars(module)["parametrizations"][tensor_name]
    return held


def _check_added(module: Module, name: str, parametrization: Module) -> None:
    """Refuse one more parametrization that changes the shape or element type, or whose inverse."""
    before: Tensor = getattr(module, name)
    after = parametrization(before)
    if not isinstance(after, Tensor):
        raise ValueError(f"A parametrization must return a tensor. Got {type(after).__name__}.")
    for what, old, new in _changes(before, after):
        raise ValueError(
            f"Registering a parametrization may not change the {what} of the tensor, unless "
            f"the `unsafe` flag is enabled.\nmodule.{name}.{what}: {old}\n"
            f"parametrization(module.{name}).{what}: {new}"
        )
    inverse = inverse_of(parametrization, after)
    if not isinstance(inverse, Tensor):
        raise ValueError(
            "parametrization.right_inverse must return a tensor. Got: " + type(inverse).__name__
        )
    for what, old, new in _changes(before, inverse):
        raise ValueError(
            f"The tensor returned by parametrization.right_inverse must have the same {what} "
            f"as module.{name}, unless the `unsafe` flag is enabled.\n"
            f"module.{name}.{what}: {old}\nreturned {what}: {new}"
        )


def _changes(before: Tensor, after: Tensor) -> list[tuple[str, object, object]]:
    """Return in what two tensors differ, with what each has."""
    kinds = ("dtype", before.dtype, after.dtype), ("shape", before.shape, after.shape)
    return [(what, old, new) for what, old, new in kinds if old != new]


def _give_own_class(module: Module) -> None:
    """Put between a module and its class one that can have properties of its own."""
    old = type(module)
    own = {"__getstate__": _refuse_pickling, "__deepcopy__": _deep_copy}
    module.__class__ = type(f"Parametrized{old.__name__}", (old,), own)


def _refuse_pickling(self: Module) -> object:
    raise RuntimeError(
        "Serialization of parametrized modules is only supported through state_dict(): the class "
        f"{type(self).__name__} exists in this process alone"
    )


def _deep_copy(self: Module, memo: dict[int, object]) -> Module:
    """Copy without `__getstate__`, which is for pickling."""
    copy = type(self).__new__(type(self))
    memo[id(self)] = copy
    vars(copy).update(deepcopy(vars(self), memo))
    return copy


def _add_property(module: Module, name: str) -> None:
    def read(self: Module) -> Tensor:
        held = _list_of(self, name)
        if not _depth[0]:
            return held()
        key = id(self), name
        if key not in _values:
            _values[key] = held()
        return _values[key]

    def write(self: Module, value: Tensor) -> None:
        _list_of(self, name).right_inverse(value)

    setattr(type(module), name, property(read, write))


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Return whether a tensor of `module`, or any, is parametrized."""
    held = vars(module).get("parametrizations")
    if not isinstance(held, ModuleDict):
        return False
    return len(held) > 0 if tensor_name is None else tensor_name in held


def remove_parametrizations(module: M, tensor_name: str, leave_parametrized: bool = True) -> M:
    """Make a parametrized tensor an ordinary one again.

    Args:
        module: whose tensor.
        tensor_name: its name.
        leave_parametrized: whether it keeps the value that was read; else it gets the original.

    Raises:
        ValueError: if it is not parametrized, or has several originals to be left.
    """
    if not is_parametrized(module, tensor_name):
        raise ValueError(f"Module {module} does not have a parametrization on {tensor_name}")
    held = _list_of(module, tensor_name)
    if not held.is_tensor and not leave_parametrized:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is "
            "parametrized in terms of a sequence of tensors."
        )
    if not held.is_tensor:
        value: Tensor = getattr(module, tensor_name)
        original: Tensor = Parameter(value) if value.requires_grad else value
    else:
        original = held.original
        if leave_parametrized:
            with no_grad():
                set_data(original, getattr(module, tensor_name))
    delattr(type(module), tensor_name)
    del vars(module)["parametrizations"][tensor_name]
    keep(module, tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type(module).__bases__[0]
    return module


def type_before_parametrizations(module: Module) -> type[Module]:
    """Return the class that a module has, or had before it was parametrized."""
    before: type[Module] = type(module).__bases__[0] if is_parametrized(module) else type(module)
    return before


def transfer_parametrizations_and_params(
    from_module: Module, to_module: Module, tensor_name: str | None = None
) -> Module:
    """Give a module the parametrizations of another, and the parameters that they start from.

    Both share them then. A tensor that `to_module` does not have is added to it.

    Args:
        from_module: whose parametrizations; if it has none, nothing happens.
        to_module: what gets them.
        tensor_name: of which tensor; of all by default.

    Returns:
        `to_module`.
    """
    if not is_parametrized(from_module):
        return to_module
    names = vars(from_module)["parametrizations"] if tensor_name is None else [tensor_name]
    for name in names:
        if not hasattr(to_module, name):
            to_module.register_parameter(name, Parameter(getattr(from_module, name)))
        held = _list_of(from_module, name)
        for parametrization in held:
            register_parametrization(to_module, name, parametrization)
        given = _list_of(to_module, name)
        originals = (
            ["original"] if held.is_tensor else [f"original{i}" for i in range(held.ntensors)]
        )
        for original in originals:
            setattr(given, original, getattr(held, original))
    return to_module
