"""Piecewise constant gradients, which torch tracks: their derivative is zeros, not missing.

The gradient of ``relu(x)`` is 0 or 1: it changes with x by jumps only, so its own derivative is 0.
A rule that mentions no input returns a constant. Then a walk with ``create_graph=True`` would give
a gradient that tracks nothing, and calling ``backward()`` on it, as for a gradient penalty, would
raise. In torch the formula of such a gradient takes x as an argument, so the derivative exists, and
is zero. The operations of which that is true are listed here. (A sum, or a product with a constant,
has a gradient that tracks nothing in torch, too.)
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


def tracked_by_inputs(dx: Tensor, node: Node) -> Tensor:
    """Return the gradient `dx` as an operation on the inputs of `node` whose derivative is 0."""
    if dx._node is not None:
        return dx
    tracked = alias(dx, dx._raw)
    edges = [(target, _zeros(target.shape, target.dtype)) for target, _ in node.edges or ()]
    tracked._node = Node(f"{node._name}Backward0", dx._raw, edges)
    return tracked


def record_stepwise(name: str, value: Tensor, *inputs: Tensor) -> Tensor:
    """Return `value` as the output of an operation whose derivative is 0."""
    return record(name, value, *[(x, _zeros(x.shape, x.dtype)) for x in inputs])


def _zeros(shape: tuple[int, ...], dtype: dtype) -> Rule:
    return lambda g: wrap(below.full(shape, 0, dtype))
