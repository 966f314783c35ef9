"""The registration of hooks, by the names that modules have for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .hooks import ForwardHook, Hooks, RemovableHandle, register


class HasHooks:
    """What can have hooks. A hook takes the module first; its handle's `remove()` takes it away."""

    # Most modules never have any of their own; the class's are those of all modules.
    _hooks: Hooks | None = None

    def _own_hooks(self) -> Hooks:
        own: Hooks = vars(self).setdefault("_hooks", Hooks())
        return own

    def register_forward_pre_hook(
        self, hook: Callable[..., Any], *, prepend: bool = False, with_kwargs: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, args)`` before each `forward`; it may return other arguments.

        Args:
            hook: the function; with keyword arguments it is called as ``hook(module, args,
                kwargs)`` and returns both or None.
            prepend: whether it comes before those that are there.
            with_kwargs: whether it takes the keyword arguments, too.
        """
        return register(self._own_hooks().forward_pre, ForwardHook(hook, with_kwargs), prepend)

    def register_forward_hook(
        self,
        hook: Callable[..., Any],
        *,
        prepend: bool = False,
        with_kwargs: bool = False,
        always_call: bool = False,
    ) -> RemovableHandle:
        """Call ``hook(module, args, output)`` after each `forward`; it may return another output.

        Args:
            hook: the function; with keyword arguments ``hook(module, args, kwargs, output)``.
            prepend: whether it comes before those that are there.
            with_kwargs: whether it takes the keyword arguments, too.
            always_call: whether it is called where `forward` raises, too; with None as output.
        """
        return register(
            self._own_hooks().forward, ForwardHook(hook, with_kwargs, always_call), prepend
        )

    def register_full_backward_pre_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, grad_output)`` when the gradients of the outputs arrive.

        It may return other gradients in a tuple.
        """
        return register(self._own_hooks().backward_pre, hook, prepend)

    def register_full_backward_hook(
        self, hook: Callable[..., Any], prepend: bool = False
    ) -> RemovableHandle:
        """Call ``hook(module, grad_input, grad_output)`` when both gradients are there.

        It may return other gradients of the inputs in a tuple. Inputs are the arguments by
        position; those that need no gradient have None.
        """
        return register(self._own_hooks().backward, hook, prepend)

    def register_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, prefix, keep_vars)`` before a state dict is made."""
        return register(self._own_hooks().state_dict_pre, hook)

    def register_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, state_dict, prefix, local_metadata)`` when a state dict was made."""
        return register(self._own_hooks().state_dict_post, hook)

    def register_load_state_dict_pre_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call a hook before a state dict is loaded, of which it may change the keys.

        It is called as ``hook(module, state_dict, prefix, local_metadata, strict, missing_keys,
        unexpected_keys, error_msgs)``.
        """
        return register(self._own_hooks().load_pre, hook)

    def register_load_state_dict_post_hook(self, hook: Callable[..., Any]) -> RemovableHandle:
        """Call ``hook(module, incompatible_keys)`` after a state dict was loaded.

        It may change the lists of keys: what is missing then decides whether that is an error.
        """
        return register(self._own_hooks().load_post, hook)
