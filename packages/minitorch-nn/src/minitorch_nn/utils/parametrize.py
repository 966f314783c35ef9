"""Parametrizations: a parameter that is computed from others each time it is read.

Theory of operation. Of a module whose parameter `weight` is parametrized, the parameter itself goes
into `parametrizations.weight.original`, and the module's class becomes one of its own that has a
property `weight`, which computes it. Nothing else of the module changes.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parametrize.register_parametrization.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from minitorch_autograd import Tensor, no_grad

from .._module import Module
from .._module_list import ModuleDict, ModuleList
from .._parameter import Buffer, Parameter

__all__ = [
    "ParametrizationList",
    "cached",
    "is_parametrized",
    "register_parametrization",
    "remove_parametrizations",
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


class ParametrizationList(ModuleList[Module]):
    """The parametrizations of one tensor, applied one after the other, and what they start from.

    `original` is what the first takes; `original0`, `original1`, ... if it takes several.
    """

    original: Parameter | Tensor

    def __init__(self, modules: Sequence[Module], original: Tensor) -> None:
        super().__init__(modules)
        self.ntensors = 0
        self._is_parameter = isinstance(original, Parameter)
        start: Any = original
        with no_grad():
            for module in reversed(list(self)):
                inverse = getattr(module, "right_inverse", None)
                start = start if inverse is None else inverse(start)
        if isinstance(start, Tensor):
            self._keep("original", start, original)
        else:
            self.ntensors = len(start)
            for i, one in enumerate(start):
                self._keep(f"original{i}", one, original)

    def _keep(self, name: str, value: Tensor, original: Tensor) -> None:
        if self._is_parameter:
            setattr(self, name, Parameter(value.detach(), original.requires_grad))
        else:
            setattr(self, name, Buffer(value))

    def forward(self) -> Tensor:
        """Return the tensor."""
        own = vars(self)
        names = [f"original{i}" for i in range(self.ntensors)] or ["original"]
        modules: list[Any] = list(self)
        value: Tensor = modules[0](*[own[name] for name in names])
        for module in modules[1:]:
            value = module(value)
        return value

    def right_inverse(self, value: Tensor) -> None:
        """Set what it starts from so that the tensor becomes `value`.

        Raises:
            RuntimeError: if a parametrization has no `right_inverse`.
        """
        start: Any = value
        with no_grad():
            for module in reversed(list(self)):
                inverse = getattr(module, "right_inverse", None)
                if inverse is None:
                    raise RuntimeError(
                        f"parametrization {type(module).__name__} does not implement right_inverse."
                    )
                start = inverse(start)
            own = vars(self)
            if isinstance(start, Tensor):
                own["original"].copy_(start)
            else:
                for i, one in enumerate(start):
                    own[f"original{i}"].copy_(one)


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
    if is_parametrized(module, tensor_name):
        held: ParametrizationList = vars(module)["parametrizations"][tensor_name]
        before: Any = held()
        _check_result(tensor_name, before, parametrization.forward(before), unsafe)
        held.append(parametrization)
        return module
    value = vars(module).get(tensor_name)
    if not isinstance(value, Tensor) or not (
        isinstance(value, Parameter) or tensor_name in module._buffers
    ):
        raise ValueError(
            f"Module '{module}' does not have a parameter, a buffer, or a parametrized element "
            f"with name '{tensor_name}'"
        )
    made = ParametrizationList([parametrization], value)
    _check_result(tensor_name, value, made(), unsafe)
    if not hasattr(module, "parametrizations"):
        _give_own_class(module)
        module.add_module("parametrizations", ModuleDict())
    delattr(module, tensor_name)
    vars(module)["parametrizations"][tensor_name] = made
    _add_property(module, tensor_name)
    return module


def _check_result(name: str, before: Tensor, after: object, unsafe: bool) -> None:
    if unsafe:
        return
    if not isinstance(after, Tensor):
        raise ValueError(
            f"A parametrization must return a tensor. Got {type(after).__name__} for {name}."
        )
    if after.shape != before.shape or after.dtype is not before.dtype:
        raise ValueError(
            "Registering a parametrization may not change the shape of the tensor, unless `unsafe` "
            f"flag is enabled: {name} is {before.shape}, of {before.dtype}, and would be "
            f"{after.shape}, of {after.dtype}"
        )


def _give_own_class(module: Module) -> None:
    """Put between a module and its class one that can have properties of its own."""
    old = type(module)
    module.__class__ = type(f"Parametrized{old.__name__}", (old,), {})


def _add_property(module: Module, name: str) -> None:
    def read(self: Module) -> Tensor:
        held: ParametrizationList = vars(self)["parametrizations"][name]
        if not _depth[0]:
            return held()
        key = id(self), name
        if key not in _values:
            _values[key] = held()
        return _values[key]

    def write(self: Module, value: Tensor) -> None:
        held: ParametrizationList = vars(self)["parametrizations"][name]
        held.right_inverse(value)

    setattr(type(module), name, property(read, write))


def is_parametrized(module: Module, tensor_name: str | None = None) -> bool:
    """Tell whether a tensor of `module`, or any, is parametrized."""
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
    held: ParametrizationList = vars(module)["parametrizations"][tensor_name]
    if leave_parametrized:
        with no_grad():
            value = held().detach()
    elif held.ntensors:
        raise ValueError(
            "Cannot leave unparametrized (`leave_parametrized=False`) a tensor that is "
            "parametrized in terms of a sequence of tensors."
        )
    else:
        value = held.original.detach()
    delattr(type(module), tensor_name)
    del vars(module)["parametrizations"][tensor_name]
    if held._is_parameter:
        module.register_parameter(
            tensor_name, Parameter(value, next(held.parameters(recurse=False)).requires_grad)
        )
    else:
        module.register_buffer(tensor_name, value)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = type(module).__bases__[0]
    return module
