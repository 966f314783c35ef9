"""The walk through the graph, from outputs back to leaves.

Theory of operation. A node is made after the nodes of its inputs, so the newest node whose
gradient is pending has it complete: all that could add to it is newer still. The walk takes nodes
from a heap, newest first; no recursion, no separate sorting. What every rule needs is done here,
once: gradients from several consumers are added up, and each is fitted to its input (one that is
still broadcast is summed, one of another type is cast).
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .anomaly import anomaly
from .hooks import run_hooks
from .modes import switch
from .node import AccumulateGrad, Node
from .outputs import Part
from .propagate import fit, has_extra_steps, input_gradients, output_of
from .staleness import refuse_stale
from .value import clock

if TYPE_CHECKING:
    from collections.abc import Collection

    from .hooks import Gradients
    from .value import Tensor

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
    """Compute gradients from `roots` back through the graph.

    Args:
        roots: nodes, each with the gradient of its output.
        retain_graph: whether the rules are kept for another walk.
        wanted: the nodes whose gradients are returned; None for the leaves.

    Returns:
        The gradient of each node that was reached.
    """
    asked = NONE if wanted is None else frozenset(wanted)
    needed = None if wanted is None else _on_paths(asked, [node for node, _ in roots])
    watched = anomaly.enabled or switch.recording
    results: dict[Node, Tensor] = {}
    pending: dict[Node, Tensor] = {}
    parts: dict[Node, dict[int, Tensor]] = {}  # the gradients of several outputs, by index
    heap: list[tuple[int, Node]] = []  # no two nodes have one time, so nodes are never compared

    def arrive(node: Node, gradient: Tensor) -> None:
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
        special = node.notes is not None or (watched and has_extra_steps(node))
        several = parts.pop(node, None) if special else None  # all have come: parts are newer
        if several is None:
            g = pending.pop(node)
            if node.notes is not None:
                g = run_hooks(node.notes, g)
            if needed is not None and node in asked:
                results[node] = g
                if needed.isdisjoint(target for target, _ in node.edges or ()):
                    continue  # its rules are not called, and are kept
        if node.edges is None:
            raise RuntimeError(FREED)
        if node.time < clock.last_write:
            refuse_stale(node)
        if special and isinstance(node, Part):
            whole = node.shown
            if whole not in parts:
                parts[whole] = {}
                heappush(heap, (-whole.time, whole))
            parts[whole][node.index] = g  # a part has one output
        elif special:
            outputs = (g,) if several is None else _of_all_outputs(node, several)
            for target, dx in input_gradients(node, outputs, needed):
                arrive(target, dx)
        else:
            for target, rule in node.edges:
                if needed is None or target in needed:
                    dx = rule(g) if node.output is None else rule(g, output_of(node))
                    raw = dx._raw
                    if raw.shape != target.shape or raw.dtype is not target.dtype:
                        dx = fit(dx, target, node)
                    arrive(target, dx)
        if not retain_graph:
            node.edges = node.output = None
            if node.notes is not None:
                node.notes.joint_backward = None
    return results


def _of_all_outputs(node: Node, gradients: dict[int, Tensor]) -> Gradients:
    """Return one gradient for each output of `node`, None where there is none."""
    assert node.notes is not None and node.notes.outputs is not None, "it has several outputs"
    return tuple(gradients.get(i) for i in range(len(node.notes.outputs)))


def _on_paths(targets: Collection[Node], roots: Sequence[Node]) -> set[Node]:
    """Return the nodes on all paths from `roots` to `targets`."""
    seen = set(roots)
    stack = list(roots)
    while stack:
        for target, _ in stack.pop().edges or ():
            if target not in seen:
                seen.add(target)
                stack.append(target)
    freed = any(node.edges is None and node not in targets for node in seen)
    if freed and not seen.issuperset(targets):
        raise RuntimeError(FREED)  # the path may have led through the freed node
    needed = set(targets)
    for node in sorted(seen, key=lambda one: one.time):  # inputs before outputs
        if any(target in needed for target, _ in node.edges or ()):
            needed.add(node)
    return needed
