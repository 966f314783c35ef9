"""What is noted on some nodes only.

Most nodes have no hooks, one output, and nothing else to tell. So a node has one field for all of
it, `notes`, which is None until something is noted, and the walk asks for nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from .hooks import Gradients, LeafHook, Posthook, Prehook, TensorHook
    from .node import Node
    from .value import Tensor


class Notes:
    """What only some nodes have: hooks, several outputs, the place where they were made."""

    __slots__ = (
        "hooks",
        "input_positions",
        "joint_backward",
        "outputs",
        "post_accumulate_hooks",
        "posthooks",
        "prehooks",
        "retained",
        "traceback",
    )

    def __init__(self) -> None:
        self.hooks: dict[int, TensorHook] = {}
        self.prehooks: dict[int, Prehook] = {}
        self.posthooks: dict[int, Posthook] = {}
        self.post_accumulate_hooks: dict[int, LeafHook] = {}
        self.retained: ref[Tensor] | None = None
        # Of an operation with several outputs: the shape and type of each, None of what is no
        # tensor; see `engine.outputs`.
        self.outputs: list[tuple[tuple[int, ...], dtype] | None] | None = None
        # One function for the gradients of all inputs, which the rules get and pick from; None
        # where there is no gradient. A `Function` has one, and so does a checkpoint.
        self.joint_backward: Callable[[Gradients], Gradients] | None = None
        # Under anomaly detection: where the operation was called, and to which input each edge
        # leads, where those that track no gradients are counted too.
        self.traceback: str | None = None
        self.input_positions: Sequence[int] | None = None


def notes_of(node: Node) -> Notes:
    """Return the notes of `node`, which are made if it has none."""
    if node.notes is None:
        node.notes = Notes()
    return node.notes
