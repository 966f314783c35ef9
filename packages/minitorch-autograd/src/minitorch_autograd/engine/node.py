"""The nodes of the graph: operations, and leaves, where gradients are collected."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from .hooks import RemovableHandle, add_hook
from .notes import notes_of
from .value import clock

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .hooks import Posthook, Prehook
    from .notes import Notes
    from .value import Tensor

    Rule: TypeAlias = Callable[[Tensor], Tensor]
    OutputRule: TypeAlias = Callable[[Tensor, Tensor], Tensor]
    # In a node either all rules take the output, or none does.
    Edge: TypeAlias = tuple["Node", Callable[..., Tensor]]

__all__ = ["Node"]


class Node:
    """An operation in the graph: its inputs, and the rules for their gradients."""

    __slots__ = ("__weakref__", "_name", "dtype", "edges", "notes", "output", "shape", "time")

    def __init__(self, name: str, raw: Raw, edges: list[Edge]) -> None:
        self._name = name
        self.shape = raw.shape
        self.dtype = raw.dtype
        self.edges: list[Edge] | None = edges  # None once freed
        self.output: Tensor | None = None  # for rules that take it: an alias that tracks nothing
        self.notes: Notes | None = None  # hooks, and whatever else only some nodes have
        self.time = clock.tick()

    def name(self) -> str:
        """Return the operation's name, torch's where torch has one."""
        return self._name

    @property
    def next_functions(self) -> tuple[tuple[Node, int], ...]:
        """The nodes of the inputs that track gradients, each with the index of its output.

        Raises:
            RuntimeError: if the graph was freed.
        """
        if self.edges is None:
            raise RuntimeError(
                f"{self._name}: its inputs are not known any more, since a walk freed the graph; "
                "ask before backward(), or specify retain_graph=True"
            )
        return tuple((node.shown, node.index) for node, _ in self.edges)

    @property
    def shown(self) -> Node:
        """The node that users see: of one of several outputs, the node of the whole operation."""
        return self

    @property
    def index(self) -> int:
        """Which output of the operation `shown` this node is for."""
        return 0

    def register_hook(self, fn: Posthook) -> RemovableHandle[Posthook]:
        """Register `fn` to be called after the rules, with the gradients of inputs and outputs.

        Args:
            fn: called as ``fn(grad_inputs, grad_outputs)``; it may return a tuple that replaces
                the gradients of the inputs.

        Returns:
            A handle, whose `remove()` removes the hook.
        """
        return add_hook(notes_of(self).posthooks, fn)

    def register_prehook(self, fn: Prehook) -> RemovableHandle[Prehook]:
        """Register `fn` to be called before the rules, with the gradients of the outputs.

        Args:
            fn: called as ``fn(grad_outputs)``; it may return a tuple that replaces them.

        Returns:
            A handle, whose `remove()` removes the hook.
        """
        return add_hook(notes_of(self).prehooks, fn)

    def __repr__(self) -> str:
        return f"<{self._name}>"


class AccumulateGrad(Node):
    """The end of the graph: a leaf, whose gradients are added up in `.grad`."""

    __slots__ = ("leaf",)

    def __init__(self, leaf: Tensor) -> None:
        super().__init__("AccumulateGrad", leaf._raw, [])
        self.leaf = weakref.ref(leaf)

    @property
    def variable(self) -> Tensor | None:
        """The leaf; None once it is deleted."""
        return self.leaf()
