"""`backward` and `grad`: each walks through the graph once, and hands out the gradients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from .graph import zero_gradient
from .hooks import run_hooks, run_post_accumulate_hooks, run_posthooks, run_prehooks
from .modes import switch
from .node import AccumulateGrad, Node
from .roots import root_of, roots_of, tensor_list
from .value import mark_written
from .walk import walk

if TYPE_CHECKING:
    from .notes import Notes
    from .value import Tensor

__all__ = ["backward", "grad"]


def backward(
    tensors: Tensor | Sequence[Tensor],
    grad_tensors: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    inputs: Tensor | Sequence[Tensor] | None = None,
) -> None:
    """Add the gradient of the sum of `tensors` to `.grad` of what they were computed from.

    Args:
        tensors: one or several differentiable tensors.
        grad_tensors: for each the gradient that the walk starts with; not needed for tensors of
            one element.
        retain_graph: whether the graph can be walked again; by default `create_graph`.
        create_graph: whether the gradients are differentiable themselves.
        inputs: the tensors that get gradients, leaves or not; by default all leaves.

    Raises:
        RuntimeError: as `Tensor.backward`.
    """
    _backward(roots_of(tensors, grad_tensors), retain_graph, create_graph, inputs)


def backward_of_one(
    self: Tensor,
    gradient: Tensor | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    inputs: Tensor | Sequence[Tensor] | None = None,
) -> None:
    """Add the gradient of this tensor to `.grad` of every leaf that it was computed from.

    Args:
        gradient: the gradient of some scalar with respect to this tensor, of its shape;
            not needed for a tensor of one element.
        retain_graph: whether the graph can be walked again; by default `create_graph`.
        create_graph: whether the gradients are differentiable themselves.
        inputs: the tensors that get gradients, leaves or not; by default all leaves.

    Raises:
        RuntimeError: if nothing here tracks gradients, if `gradient` is missing or of another
            shape, if the graph was freed by an earlier walk, or if a value that a rule needs was
            overwritten in place.
        TypeError: if `gradient` is no tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html
    """
    _backward([root_of(self, gradient)], retain_graph, create_graph, inputs)


def _backward(
    roots: list[tuple[Node, Tensor]],
    retain_graph: bool | None,
    create_graph: bool,
    inputs: Tensor | Sequence[Tensor] | None,
) -> None:
    by_node = None if inputs is None else _by_node(tensor_list(inputs, "inputs"))
    before, switch.recording = switch.recording, create_graph
    try:
        totals = walk(roots, create_graph if retain_graph is None else retain_graph, by_node)
        # The ids of tensors that must not become a `.grad` as they are.
        in_use = {id(start) for _, start in roots}
        for node, total in totals.items():
            if by_node is not None:
                x = by_node.get(node)  # None of a leaf that the walk started with
            else:
                assert isinstance(node, AccumulateGrad)
                x = node.leaf()
            if x is None:
                continue  # the leaf is deleted, or was not asked for
            notes = node.notes
            if notes is not None:
                total = _after_leaf_hooks(node, notes, total)
            if x._grad is not None:
                _accumulate(x._grad, total, x)
            else:
                # No two leaves share a gradient, and none shares memory with another tensor.
                shared = id(total) in in_use or (total._stamp is not None and total._stamp.shared)
                x._grad = total.clone() if shared else total
                in_use.add(id(total))
            if notes is not None and isinstance(node, AccumulateGrad):
                run_post_accumulate_hooks(notes, x)
                run_posthooks(notes, (), (total,))
    finally:
        switch.recording = before


def _after_leaf_hooks(node: Node, notes: Notes, total: Tensor) -> Tensor:
    """Return the gradient of a leaf after its hooks.

    The hooks of other tensors, whose gradient `inputs` asked for, were called by the walk.
    """
    if not isinstance(node, AccumulateGrad):
        return total
    (result,) = run_prehooks(notes, (run_hooks(notes, total),))
    assert result is not None, "a hook replaces a gradient by a gradient"
    return result


def _accumulate(so_far: Tensor, total: Tensor, x: Tensor) -> None:
    """Add `total` to the gradient that `x` has: in place unless that is to be differentiable."""
    if switch.recording:
        x._grad = so_far + total
    else:
        so_far._raw += total._raw
        mark_written(so_far)


def _by_node(inputs: list[Tensor]) -> dict[Node, Tensor]:
    """Return the tensors that get gradients, by their nodes."""
    if not inputs:
        raise RuntimeError("`inputs` argument to `backward()` cannot be empty.")
    by_node = {}
    for x in inputs:
        if x._node is None:
            raise RuntimeError(
                "can't retain_grad on Tensor that has requires_grad=False: backward() was asked "
                f"for the gradient of an input of shape {x.shape}"
            )
        by_node[x._node] = x
    return by_node


@overload
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: Literal[False] | None = None,
    materialize_grads: Literal[False] = False,
) -> tuple[Tensor, ...]: ...
@overload
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: Literal[True] | None = None,
    materialize_grads: Literal[True],
) -> tuple[Tensor, ...]: ...
@overload
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: bool | None = None,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]: ...
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: bool | None = None,
    materialize_grads: bool = False,
) -> tuple[Tensor | None, ...]:
    """Return the gradients of the sum of `outputs` with respect to each of `inputs`.

    Args:
        outputs: one or several differentiable tensors.
        inputs: the tensors to differentiate by, leaves or not.
        grad_outputs: for each output the gradient that the walk starts with; not needed for
            outputs of one element.
        retain_graph: whether the graph can be walked again; by default `create_graph`.
        create_graph: whether the gradients are differentiable themselves.
        allow_unused: whether an input that has no part in the outputs gets None, not an error;
            by default as `materialize_grads`.
        materialize_grads: whether such an input gets zeros.

    Returns:
        A gradient for each input, of its shape and type. `.grad` is left alone.

    Raises:
        RuntimeError: as `backward`; also if an input tracks nothing, or has no part.
        ValueError: if `materialize_grads` is asked for, and `allow_unused` forbidden.
    """
    if materialize_grads and allow_unused is False:
        raise ValueError(
            "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
            "allow_unused=False."
        )
    roots = roots_of(outputs, grad_outputs)
    inputs = tensor_list(inputs, "inputs")
    if not inputs:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    wanted = []
    for x in inputs:
        if x._node is None:
            raise RuntimeError(
                "One of the differentiated Tensors does not require grad: "
                f"an input of shape {x.shape}"
            )
        wanted.append(x._node)
    retain = create_graph if retain_graph is None else retain_graph
    before, switch.recording = switch.recording, create_graph
    try:
        found = walk(roots, retain, wanted)
        for node in found:
            if node.notes is not None and isinstance(node, AccumulateGrad):
                found[node] = run_hooks(
                    node.notes, found[node]
                )  # the hooks of others ran in the walk
    finally:
        switch.recording = before
    gradients: list[Tensor | None] = []
    for i, (x, node) in enumerate(zip(inputs, wanted, strict=True)):
        gradient = found.get(node)
        if gradient is None and materialize_grads:
            gradient = zero_gradient(x)
        if gradient is None and not allow_unused:
            raise RuntimeError(
                f"The differentiated Tensor at index {i} appears to not have been used in the "
                "graph. Set allow_unused=True if this is the desired behavior."
            )
        gradients.append(gradient)
    return tuple(gradients)
