"""The walk through the graph, from outputs back to leaves.

Theory of operation. A node is made after the nodes of its inputs, so the newest node whose
gradient is pending has it complete: all that could add to it is newer still. The walk takes nodes
from a heap, newest first; no recursion, no separate sorting. What every rule needs is done here,
once: summing a gradient that is still broadcast, casting it, and adding up what comes from several
consumers. What few nodes need, such as hooks, is in `engine.propagate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from . import propagate
from .anomaly import anomaly
from .graph import AccumulateGrad, Node, clock
from .modes import switch
from .staleness import refuse_stale

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any, TypeAlias

    from .value import Tensor

    # A tensor; on its way to the node of an operation with several outputs, a `Share`.
    Gradient: TypeAlias = Any

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)

NONE: frozenset[Node] = frozenset()


def walk(
    roots: Sequence[tuple[Node, Tensor]], retain_graph: bool, wanted: Collection[Node] | None = None
) -> dict[Node, Tensor]:
    """Carry the gradients of `roots` back through the graph.

    Args:
        roots: nodes, each with the gradient of its output.
        retain_graph: whether the rules stay for another walk.
        wanted: the nodes whose gradients are returned; None for the leaves.
    """
    asked = NONE if wanted is None else frozenset(wanted)
    needed = None if wanted is None else _leading_to(asked, [node for node, _ in roots])
    watched = anomaly.enabled or switch.recording
    results: dict[Node, Tensor] = {}
    pending: dict[Node, Gradient] = {}
    heap: list[tuple[int, Node]] = []

    def arrive(node: Node, gradient: Gradient) -> None:
        gathered = results if node.__class__ is AccumulateGrad else pending
        if node in gathered:
            gathered[node] = gathered[node] + gradient
        else:
            gathered[node] = gradient
            if gathered is pending:
                heappush(heap, (-node.time, node))

    for node, gradient in roots:
        arrive(node, gradient)
    while heap:
        node = heappop(heap)[1]
        g = pending.pop(node)
        special = node.extras is not None or (watched and propagate.is_special(node))
        if special:
            g = propagate.arrived(node, g)
        if needed is not None and node in asked:
            results[node] = g
            if needed.isdisjoint(target for target, _ in node.edges or ()):
                continue  # its rules are not called, and stay
        if node.edges is None:
            raise RuntimeError(FREED)
        if node.time < clock.last_write:
            refuse_stale(node)
        if special:
            for target, share in propagate.passed_on(node, g, needed):
                arrive(target, share)
        else:
            for target, rule in node.edges:
                if needed is None or target in needed:
                    dx = rule(g) if node.output is None else rule(g, propagate.output_of(node))
                    raw = dx._raw
                    if raw.shape != target.shape or raw.dtype is not target.dtype:
                        dx = propagate.fit(dx, target, node)
                    arrive(target, dx)
        if not retain_graph:
            node.edges = node.output = None
            if special:
                propagate.free(node)
    return results


def _leading_to(asked: Collection[Node], roots: Sequence[Node]) -> set[Node]:
    """Return the nodes on the ways from `roots` to those that are `asked` for."""
    seen = set(roots)
    stack = list(roots)
    while stack:
        for target, _ in stack.pop().edges or ():
            if target not in seen:
                seen.add(target)
                stack.append(target)
    freed = any(node.edges is None and node not in asked for node in seen)
    if freed and not seen.issuperset(asked):
        raise RuntimeError(FREED)  # the way may have led through there
    needed = set(asked)
    for node in sorted(seen, key=lambda one: one.time):  # inputs before outputs
        if any(target in needed for target, _ in node.edges or ()):
            needed.add(node)
    return needed
