"""Operations with several outputs.

Theory of operation. The operation has one node, whose rules need the gradients of all outputs at
once. Each output has a small node of its own, a `Part`, so that hooks and everything else see
tensors with one gradient each. Parts are newer than the node, so a walk visits all of them before
it comes to the node, and keeps the gradient of each part until then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import minitorch_tensor as below

from .modes import rare_modes, switch
from .node import Node
from .notes import notes_of
from .staleness import check_made
from .value import wrap

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .hooks import Gradients
    from .value import Tensor

    SeveralRule: TypeAlias = Callable[..., Tensor]

__all__ = ["record_several"]


class Part(Node):
    """The node of one output of an operation that has several."""

    __slots__ = ("_index", "_whole")

    def __init__(self, whole: Node, index: int, raw: Raw) -> None:
        super().__init__(whole.name(), raw, [(whole, _not_called)])
        self._whole = whole
        self._index = index
        notes_of(self)  # which tell the walk that this is a special node

    @property
    def shown(self) -> Node:
        """The operation's node."""
        return self._whole

    @property
    def index(self) -> int:
        """Which output of the operation this is."""
        return self._index


def _not_called(g: Tensor) -> Tensor:
    """Take the place of a rule: the walk keeps the gradient of a part for the whole operation."""
    return g


def record_several(
    name: str, values: Sequence[Tensor], /, *edges: tuple[Tensor, SeveralRule]
) -> Sequence[Tensor]:
    """Same as `record`, but for an operation with several outputs; return them.

    Args:
        name: what `grad_fn` shows of each of them.
        values: the outputs, computed with recording off and fresh; integers have no gradient.
        *edges: for each input that has a derivative, the input and its rule: the function from
            the gradients of all outputs, an argument each, to the gradient of that input. An
            output that nothing was computed from has zeros.

    >>> def halves(x):
    ...     parts = [x.detach()[:2].clone(), x.detach()[2:].clone()]
    ...     return record_several("Halves", parts, (x, lambda g, h: cat([g, h])))
    """
    for value in values:
        value._view = None  # it may be a view of an intermediate value: see `record`
    if switch.recording and any(x._node is not None for x, _ in edges):
        whole = join(name, [value._raw for value in values], *edges)
        for i, value in enumerate(values):
            if value.dtype.is_floating_point:
                value._node = Part(whole, i, value._raw)
    return values


def join(name: str, outputs: Sequence[Raw | None], *edges: tuple[Tensor, SeveralRule]) -> Node:
    """Return the node of an operation with several `outputs`; the caller makes their parts."""
    live = [(x._node, rule) for x, rule in edges if x._node is not None]
    whole = Node(name, next(raw for raw in outputs if raw is not None), live)
    notes = notes_of(whole)
    notes.outputs = [None if raw is None else (raw.shape, raw.dtype) for raw in outputs]
    notes.input_positions = [i for i, (x, _) in enumerate(edges) if x._node is not None]
    if rare_modes:
        check_made(whole, *[x for x, _ in edges])
    return whole


def with_zeros(gradients: Gradients, node: Node) -> Gradients:
    """Return the gradients of the outputs of `node`, with zeros in place of None."""
    outputs = None if node.notes is None else node.notes.outputs
    assert outputs is not None
    return tuple(
        wrap(below.full(output[0], 0, output[1])) if g is None and output is not None else g
        for g, output in zip(gradients, outputs, strict=True)
    )
