"""Gradients that don't change with the inputs, and are tracked all the same, as torch's are.

The gradient of ``relu(x)`` is 0 or 1: of x it depends by jumps alone, and its own derivative is 0.
A rule that mentions no input makes such a gradient a constant, so that a walk with
``create_graph=True`` gives what tracks nothing, and ``backward()`` of it, in a penalty on slopes
for instance, is refused. In torch the formula of the gradient takes x, or what else the operation
shares with it, and the derivative is there: zeros. It is here for these operations; a sum or a
product with a constant has a gradient that tracks nothing in torch, too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from .graph import record
from .node import Node
from .value import alias, wrap

if TYPE_CHECKING:
    from minitorch_tensor import dtype

    from .node import Rule
    from .value import Tensor

PIECEWISE: Final = frozenset(
    f"{name}Backward{number}"
    for name, number in (
        ("Abs", 0),
        ("AdaptiveMaxPool2D", 0),
        ("AdaptiveMaxPool3D", 0),
        ("AvgPool2D", 0),
        ("AvgPool3D", 0),
        ("Cdist", 0),
        ("Convolution", 0),
        ("Copysign", 0),
        ("Fmod", 1),
        ("FractionalMaxPool2D", 0),
        ("FractionalMaxPool3D", 0),
        ("Hardshrink", 0),
        ("Hardsigmoid", 0),
        ("Hardtanh", 0),
        ("HuberLoss", 0),
        ("LeakyRelu", 0),
        ("LinalgSvd", 0),
        ("LinalgVectorNorm", 0),
        ("MaxPool2DWithIndices", 0),
        ("MaxPool3DWithIndices", 0),
        ("NativeBatchNorm", 0),
        ("NativeGroupNorm", 0),
        ("NativeLayerNorm", 0),
        ("NllLoss", 0),
        ("NllLoss2D", 0),
        ("Pow", 1),
        ("Relu", 0),
        ("RreluWithNoise", 0),
        ("ScatterReduce", 0),
        ("SmoothL1Loss", 0),
        ("Softshrink", 0),
        ("Threshold", 0),
    )
)


def by_inputs(dx: Tensor, node: Node) -> Tensor:
    """Return a gradient of `node` as what depends on its inputs, by a derivative of 0."""
    if dx._node is not None:
        return dx
    tracked = alias(dx, dx._raw)
    edges = [(target, _zeros(target.shape, target.dtype)) for target, _ in node.edges or ()]
    tracked._node = Node(f"{node._name}Backward0", dx._raw, edges)
    return tracked


def stepwise(name: str, value: Tensor, *inputs: Tensor) -> Tensor:
    """Return `value` as the output of an operation whose derivative is 0."""
    return record(name, value, *[(x, _zeros(x.shape, x.dtype)) for x in inputs])


def _zeros(shape: tuple[int, ...], dtype: dtype) -> Rule:
    return lambda g: wrap(below.full(shape, 0, dtype))
