"""Hooks of all modules: for debugging, profiling, and counting what a model does.

They are called before a module's own. Each function returns a handle, whose `remove()` takes the
hook away.

Source: https://docs.pytorch.org/docs/stable/nn.html#module (global hooks)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias, TypeVar

from .hook_methods import HasHooks
from .hooks import GLOBAL, ForwardHook, RemovableHandle, register

__all__ = [
    "register_module_buffer_registration_hook",
    "register_module_forward_hook",
    "register_module_forward_pre_hook",
    "register_module_full_backward_hook",
    "register_module_full_backward_pre_hook",
    "register_module_module_registration_hook",
    "register_module_parameter_registration_hook",
]

F = TypeVar("F")
Kind: TypeAlias = Literal["buffer", "module", "parameter"]

# What is called when a module gets something, and for which kind of thing.
REGISTRATIONS: Final[dict[int, tuple[Kind, Callable[..., Any]]]] = {}


class _GlobalHandle(RemovableHandle):
    def remove(self) -> None:
        """Remove the hook; after the last, calls pay nothing for hooks any more."""
        super().remove()
        _show()


def _show() -> None:
    """Let modules without hooks of their own find those of all modules, if there are any."""
    some = GLOBAL.forward_pre or GLOBAL.forward or GLOBAL.backward_pre or GLOBAL.backward
    HasHooks._hooks = GLOBAL if some else None


def _register(hooks: dict[int, F], hook: F) -> RemovableHandle:
    handle = _GlobalHandle(hooks, register(hooks, hook).id)
    _show()
    return handle


def register_module_forward_pre_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, args)`` before each `forward`; it may return other arguments."""
    return _register(GLOBAL.forward_pre, ForwardHook(hook, with_kwargs=False))


def register_module_forward_hook(
    hook: Callable[..., Any], *, with_kwargs: bool = False, always_call: bool = False
) -> RemovableHandle:
    """Call ``hook(module, args, output)`` after each `forward`; it may return another output.

    Args:
        hook: the function; with keyword arguments ``hook(module, args, kwargs, output)``.
        with_kwargs: whether it takes the keyword arguments, too.
        always_call: whether it is called where `forward` raises, too; with None as output.
    """
    return _register(GLOBAL.forward, ForwardHook(hook, with_kwargs, always_call))


def register_module_full_backward_pre_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, grad_output)`` when the gradients of a module's outputs arrive."""
    return _register(GLOBAL.backward_pre, hook)


def register_module_full_backward_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, grad_input, grad_output)`` when both gradients of a module are there."""
    return _register(GLOBAL.backward, hook)


def register_module_buffer_registration_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, name, buffer)`` when a module gets a buffer; it may return another."""
    return register(REGISTRATIONS, ("buffer", hook))


def register_module_module_registration_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, name, submodule)`` when a module gets one; it may return another."""
    return register(REGISTRATIONS, ("module", hook))


def register_module_parameter_registration_hook(hook: Callable[..., Any]) -> RemovableHandle:
    """Call ``hook(module, name, parameter)`` when a module gets one; it may return another."""
    return register(REGISTRATIONS, ("parameter", hook))


def registered(module: object, name: str, value: object, kind: Kind) -> object:
    """Return what a module gets under `name`, after all hooks have seen it."""
    for wanted, hook in list(REGISTRATIONS.values()):
        if wanted == kind:
            changed = hook(module, name, value)
            value = value if changed is None else changed
    return value
