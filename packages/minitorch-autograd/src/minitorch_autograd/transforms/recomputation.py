"""The second run of a checkpoint: one node stands for a graph that is made again when needed.

Theory of operation. The *borders* of a graph are the older nodes that it leads to: those of the
arguments of the function, and of everything else that it uses, such as a module's parameters. The
graph of the first run is dropped, with all that its rules remember, and one node that leads to the
borders takes its place. When a walk comes to this node, the function runs again, and a walk through
the new graph computes the gradients of the borders. That inner walk must end at the borders, since
the outer one goes on from there: while it runs, the new graph leads to stand-ins for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from minitorch_tensor import default_generator

from ..engine.modes import enable_grad, switch
from ..engine.node import AccumulateGrad, Node
from ..engine.notes import notes_of
from ..engine.outputs import Part
from ..engine.staleness import refuse_written
from ..engine.value import Tensor, alias, clock
from ..engine.walk import walk
from .trees import Tree, leaves

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ..engine.hooks import Gradients
    from ..engine.node import Edge


class CheckpointError(RuntimeError):
    """The second run of a function did something else than the first."""


def with_recomputation(outputs: list[Tensor], recomputation: Recomputation) -> Iterator[Tensor]:
    """Yield the outputs with one node, of `recomputation`, in place of their graph."""
    edges: list[Edge] = [(node, itemgetter(i)) for i, node in enumerate(recomputation.borders)]
    whole = Node("CheckpointBackward", outputs[0]._raw, edges)
    notes = notes_of(whole)
    notes.outputs = [(y.shape, y.dtype) for y in outputs]
    notes.input_positions = range(len(edges))
    notes.joint_backward = recomputation
    for i, y in enumerate(outputs):
        output = alias(y, y._raw, shared=False)
        output._node = Part(whole, i, y._raw)
        yield output


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputation:
    """The second run of a function, and the walk through its graph."""

    run: Callable[[], Tree]
    context: AbstractContextManager[object]
    state: Raw | None  # of the random generator, before the first run
    arguments: list[Tensor]
    places: list[int]  # which leaves of the result are tracked outputs
    kinds: list[tuple[tuple[int, ...], dtype]] | None  # the shapes and types of these, if compared
    borders: list[Node]
    time: int  # when the first run had ended

    def __call__(self, gradients: Gradients) -> Gradients:
        """Return the gradients of the borders, from those of the outputs."""
        parameters = [one.leaf() for one in self.borders if isinstance(one, AccumulateGrad)]
        for x in [*self.arguments, *parameters]:
            if x is not None:
                refuse_written("CheckpointBackward", x, self.time)
        start = clock.tick()
        with self.context, enable_grad(), _random_state(self.state):
            values = leaves(self.run())
        outputs = self._outputs_of(values, start)
        nodes, found = nodes_and_borders(outputs, start)
        if not set(found) <= set(self.borders):
            raise CheckpointError(
                "checkpoint: A different number of tensors was saved during the original forward "
                f"and recomputation: the function used {len(self.borders)} tracked tensors first, "
                f"and then {len(found)}, others among them"
            )
        roots = [
            (y._node, g)
            for y, g in zip(outputs, gradients, strict=True)
            if g is not None and y._node is not None
        ]
        with _stand_ins(self.borders, nodes) as stand_ins:
            totals = walk(roots, switch.recording, stand_ins)
            return tuple(totals.get(node) for node in stand_ins)

    def _outputs_of(self, values: list[Tree], start: int) -> list[Tensor]:
        """Return the tracked outputs, which have to be like those of the first run."""
        if self.places != [i for i, y in enumerate(values) if recorded_since(y, start)]:
            raise CheckpointError(
                "checkpoint: A different number of tensors was saved during the original forward "
                "and recomputation: the outputs that are tracked are others"
            )
        outputs = [values[i] for i in self.places]
        kinds = [(y.shape, y.dtype) for y in outputs]
        if self.kinds is not None and kinds != self.kinds:
            raise CheckpointError(
                "checkpoint: Recomputed values for the following tensors have different metadata "
                f"than during the forward pass: {kinds}, where they were {self.kinds}"
            )
        return outputs


class _StandIn(Node):
    """A stand-in for a border, where the inner walk ends."""

    __slots__ = ()

    def __init__(self, border: Node) -> None:
        # Of its raw tensor a node takes the shape and the dtype, and a border has both.
        super().__init__(border.name(), border, [])  # type: ignore[arg-type]
        self.time = border.time  # the walk comes to it after all nodes that lead to it


@contextmanager
def _stand_ins(borders: list[Node], nodes: list[Node]) -> Iterator[list[Node]]:
    """Let `nodes` lead to stand-ins for `borders` in a block; yield the stand-ins."""
    stand_ins: dict[Node, Node] = {border: _StandIn(border) for border in borders}
    edges_before = [node.edges or [] for node in nodes]
    for node, edges in zip(nodes, edges_before, strict=True):
        node.edges = [(stand_ins.get(target, target), rule) for target, rule in edges]
    try:
        yield list(stand_ins.values())
    finally:
        # Differentiable gradients have these nodes in their graph.
        for node, edges in zip(nodes, edges_before, strict=True):
            if node.edges is not None:
                node.edges = edges


@contextmanager
def _random_state(state: Raw | None) -> Iterator[None]:
    """Set the default generator to `state` in a block, and back afterwards; None does nothing."""
    if state is None:
        yield
        return
    before = default_generator.get_state()
    default_generator.set_state(state)
    try:
        yield
    finally:
        default_generator.set_state(before)


def recorded_since(value: object, start: int) -> bool:
    """Return whether `value` is a tensor that was recorded since `start`."""
    return isinstance(value, Tensor) and value._node is not None and value._node.time > start


def nodes_and_borders(outputs: list[Tensor], start: int) -> tuple[list[Node], list[Node]]:
    """Return the nodes of `outputs` that were made since `start`, and the borders of that graph."""
    stack = [y._node for y in outputs if y._node is not None]
    newer: dict[Node, None] = {}
    older: dict[Node, None] = {}
    while stack:
        node = stack.pop()
        if node.time < start:
            older[node] = None
        elif node not in newer:
            newer[node] = None
            stack += [target for target, _ in node.edges or ()]
    return list(newer), list(older)
