"""Functions of the user that a walk calls, and the notes on a node that has some.

Theory of operation. Few nodes have hooks, so a node has one field, `notes`, that is None until
something is noted, and the walk asks for nothing else. The hooks of a tensor are kept at the node
that receives its gradient (of a leaf, the node where it gathers): a tensor and its node then go
together, and nothing points back. In the order in which a walk comes to them, these are

- `hooks` of the tensor: each gets its gradient, and may return another in its place;
- `retained`: the tensor that keeps the gradient in `.grad`, though it is no leaf;
- `prehooks` of the node: as `hooks`, of a tuple with the gradients of all the node's outputs;
- `accumulated` of a leaf: called with the leaf when its `.grad` is written;
- `posthooks` of the node: they get the gradients of its inputs, and may return others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar
from weakref import ref

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from .node import Node
    from .value import Tensor

    Gradients: TypeAlias = tuple["Tensor | None", ...]
    TensorHook: TypeAlias = Callable[[Tensor], Tensor | None]
    Prehook: TypeAlias = Callable[[Gradients], Gradients | None]
    Posthook: TypeAlias = Callable[[Gradients, Gradients], Gradients | None]
    LeafHook: TypeAlias = Callable[[Tensor], None]

__all__ = ["RemovableHandle"]

H = TypeVar("H")


class RemovableHandle(Generic[H]):
    """What takes a hook away again: by `remove()`, or at the end of a `with` block.

    Args:
        hooks: where the hooks are kept; the new one belongs under this handle's `id`.

    Source: `torch.utils.hooks.RemovableHandle`
    """

    next_id = count().__next__

    def __init__(self, hooks: dict[int, H]) -> None:
        self.id = RemovableHandle.next_id()
        self._hooks = hooks

    def remove(self) -> None:
        """Take the hook away; once it is gone, do nothing."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle[H]:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


def add_hook(hooks: dict[int, H], hook: H) -> RemovableHandle[H]:
    """Keep `hook` behind those that are in `hooks`, and return its handle."""
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return handle


class Notes:
    """What is noted on some nodes only: hooks, several outputs, where they were made."""

    __slots__ = (
        "accumulated",
        "common",
        "hooks",
        "outputs",
        "positions",
        "posthooks",
        "prehooks",
        "retained",
        "traceback",
    )

    def __init__(self) -> None:
        self.hooks: dict[int, TensorHook] = {}
        self.prehooks: dict[int, Prehook] = {}
        self.posthooks: dict[int, Posthook] = {}
        self.accumulated: dict[int, LeafHook] = {}
        self.retained: ref[Tensor] | None = None
        # Of an operation with several outputs: the shape and type of each, None of what is no
        # tensor; see `engine.outputs`.
        self.outputs: list[tuple[tuple[int, ...], dtype] | None] | None = None
        # A step that its rules share: they get its result, and what has no gradient gives None.
        self.common: Callable[[Gradients], Gradients] | None = None
        # Under anomaly detection: where the operation was called; and which of its inputs, counted
        # with those that track nothing, each edge leads to.
        self.traceback: str | None = None
        self.positions: Sequence[int] | None = None


def notes_of(node: Node) -> Notes:
    """Return the notes on `node`, to write on."""
    if node.notes is None:
        node.notes = Notes()
    return node.notes


def run_hooks(notes: Notes, g: Tensor) -> Tensor:
    """Return the gradient of a tensor as its hooks leave it."""
    for hook in list(notes.hooks.values()):
        result = hook(g)
        if result is not None:
            _refuse_other(hook, g, result)
            g = result
    if notes.retained is not None:
        tensor = notes.retained()
        if tensor is not None:
            tensor._grad = g.clone() if tensor._grad is None else tensor._grad + g
    return g


def run_prehooks(notes: Notes, gradients: Gradients) -> Gradients:
    """Return the gradients of a node's outputs as its hooks leave them."""
    for hook in list(notes.prehooks.values()):
        gradients = _replaced(hook, gradients, hook(gradients))
    return gradients


def run_posthooks(notes: Notes, inputs: Gradients, outputs: Gradients) -> Gradients:
    """Return the gradients of a node's inputs as its hooks leave them."""
    for hook in list(notes.posthooks.values()):
        inputs = _replaced(hook, inputs, hook(inputs, outputs))
    return inputs


def run_accumulated(notes: Notes, leaf: Tensor) -> None:
    """Call the hooks of a leaf whose gradient was written."""
    for hook in list(notes.accumulated.values()):
        result: object = hook(leaf)
        if result is not None:
            raise TypeError(
                f"expected Variable, but hook returned '{type(result).__name__}': the result of "
                f"{_name(hook)}, called when a gradient was accumulated, is not used; return None"
            )


def _replaced(hook: object, before: Gradients, result: Gradients | None) -> Gradients:
    """Return what the hook of a node made of the gradients `before`."""
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
            _refuse_other(hook, old, new)
    return result


def _refuse_other(hook: object, old: Tensor, new: Tensor | None) -> None:
    """Raise if `new` can't take the place of the gradient `old`."""
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
