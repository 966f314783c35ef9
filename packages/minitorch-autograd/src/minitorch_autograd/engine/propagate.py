"""From the gradients of a node's outputs to those of its inputs, in all but the simplest case.

The walk calls the rules of most nodes itself. It calls `input_gradients` for nodes with notes
(hooks, several outputs: see `engine.hooks`), for the operations listed in `engine.piecewise` if the
walk is recorded, and for all nodes under anomaly detection; and `fit` for a gradient that does not
have the shape and type of its input.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import TYPE_CHECKING

from .anomaly import anomaly, note_forward_call, refuse_nan
from .hooks import run_posthooks, run_prehooks
from .modes import switch
from .notes import Notes
from .outputs import with_zeros
from .piecewise import PIECEWISE, tracked_by_inputs
from .staleness import refuse_stale
from .value import alias, clock

if TYPE_CHECKING:
    from .hooks import Gradients
    from .node import Node
    from .value import Tensor


def has_extra_steps(node: Node) -> bool:
    """Return whether `node` needs `input_gradients` in a walk that is recorded or checked."""
    return anomaly.enabled or node._name in PIECEWISE


def input_gradients(
    node: Node, outputs: Gradients, needed: Collection[Node] | None
) -> list[tuple[Node, Tensor]]:
    """Return the gradients of the inputs of `node`, each with the node that receives it.

    Args:
        node: an operation.
        outputs: the gradients of its outputs, None where there is none.
        needed: the nodes whose gradients are needed; None for all.
    """
    edges = node.edges
    assert edges is not None, "the walk refuses freed nodes"
    with note_forward_call(node):
        gradients = _call_rules(node, node.notes or Notes(), outputs, needed)
    pairs = zip(edges, gradients, strict=True)
    return [(target, dx) for (target, _), dx in pairs if dx is not None]


def _call_rules(
    node: Node, notes: Notes, outputs: Gradients, needed: Collection[Node] | None
) -> Gradients:
    """Return the gradient for each edge of `node`; None where none is needed, or there is none."""
    if notes.prehooks:
        outputs = run_prehooks(notes, outputs)
        if node.time < clock.last_write:  # by a hook, after the walk checked
            refuse_stale(node)
    arguments: tuple[object, ...] = outputs
    if notes.joint_backward is not None:
        arguments = (notes.joint_backward(outputs),)
    elif notes.outputs is not None:
        arguments = with_zeros(outputs, node)
    elif node.output is not None:
        arguments = (*outputs, output_of(node))
    inputs: list[Tensor | None] = []
    for position, (target, rule) in zip(
        notes.input_positions or count(), node.edges or (), strict=False
    ):
        dx: Tensor | None = None
        if needed is None or target in needed:
            dx = rule(*arguments)
        if dx is not None:
            if dx.shape != target.shape or dx.dtype is not target.dtype:
                dx = fit(dx, target, node, position)
            if anomaly.enabled and anomaly.check_nan:
                refuse_nan(node, position, dx)
        inputs.append(dx)
    if switch.recording and node._name in PIECEWISE:
        inputs = [dx if dx is None else tracked_by_inputs(dx, node) for dx in inputs]
    return run_posthooks(notes, tuple(inputs), outputs)


def output_of(node: Node) -> Tensor:
    """Return the output of `node` for its rules, with its history if the rules are recorded."""
    output = node.output
    assert output is not None
    if switch.recording:
        output = alias(output, output._raw)
        output._node = node
    return output


def fit(dx: Tensor, target: Node, node: Node, position: int | None = None) -> Tensor:
    """Return the gradient `dx`, summed to the shape and cast to the type of its input.

    Args:
        dx: what a rule returned.
        target: the node of the input.
        node: the operation whose rule returned it.
        position: which of the inputs of `node` it is, for messages; by default that of the edge.
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
    """Return `position`, by default which edge of `node` leads to `target`."""
    if position is not None:
        return position
    return [one for one, _ in node.edges or ()].index(target)
