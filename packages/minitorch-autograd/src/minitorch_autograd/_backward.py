"""The functions that begin a walk through the graph: `backward` and `grad`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

import minitorch_tensor as below

from . import _tensor
from ._graph import AccumulateGrad, Node, wrap, written
from ._modes import set_grad_enabled, switch
from ._walk import walk

if TYPE_CHECKING:
    from ._tensor import Tensor


def _root(output: Tensor, gradient: Tensor | None) -> tuple[Node, Tensor]:
    """Return the node of `output`, and the gradient that the walk begins with."""
    node = output._node
    if node is None:
        raise RuntimeError(
            "element 0 of tensors does not require grad and does not have a grad_fn: "
            "nothing that it was computed from has requires_grad=True, or it was in no_grad"
        )
    if gradient is None:
        if output.numel() != 1:
            raise RuntimeError(
                "grad can be implicitly created only for scalar outputs: "
                f"the shape is {output.shape}; reduce it, or pass its gradient"
            )
        return node, wrap(below.full(output.shape, 1, output.dtype))
    if gradient.shape != output.shape:
        raise RuntimeError(
            f"Mismatch in shape: grad_output[0] has a shape of {gradient.shape} and output[0] has "
            f"a shape of {output.shape}."
        )
    return node, gradient.to(output.dtype)


def backward(
    self: Tensor,
    gradient: Tensor | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
) -> None:
    """Add the gradient of this tensor to `.grad` of every leaf that it was computed from.

    Args:
        gradient: the gradient of some scalar with respect to this tensor, of its shape;
            not needed for a tensor of one element.
        retain_graph: whether the graph can be walked again; by default as `create_graph`.
        create_graph: whether the gradients are differentiable themselves.

    Raises:
        RuntimeError: if nothing here tracks gradients, if `gradient` is missing or of another
            shape, if the graph was freed by an earlier walk, or if a value that a rule needs was
            overwritten in place.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.backward.html
    """
    root, start = _root(self, gradient)
    before, switch.recording = switch.recording, create_graph
    try:
        totals = walk([(root, start)], create_graph if retain_graph is None else retain_graph)
        taken = {id(gradient)}
        for node, total in totals.items():
            assert isinstance(node, AccumulateGrad)
            leaf = node.leaf()
            if leaf is None:
                continue  # nobody can ask for its gradient
            if leaf._grad is not None:
                _accumulate(leaf._grad, total, leaf)
            else:
                # Leaves' gradients are kept apart: from each other, and from what they view.
                shared = id(total) in taken or (total._stamp is not None and total._stamp.shared)
                leaf._grad = total.clone() if shared else total
                taken.add(id(total))
    finally:
        switch.recording = before


def _accumulate(so_far: Tensor, total: Tensor, leaf: Tensor) -> None:
    if switch.recording:
        leaf._grad = so_far + total
    else:
        so_far._raw += total._raw
        written(so_far)


@overload
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    materialize_grads: bool = False,
) -> tuple[Tensor, ...]: ...
@overload
def grad(
    outputs: Tensor | Sequence[Tensor],
    inputs: Tensor | Sequence[Tensor],
    grad_outputs: Tensor | Sequence[Tensor | None] | None = None,
    retain_graph: bool | None = None,
    create_graph: bool = False,
    *,
    allow_unused: bool | None,
    materialize_grads: Literal[False] = False,
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
        allow_unused: whether an input that has no part in the outputs gets None, not an error.
        materialize_grads: whether such an input gets zeros.

    Returns:
        A gradient for each input, of its shape and type. `.grad` is left alone.

    Raises:
        RuntimeError: as `backward`; also if an input tracks nothing, or has no part.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad.html
    """
    outputs = [outputs] if isinstance(outputs, _tensor.Tensor) else list(outputs)
    inputs = [inputs] if isinstance(inputs, _tensor.Tensor) else list(inputs)
    if not inputs:
        raise RuntimeError("`inputs` argument to `grad()` cannot be empty.")
    if grad_outputs is None:
        grad_outputs = [None] * len(outputs)
    elif isinstance(grad_outputs, _tensor.Tensor):
        grad_outputs = [grad_outputs]
    if len(grad_outputs) != len(outputs):
        raise RuntimeError(f"got {len(outputs)} tensors and {len(grad_outputs)} gradients")
    roots = [_root(y, g) for y, g in zip(outputs, grad_outputs, strict=True)]
    wanted = []
    for x in inputs:
        if x._node is None:
            raise RuntimeError(
                "One of the differentiated Tensors does not require grad: "
                f"an input of shape {x.shape}"
            )
        wanted.append(x._node)
    retain = create_graph if retain_graph is None else retain_graph
    with set_grad_enabled(create_graph):
        found = walk(roots, retain, wanted)
    gradients: list[Tensor | None] = []
    for x, node in zip(inputs, wanted, strict=True):
        gradient = found.get(node)
        if gradient is None and materialize_grads:
            gradient = wrap(below.full(x.shape, 0, x.dtype))
        if gradient is None and not allow_unused:
            raise RuntimeError(
                "One of the differentiated Tensors appears to not have been used in the graph. "
                "Set allow_unused=True if this is the desired behavior."
            )
        gradients.append(gradient)
    return tuple(gradients)
