"""Checks of the tensors that the rules of a node mention: a rule needs their old values.

A tensor that was written since the node was made would give a wrong gradient, and is refused when
a walk comes to the node. A tensor from inference mode is refused when the node is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from gc import get_referents, is_tracked
from types import FunctionType, ModuleType

import minitorch_tensor as below

from .anomaly import anomaly, remember_call
from .node import Node
from .value import Tensor


def check_made(node: Node, *inputs: Tensor) -> None:
    """Check a new `node` for tensors of inference mode, and note its call for anomaly detection."""
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
    """Return the tensors that the rules of `node` reach, however they hold them.

    A rule may hold a tensor in its closure, a default argument, a partial, the object of a method
    or any container. What a tensor itself refers to, its memory and its history, is not searched.
    Nor is the `joint_backward` of a `Function` or a checkpoint, which checks its tensors itself.
    """
    found = [] if node.output is None else [node.output]
    seen: set[int] = set()
    pending: list[object] = [rule for _, rule in node.edges or ()]
    for holder in pending:  # which grows
        for part in _parts(holder):
            if isinstance(part, Tensor):
                found.append(part)
            elif is_tracked(part) and id(part) not in seen:  # untracked: numbers, names, ...
                seen.add(id(part))
                pending.append(part)
    return found


def _parts(holder: object) -> Sequence[object]:
    """Return the objects that `holder` refers to, as far as a rule may keep tensors in them."""
    if isinstance(holder, FunctionType):
        # Not its globals: through its module, a function refers to everything.
        cells = get_referents(*holder.__closure__) if holder.__closure__ else ()
        return (*cells, holder.__defaults__, holder.__kwdefaults__, holder.__dict__)
    if isinstance(holder, (type, ModuleType, Node, below.Tensor)):
        return ()
    return get_referents(holder)
