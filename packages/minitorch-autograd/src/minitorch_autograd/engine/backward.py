"""The functions that begin a walk through the graph: `backward` and `grad`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

import minitorch_tensor as below

from .graph import zero_gradient
from .hooks import run_accumulated, run_hooks, run_posthooks, run_prehooks
from .modes import switch
from .node import AccumulateGrad, Node
from .value import Tensor, wrap, written
from .walk import walk

if TYPE_CHECKING:
    from .hooks import Notes

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
        grad_tensors: for each the gradient that the walk begins with; not needed for tensors of
            one element.
        retain_graph: whether the graph can be walked again; by default as `create_graph`.
        create_graph: whether the gradients are differentiable themselves.
        inputs: the tensors that get gradients, leaves or not; by default all leaves.

    Raises:
        RuntimeError: as `Tensor.backward`.
    """
    _backward(_roots(tensors, grad_tensors), retain_graph, create_graph, inputs)


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
        retain_graph: whether the graph can be walked again; by default as `create_graph`.
        create_graph: whether the gradients are differentiable themselves.
        inputs: the tensors that get gradients, leaves or not; by default all leaves.

    Raises:
        RuntimeError: if nothing here tracks gradients, if `gradient` is missing or of another
            shape, if the graph was freed by an earlier walk, or if a value that a rule needs was
            overwritten in place.
        TypeError: if `gradient` is no tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html
    """
    _backward([_root(self, gradient)], retain_graph, create_graph, inputs)


def _backward(
    roots: list[tuple[Node, Tensor]],
    retain_graph: bool | None,
    create_graph: bool,
    inputs: Tensor | Sequence[Tensor] | None,
) -> None:
    by_node = None if inputs is None else _by_node(_several(inputs, "inputs"))
    before, switch.recording = switch.recording, create_graph
    try:
        totals = walk(roots, create_graph if retain_graph is None else retain_graph, by_node)
        taken = set()
        for _, start in roots:
            taken.add(id(start))
        for node, total in totals.items():
            if by_node is not None:
                x = by_node.get(node)  # else a leaf that the walk began with
            else:
                assert isinstance(node, AccumulateGrad)
                x = node.leaf()
            if x is None:
                continue  # nobody can ask for its gradient
            notes = node.notes
            if notes is not None:
                total = _prepared(node, notes, total)
            if x._grad is not None:
                _accumulate(x._grad, total, x)
            else:
                # Leaves' gradients are kept apart: from each other, and from what they view.
                shared = id(total) in taken or (total._stamp is not None and total._stamp.shared)
                x._grad = total.clone() if shared else total
                taken.add(id(total))
            if notes is not None and isinstance(node, AccumulateGrad):
                run_accumulated(notes, x)
                run_posthooks(notes, (), (total,))
    finally:
        switch.recording = before


def _prepared(node: Node, notes: Notes, total: Tensor) -> Tensor:
    """Return what the hooks of a leaf make of its gradient on the way into `.grad`.

    Those of other tensors, whose gradient `inputs` asked for, have run in the walk.
    """
    if not isinstance(node, AccumulateGrad):
        return total
    (result,) = run_prehooks(notes, (run_hooks(notes, total),))
    assert result is not None, "a hook replaces a gradient by a gradient"
    return result


def _accumulate(so_far: Tensor, total: Tensor, x: Tensor) -> None:
    if switch.recording:
        x._grad = so_far + total
    else:
        so_far._raw += total._raw
        written(so_far)


def _by_node(inputs: list[Tensor]) -> dict[Node, Tensor]:
    """Return the tensors that are to get gradients, by their nodes."""
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


def _several(tensors: Tensor | Sequence[Tensor], what: str) -> list[Tensor]:
    """Return one or several tensors as a list."""
    if isinstance(tensors, Tensor):
        return [tensors]
    if not isinstance(tensors, Sequence):
        raise TypeError(f"{what} have to be tensors, got '{type(tensors).__name__}' object")
    for one in tensors:
        if not isinstance(one, Tensor):
            raise TypeError(f"{what} have to be tensors, got a sequence with {one!r:.40}")
    return list(tensors)


def _roots(
    outputs: Tensor | Sequence[Tensor],
    gradients: Tensor | Sequence[Tensor | None] | None,
) -> list[tuple[Node, Tensor]]:
    """Return for each output its node, and the gradient that the walk begins with."""
    outputs = _several(outputs, "outputs")
    if gradients is None:
        gradients = [None] * len(outputs)
    elif isinstance(gradients, Tensor) or not isinstance(gradients, Sequence):
        gradients = [gradients]
    if len(gradients) != len(outputs):
        raise RuntimeError(f"got {len(outputs)} tensors and {len(gradients)} gradients")
    return [_root(y, g, i) for i, (y, g) in enumerate(zip(outputs, gradients, strict=True))]


def _root(output: Tensor, gradient: Tensor | None, index: int = 0) -> tuple[Node, Tensor]:
    """Return the node of `output`, and the gradient that the walk begins with."""
    node = output._node
    if node is None:
        raise RuntimeError(
            f"element {index} of tensors does not require grad and does not have a grad_fn: "
            "nothing that it was computed from has requires_grad=True, or it was in no_grad"
        )
    if gradient is None:
        if output.numel() != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs: "
                f"the shape is {output.shape}; reduce it, or pass its gradient"
            )
        return node, wrap(below.full(output.shape, 1, output.dtype))
    try:
        raw = gradient._raw
    except AttributeError:
        raise TypeError(
            "the gradient of an output has to be a Tensor or None, got "
            f"'{type(gradient).__name__}' object: tensor({gradient!r:.40}) makes one"
        ) from None
    if raw.shape != output.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[{index}] has a shape of {raw.shape} and "
            f"output[{index}] has a shape of {output.shape}."
        )
    return node, gradient.to(output.dtype)


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
        grad_outputs: for each output the gradient that the walk begins with; not needed for
            outputs of one element.
        retain_graph: whether the graph can be walked again; by default as `create_graph`.
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
    roots = _roots(outputs, grad_outputs)
    inputs = _several(inputs, "inputs")
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
                found[node] = run_hooks(node.notes, found[node])  # of others they have run
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
