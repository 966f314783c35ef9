"""What a walk does with one node: what few nodes need, and what a gradient needs that does not fit.

The walk itself does what all nodes need; it comes here for those that have `extras` (see `engine.hooks`),
for operations with several outputs (see `engine.outputs`), and for all nodes under anomaly detection.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import TYPE_CHECKING, TypeVar

from .anomaly import anomaly, explained, refuse_nan
from .graph import AccumulateGrad, Node, alias, clock
from .hooks import Extras, run_accumulated, run_hooks, run_posthooks, run_prehooks
from .modes import switch
from .outputs import Part, Share, with_zeros
from .piecewise import PIECEWISE, by_inputs
from .staleness import refuse_stale

if TYPE_CHECKING:
    from .hooks import Gradients
    from .value import Tensor

G = TypeVar("G", "Tensor", Share)


def is_special(node: Node) -> bool:
    """Return whether `node` is visited here in a walk that is recorded, or watched for errors."""
    return anomaly.enabled or node._name in PIECEWISE


def arrived(node: Node, g: G) -> G:
    """Return what `node` makes of the gradient of its output before any rule sees it."""
    if node.extras is None or isinstance(g, Share):
        return g
    return run_hooks(node.extras, g)


def gathered(node: Node, total: Tensor) -> Tensor:
    """Return what the hooks of a leaf make of its gradient; of another node they have run."""
    if node.extras is None or not isinstance(node, AccumulateGrad):
        return total
    return run_hooks(node.extras, total)


def accumulating(node: Node, total: Tensor) -> Tensor:
    """Return what the hooks of a leaf's node make of its gradient on the way into `.grad`."""
    total = gathered(node, total)
    if node.extras is not None and isinstance(node, AccumulateGrad):
        (result,) = run_prehooks(node.extras, (total,))
        assert result is not None, "a hook replaces a gradient by a gradient"
        total = result
    return total


def accumulated(node: Node, total: Tensor, leaf: Tensor) -> None:
    """Call what waits for the gradient of a leaf to be in its `.grad`."""
    if node.extras is not None and isinstance(node, AccumulateGrad):
        run_accumulated(node.extras, leaf)
        run_posthooks(node.extras, (), (total,))


def passed_on(
    node: Node, g: Tensor | Share, needed: Collection[Node] | None
) -> list[tuple[Node, Tensor | Share]]:
    """Return the gradients of the inputs of `node`, each with the node where it goes."""
    edges = node.edges
    assert edges is not None, "the walk has looked"
    if isinstance(node, Part) and not isinstance(g, Share):
        return [(node.shown, Share(node.index, g))]
    with explained(node):
        gradients = _gradients(node, node.extras or Extras(), g, needed)
    pairs = zip(edges, gradients, strict=True)
    return [(target, dx) for (target, _), dx in pairs if dx is not None]


def _gradients(
    node: Node, notes: Extras, g: Tensor | Share, needed: Collection[Node] | None
) -> Gradients:
    """Return the gradient for each edge of `node`; None where none is needed, or there is none."""
    outgoing = g.of_all(len(notes.outputs or ())) if isinstance(g, Share) else (g,)
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


def free(node: Node) -> None:
    """Drop what the extras of `node` keep for its rules."""
    if node.extras is not None:
        node.extras.common = None


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
