"""Hooks: functions that an optimizer calls before and after a step, saving and loading."""

from __future__ import annotations

import functools
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from typing import TypeAlias

    from .groups import StateDict
    from .optimizer import Optimizer

    # The args, of which the first is the optimizer, and kwargs of `step`.
    Arguments: TypeAlias = tuple[tuple[Any, ...], dict[str, Any]]
    PreHook: TypeAlias = Callable[[Optimizer, tuple[Any, ...], dict[str, Any]], Arguments | None]
    PostHook: TypeAlias = Callable[[Optimizer, tuple[Any, ...], dict[str, Any]], None]
    StateHook: TypeAlias = Callable[[Optimizer], None]
    StateDictHook: TypeAlias = Callable[[Optimizer, StateDict], StateDict | None]

H = TypeVar("H")
R = TypeVar("R")

_numbers: Final = count()


class RemovableHandle:
    """A handle to remove a hook by; as a context manager it removes it at the end."""

    def __init__(self, hooks: dict[int, Any]) -> None:
        self._hooks = hooks
        self.id = next(_numbers)

    def remove(self) -> None:
        """Remove the hook, if it is still there."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


def register(hooks: dict[int, H], hook: H, prepend: bool = False) -> RemovableHandle:
    """Add a hook after those of its kind, or before them."""
    handle = RemovableHandle(hooks)
    others = dict(hooks)
    hooks.clear()
    hooks.update({handle.id: hook, **others} if prepend else {**others, handle.id: hook})
    return handle


class Hooks:
    """The hooks of one optimizer, by kind, in the order in which they are called."""

    def __init__(self) -> None:
        self.step_pre: dict[int, PreHook] = {}
        self.step_post: dict[int, PostHook] = {}
        self.state_dict_pre: dict[int, StateHook] = {}
        self.state_dict_post: dict[int, StateDictHook] = {}
        self.load_pre: dict[int, StateDictHook] = {}
        self.load_post: dict[int, StateHook] = {}


everywhere: Final = Hooks()  # called by every optimizer; only those of steps are used


def register_optimizer_step_pre_hook(hook: PreHook) -> RemovableHandle:
    """Let `hook` be called before each step of any optimizer; see `register_step_pre_hook`.

    Source: https://docs.pytorch.org/docs/stable/optim.html
    """
    return register(everywhere.step_pre, hook)


def register_optimizer_step_post_hook(hook: PostHook) -> RemovableHandle:
    """Let `hook` be called after each step of any optimizer; see `register_step_post_hook`.

    Source: https://docs.pytorch.org/docs/stable/optim.html
    """
    return register(everywhere.step_post, hook)


def hooked(step: Callable[..., R]) -> Callable[..., R]:
    """Wrap `step`, a method of an optimizer: call the hooks, and count the steps."""

    @functools.wraps(step)
    def counted(*args: Any, **kwargs: Any) -> R:  # noqa: ANN401
        optimizer: Optimizer = args[0]
        hooks = optimizer._hooks
        for pre_hook in (*everywhere.step_pre.values(), *hooks.step_pre.values()):
            changed = pre_hook(optimizer, args, kwargs)
            if changed is not None:
                if not isinstance(changed, tuple) or len(changed) != 2:
                    raise RuntimeError(
                        f"{step.__qualname__} must return None or a tuple of (new_args, "
                        f"new_kwargs), but got {changed}: a pre hook did"
                    )
                args, kwargs = changed
        result = step(*args, **kwargs)
        optimizer._steps += 1
        for post_hook in (*hooks.step_post.values(), *everywhere.step_post.values()):
            post_hook(optimizer, args, kwargs)
        return result

    return counted
