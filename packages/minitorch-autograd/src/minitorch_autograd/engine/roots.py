"""Where a walk starts: the nodes of the outputs, each with the gradient of its output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import minitorch_tensor as below

from .value import Tensor, wrap

if TYPE_CHECKING:
    from .node import Node


def tensor_list(tensors: Tensor | Sequence[Tensor], what: str) -> list[Tensor]:
    """Return one or several tensors as a list."""
    if isinstance(tensors, Tensor):
        return [tensors]
    if not isinstance(tensors, Sequence):
        raise TypeError(f"{what} have to be tensors, got '{type(tensors).__name__}' object")
    for tensor in tensors:
        if not isinstance(tensor, Tensor):
            raise TypeError(f"{what} have to be tensors, got a sequence with {tensor!r:.40}")
    return list(tensors)


def roots_of(
    outputs: Tensor | Sequence[Tensor],
    gradients: Tensor | Sequence[Tensor | None] | None,
) -> list[tuple[Node, Tensor]]:
    """Return for each output its node, and the gradient that the walk starts with."""
    outputs = tensor_list(outputs, "outputs")
    if gradients is None:
        gradients = [None] * len(outputs)
    elif isinstance(gradients, Tensor) or not isinstance(gradients, Sequence):
        gradients = [gradients]
    if len(gradients) != len(outputs):
        raise RuntimeError(f"got {len(outputs)} tensors and {len(gradients)} gradients")
    return [root_of(y, g, i) for i, (y, g) in enumerate(zip(outputs, gradients, strict=True))]


def root_of(output: Tensor, gradient: Tensor | None, index: int = 0) -> tuple[Node, Tensor]:
    """Return the node of `output`, and the gradient that the walk starts with: by default 1.

    Args:
        output: the tensor that is differentiated.
        gradient: of its shape; may be None where it has one element.
        index: which of several outputs it is, for messages.
    """
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
