"""Reading the graph: a box for each node."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ...engine.node import AccumulateGrad
from .box import Box, Drawing

if TYPE_CHECKING:
    from ...engine.node import Node
    from ...engine.value import Tensor

SMALL = 6  # the elements of a tensor whose values are all shown


def read(loss: Tensor, names: Mapping[str, Tensor], values: bool, gradients: bool) -> Drawing:
    """Return the graph of `loss` as boxes, one for each node."""
    if loss._node is None:
        raise RuntimeError(
            f"draw_graph: the tensor, of shape {loss.shape}, tracks no gradients, so no graph was "
            "recorded; compute it from a tensor with requires_grad=True, outside of no_grad()"
        )
    root = loss._node.shown
    called: dict[Node, list[str]] = {}
    tensors: dict[Node, Tensor] = {root: loss}
    for name, named in names.items():
        if named._node is not None:
            called.setdefault(named._node.shown, []).append(name)
            tensors.setdefault(named._node.shown, named)

    place: dict[Node, int] = {}
    boxes: list[Box] = []
    freed = False
    for node in inputs_first(root):
        freed = freed or node.edges is None
        name = ", ".join(called.get(node, ()))
        is_leaf = isinstance(node, AccumulateGrad)
        tensor = node.variable if isinstance(node, AccumulateGrad) else tensors.get(node)
        lines = [f"{tuple(node.shape)} {str(node.dtype).rpartition('.')[2]}"]
        if tensor is not None and values:
            lines.append(f"value {values_text(tensor)}")
        if tensor is not None and gradients and tensor._grad is not None:
            lines.append(f"grad {values_text(tensor._grad)}")
        operation = f"{name} = {node.name()}" if name else node.name()
        place[node] = len(boxes)
        boxes.append(
            Box(
                kind="leaf" if is_leaf else "operation",
                title=(name or "leaf") if is_leaf else operation,
                lines=tuple(lines),
                # The same input twice is one arrow.
                inputs=tuple(dict.fromkeys(place[below] for below in inputs(node))),
                module=name.rpartition(".")[0] if is_leaf else "",
                operations=0 if is_leaf else 1,
                leaves=1 if is_leaf else 0,
                named=bool(name),
            )
        )
    notes = []
    if freed:
        notes.append(
            "Part of the graph was freed by backward() and is not shown: "
            "draw before it, or call backward(retain_graph=True)."
        )
    return Drawing(boxes, notes)


def inputs(node: Node) -> list[Node]:
    """Return the nodes of the inputs that track gradients, as users see them."""
    if isinstance(node, AccumulateGrad):
        return []
    return [below.shown for below, _ in node.edges or ()]


def inputs_first(root: Node) -> list[Node]:
    """Return all nodes of the graph in topological order, inputs first."""
    order: list[Node] = []
    seen = {root}
    stack = [(root, iter(inputs(root)))]
    while stack:
        node, rest = stack[-1]
        for below in rest:
            if below not in seen:
                seen.add(below)
                stack.append((below, iter(inputs(below))))
                break
        else:
            stack.pop()
            order.append(node)
    return order


def values_text(tensor: Tensor) -> str:
    """Return the values of a small tensor as a text, and the range of a large one."""
    tensor = tensor.detach()
    count = tensor.numel()
    if count <= SMALL:
        return number_text(tensor.tolist())
    return f"{number_text(tensor.min().item())} to {number_text(tensor.max().item())}"


def number_text(value: object) -> str:
    """Return a number, or nested lists of them, as a text with four digits."""
    if isinstance(value, list):
        return "[" + ", ".join(map(number_text, value)) + "]"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
