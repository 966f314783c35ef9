"""From the gradients of a node's outputs to those of its inputs, where it takes more than a call.

The walk calls the rules of most nodes by itself. It comes here for nodes with notes (hooks, several
outputs: see `engine.hooks`), for operations of which `engine.piecewise` says more in a recorded
walk, for all nodes under anomaly detection, and with gradients that do not fit their input yet.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import TYPE_CHECKING

from .anomaly import anomaly, explained, refuse_nan
from .hooks import Notes, run_posthooks, run_prehooks
from .modes import switch
from .outputs import with_zeros
from .piecewise import PIECEWISE, by_inputs
from .staleness import refuse_stale
from .value import alias, clock

if TYPE_CHECKING:
    from .hooks import Gradients
    from .node import Node
    from .value import Tensor


def needs_care(node: Node) -> bool:
    """Return whether a walk that is recorded, or watched for errors, brings `node` here."""
    return anomaly.enabled or node._name in PIECEWISE


def input_gradients(
    node: Node, outputs: Gradients, needed: Collection[Node] | None
) -> list[tuple[Node, Tensor]]:
    """Return the gradients of the inputs of `node`, each with the node where it goes.

    Args:
        node: an operation.
        outputs: the gradients of its outputs, None where there is none.
        needed: the nodes whose gradients are needed; None for all.
    """
    edges = node.edges
    assert edges is not None, "the walk has looked"
    with explained(node):
        gradients = _by_rules(node, node.notes or Notes(), outputs, needed)
    pairs = zip(edges, gradients, strict=True)
    return [(target, dx) for (target, _), dx in pairs if dx is not None]


def _by_rules(
    node: Node, notes: Notes, outgoing: Gradients, needed: Collection[Node] | None
) -> Gradients:
    """Return the gradient for each edge of `node`; None where none is needed, or there is none."""
    if notes.prehooks:
        outgoing = run_prehooks(notes, outgoing)
        if node.time < clock.last_write:  # by a hook, after the walk has looked
            refuse_stale(node)
    arguments: tuple[object, ...] = outgoing
    if notes.common is not None:
        arguments = (notes.common(outgoing),)
    elif notes.outputs is not None:
        arguments = with_zeros(outgoing, node)
    elif node.output is not None:
        arguments = (*outgoing, output_of(node))
    ingoing: list[Tensor | None] = []
    for position, (target, rule) in zip(notes.positions or count(), node.edges or (), strict=False):
        dx: Tensor | None = None
        if needed is None or target in needed:
            dx = rule(*arguments)
        if dx is not None:
            if dx.shape != target.shape or dx.dtype is not target.dtype:
                dx = fit(dx, target, node, position)
            if anomaly.enabled and anomaly.check_nan:
                refuse_nan(node, position, dx)
        ingoing.append(dx)
    if switch.recording and node._name in PIECEWISE:
        ingoing = [dx if dx is None else by_inputs(dx, node) for dx in ingoing]
    return run_posthooks(notes, tuple(ingoing), outgoing)


def output_of(node: Node) -> Tensor:
    """Return the output of `node` for its rules: tracked where they are recorded themselves."""
    output = node.output
    assert output is not None
    if switch.recording:
        output = alias(output, output._raw)
        output._node = node
    return output


def fit(dx: Tensor, target: Node, node: Node, position: int | None = None) -> Tensor:
    """Return `dx` summed to the shape, and cast to the type, of what it is the gradient of.

    Args:
        dx: what a rule returned.
        target: the node of the input.
        node: whose rule it is.
        position: which of the inputs of `node` it is; by default counted by the edges.
    """
    if not dx.dtype.is_floating_point:
        raise RuntimeError(
            f"Function {node.name()} returned an invalid gradient at index "
            f"{_position(node, target, position)} - got {dx.dtype} but expected a floating type: "
            f"multiply by the incoming gradient, or cast to {target.dtype}"
        )
    shape = dx.shape
    extra = len(shape) - len(target.shape)
    if extra > 0 and shape[extra:] == target.shape:
        dx = dx.sum(tuple(range(extra)))
    elif shape != target.shape:
        if extra < 0 or any(
            n not in (m, 1) for m, n in zip(shape[extra:], target.shape, strict=True)
        ):
            raise RuntimeError(
                f"Function {node.name()} returned an invalid gradient at index "
                f"{_position(node, target, position)} - got {list(shape)} but expected shape "
                f"compatible with {list(target.shape)}, which is that of the input"
            )
        repeated = [d for d, n in enumerate(target.shape, extra) if n == 1 and shape[d] != 1]
        dx = dx.sum((*range(extra), *repeated)).reshape(target.shape)
    return dx.to(target.dtype)


def _position(node: Node, target: Node, position: int | None) -> int:
    if position is not None:
        return position
    return [one for one, _ in node.edges or ()].index(target)
