"""The walk through the graph, from outputs back to leaves.

Theory of operation. A node is made after the nodes of its inputs, so the newest node whose
gradient is pending has it complete: all that could add to it is newer still. The walk takes nodes
from a heap, newest first; no recursion, no separate sorting. What every rule needs is done here,
once: summing a gradient that is still broadcast, casting it, and adding up what comes from several
consumers.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from ._graph import AccumulateGrad, Clock, Node, alias, refuse_stale
from ._modes import switch

if TYPE_CHECKING:
    from collections.abc import Collection

    from ._tensor import Tensor

FREED = (
    "Trying to backward through the graph a second time (or directly access saved tensors after "
    "they have already been freed). Saved intermediate values of the graph are freed when you call "
    ".backward() or autograd.grad(). Specify retain_graph=True if you need to backward through the "
    "graph a second time or if you need to access saved tensors after calling backward."
)


def walk(
    roots: Sequence[tuple[Node, Tensor]], retain_graph: bool, wanted: Collection[Node] | None = None
) -> dict[Node, Tensor]:
    """Carry the gradients of `roots` back through the graph.

    Args:
        roots: nodes, each with the gradient of its output.
        retain_graph: whether the rules stay for another walk.
        wanted: the nodes whose gradients are returned; None for the leaves.
    """
    needed = None if wanted is None else _leading_to(wanted, [node for node, _ in roots])
    results: dict[Node, Tensor] = {}
    pending: dict[Node, Tensor] = {}
    heap: list[tuple[int, Node]] = []

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
        g = pending.pop(node)
        if wanted is not None and node in wanted:
            results[node] = g
        if node.edges is None:
            raise RuntimeError(FREED)
        if node.time < Clock.last_write:
            refuse_stale(node)
        for target, rule in node.edges:
            if needed is None or target in needed:
                dx = rule(g) if node.output is None else rule(g, _output(node))
                raw = dx._raw
                if raw.shape != target.shape or raw.dtype is not target.dtype:
                    dx = _fit(dx, target, node)
                arrive(target, dx)
        if not retain_graph:
            node.edges = node.output = None
    return results


def _output(node: Node) -> Tensor:
    """Return the output of `node` for its rules: tracked where they are recorded themselves."""
    output = node.output
    assert output is not None
    if switch.recording:
        output = alias(output, output._raw)
        output._node = node
    return output


def _fit(dx: Tensor, target: Node, node: Node) -> Tensor:
    """Return `dx` summed to the shape, and cast to the type, of what it is the gradient of."""
    shape = dx.shape
    extra = len(shape) - len(target.shape)
    if extra > 0 and shape[extra:] == target.shape:
        dx = dx.sum(tuple(range(extra)))
    elif shape != target.shape:
        if extra < 0 or any(
            n not in (m, 1) for m, n in zip(shape[extra:], target.shape, strict=True)
        ):
            raise RuntimeError(
                f"{node.name()}: a rule returned an invalid gradient: got {list(shape)} but "
                f"expected shape compatible with {list(target.shape)}"
            )
        repeated = [d for d, n in enumerate(target.shape, extra) if n == 1 and shape[d] != 1]
        dx = dx.sum((*range(extra), *repeated)).reshape(target.shape)
    return dx.to(target.dtype)


def _leading_to(wanted: Collection[Node], roots: Sequence[Node]) -> set[Node]:
    """Return the nodes on the ways from `roots` to `wanted`."""
    seen = set(roots)
    stack = list(roots)
    while stack:
        for target, _ in stack.pop().edges or ():
            if target not in seen:
                seen.add(target)
                stack.append(target)
    needed = set(wanted)
    for node in sorted(seen, key=lambda one: one.time):  # inputs before outputs
        if any(target in needed for target, _ in node.edges or ()):
            needed.add(node)
    return needed
