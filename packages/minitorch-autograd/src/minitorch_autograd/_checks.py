"""Whether the tensors that a node's rules mention are still, or were ever, what the rules need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _tensor
from ._anomaly import anomaly, remember_call

if TYPE_CHECKING:
    from ._graph import Node
    from ._tensor import Tensor


def check_made(node: Node, *inputs: Tensor) -> None:
    """Do for a new `node` what the modes ask for that are seldom on."""
    for tensor in mentioned(node):
        if tensor._stamp is not None and tensor._stamp.inference:
            raise RuntimeError(
                "Inference tensors cannot be saved for backward. Please do not use Tensors created "
                "in inference mode in computation tracked by autograd: the rules of "
                f"{node.name()} mention one of shape {tensor.shape}; make a clone of it, or use "
                "no_grad instead of inference_mode"
            )
    if anomaly.enabled:
        remember_call(node, inputs)


def refuse_stale(node: Node) -> None:
    """Raise if a tensor that the rules of `node` mention was written since the node was made."""
    for tensor in mentioned(node):
        refuse_written(node.name(), tensor, node.time)


def refuse_written(name: str, tensor: Tensor, time: int) -> None:
    """Raise if `tensor`, which the operation `name` needs, was written after `time`."""
    if tensor._stamp is not None and tensor._stamp.time > time:
        raise RuntimeError(
            f"{name}: one of the variables needed for gradient computation has been "
            f"modified by an inplace operation: a tensor of shape {tensor.shape}; "
            "write to a clone of it instead"
        )


def mentioned(node: Node) -> list[Tensor]:
    """Return the tensors that the rules of `node` need."""
    needed: list[object] = [node.output]
    for _, rule in node.edges or ():
        needed += [cell.cell_contents for cell in getattr(rule, "__closure__", None) or ()]
    return [one for one in needed if isinstance(one, _tensor.Tensor)]
