"""Hooks: the user's functions that a walk calls. They are kept in the notes of a node.

Theory of operation. The hooks of a tensor are kept at the node that receives its gradient (of a
leaf, its `AccumulateGrad`): the node belongs to the tensor and is deleted with it, and nothing
points back. The notes have, in the order in which a walk uses them,

- `hooks` of the tensor: each gets its gradient, and may return another in its place;
- `retained`: the tensor that keeps the gradient in `.grad`, though it is no leaf;
- `prehooks` of the node: as `hooks`, with a tuple of the gradients of all the node's outputs;
- `post_accumulate_hooks` of a leaf: called with the leaf when its `.grad` is written;
- `posthooks` of the node: they get the gradients of its inputs, and may return others.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from .notes import Notes
    from .value import Tensor

    Gradients: TypeAlias = tuple["Tensor | None", ...]
    TensorHook: TypeAlias = Callable[[Tensor], Tensor | None]
    Prehook: TypeAlias = Callable[[Gradients], Gradients | None]
    Posthook: TypeAlias = Callable[[Gradients, Gradients], Gradients | None]
    LeafHook: TypeAlias = Callable[[Tensor], None]

__all__ = ["RemovableHandle"]

H = TypeVar("H")


class RemovableHandle(Generic[H]):
    """The handle of a hook, which removes it: by `remove()`, or at the end of a `with` block.

    Args:
        hooks: where the hooks are kept, by the `id` of their handles.

    Source: `torch.utils.hooks.RemovableHandle`
    """

    next_id = count().__next__

    def __init__(self, hooks: dict[int, H]) -> None:
        self.id = RemovableHandle.next_id()
        self._hooks = hooks

    def remove(self) -> None:
        """Remove the hook; a second call does nothing."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle[H]:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


def add_hook(hooks: dict[int, H], hook: H) -> RemovableHandle[H]:
    """Add `hook` to `hooks`, to be called after those already there, and return its handle."""
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


def run_hooks(notes: Notes, g: Tensor) -> Tensor:
    """Return the gradient `g` of a tensor after its hooks, and keep it if that was asked for."""
    for hook in list(notes.hooks.values()):
        result = hook(g)
        if result is not None:
            _refuse_unlike(hook, g, result)
            g = result
    if notes.retained is not None:
        tensor = notes.retained()
        if tensor is not None:
            tensor._grad = g.clone() if tensor._grad is None else tensor._grad + g
    return g


def run_prehooks(notes: Notes, gradients: Gradients) -> Gradients:
    """Return the gradients of a node's outputs after its hooks."""
    for hook in list(notes.prehooks.values()):
        gradients = _checked_result(hook, gradients, hook(gradients))
    return gradients


def run_posthooks(notes: Notes, inputs: Gradients, outputs: Gradients) -> Gradients:
    """Return the gradients of a node's inputs after its hooks."""
    for hook in list(notes.posthooks.values()):
        inputs = _checked_result(hook, inputs, hook(inputs, outputs))
    return inputs


def run_post_accumulate_hooks(notes: Notes, leaf: Tensor) -> None:
    """Call the hooks of a leaf whose `.grad` was written."""
    for hook in list(notes.post_accumulate_hooks.values()):
        result: object = hook(leaf)
        if result is not None:
            raise TypeError(
                f"expected Variable, but hook returned '{type(result).__name__}': the result of "
                f"{_name(hook)}, called when a gradient was accumulated, is not used; return None"
            )


def _checked_result(hook: object, before: Gradients, result: Gradients | None) -> Gradients:
    """Return the gradients that a hook of a node returned, or those from `before` it."""
    if result is None:
        return before
    if not isinstance(result, tuple):
        raise TypeError(
            f"expected tuple, but hook returned '{type(result).__name__}': {_name(hook)} has to "
            f"return {len(before)} gradients, or None"
        )
    if len(result) != len(before):
        raise RuntimeError(
            f"hook '{_name(hook)}' has returned an incorrect number of values (got {len(result)}, "
            f"but expected {len(before)})"
        )
    for old, new in zip(before, result, strict=True):
        if old is not None:
            _refuse_unlike(hook, old, new)
    return result


def _refuse_unlike(hook: object, old: Tensor, new: Tensor | None) -> None:
    """Raise if the gradient `new` can't replace `old`: it has to be like it."""
    if not isinstance(new, type(old)):
        raise TypeError(
            f"expected Variable, but hook returned '{type(new).__name__}': {_name(hook)} has to "
            "return a tensor, or None to leave the gradient as it is"
        )
    if new.shape != old.shape:
        raise RuntimeError(
            f"hook '{_name(hook)}' has changed the size of value: from {list(old.shape)} to "
            f"{list(new.shape)}"
        )
    if new.dtype is not old.dtype:
        raise RuntimeError(
            f"hook '{_name(hook)}' has changed the type of value (was {old.dtype} got {new.dtype})"
        )


def _name(hook: object) -> str:
    return str(getattr(hook, "__name__", type(hook).__name__))
