"""Broadcasting: sizes count from the right, and 1 stands for all."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import (
    FLOAT32,
    assert_equation,
    assert_raises,
    broadcast,
    counted,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Tensor

Shape = tuple[int, ...]

# what it is called, how a layer does it, how Python does it with single elements
OPERATIONS: dict[str, tuple[Callable[[Layer, Tensor, Tensor], Tensor], Callable[..., float]]] = {
    "x + y": (lambda layer, x, y: x + y, operator.add),
    "x - y": (lambda layer, x, y: x - y, operator.sub),
    "x * y": (lambda layer, x, y: x * y, operator.mul),
    "x / y": (lambda layer, x, y: x / y, operator.truediv),
    "x ** y": (lambda layer, x, y: x**y, operator.pow),
    "x == y": (lambda layer, x, y: x == y, operator.eq),
    "x != y": (lambda layer, x, y: x != y, operator.ne),
    "x < y": (lambda layer, x, y: x < y, operator.lt),
    "x <= y": (lambda layer, x, y: x <= y, operator.le),
    "x > y": (lambda layer, x, y: x > y, operator.gt),
    "x >= y": (lambda layer, x, y: x >= y, operator.ge),
    "maximum(x, y)": (lambda layer, x, y: layer.maximum(x, y), max),
    "minimum(x, y)": (lambda layer, x, y: layer.minimum(x, y), min),
    "mul(x, y)": (lambda layer, x, y: layer.mul(x, y), operator.mul),
    "div(x, y)": (lambda layer, x, y: layer.div(x, y), operator.truediv),
    "where(x > 2, x, y)": (
        lambda layer, x, y: layer.where(x > 2.0, x, y),
        lambda a, b: a if a > 2.0 else b,
    ),
}

# Two shapes, and the one that they broadcast to.
SHAPES: list[tuple[Shape, Shape, Shape]] = [
    ((2, 3), (3,), (2, 3)),
    ((3,), (2, 1), (2, 3)),
    ((), (2,), (2,)),
    ((2, 2), (), (2, 2)),
    ((1, 1), (3,), (1, 3)),
    ((2, 1, 3), (4, 1), (2, 4, 3)),
    ((1, 2, 1), (3, 1, 2), (3, 2, 2)),
    ((0,), (1,), (0,)),
    ((0,), (), (0,)),
    ((2, 1), (0,), (2, 0)),
]

MISFITS: list[tuple[Shape, Shape]] = [((2,), (3,)), ((2, 3), (2,)), ((2, 1, 3), (2, 3, 2))]


@pytest.mark.parametrize(("a", "b", "expected"), SHAPES, ids=shown)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_broadcasting(layer: Layer, operation: str, a: Shape, b: Shape, expected: Shape) -> None:
    call, scalar = OPERATIONS[operation]
    x, y = counted(a), counted(b, start=2.0)
    result = call(layer, layer.tensor(x), layer.tensor(y))
    what = f"{operation} of {x} and {y}"
    assert_equation(what, result.tolist(), broadcast(scalar, x, y), FLOAT32)
    assert result.shape == expected, f"{what} has shape {expected}, got {result.shape}"


@pytest.mark.parametrize(("a", "b"), MISFITS, ids=shown)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_shapes_that_do_not_fit(layer: Layer, operation: str, a: Shape, b: Shape) -> None:
    call, _ = OPERATIONS[operation]
    x, y = layer.tensor(counted(a)), layer.tensor(counted(b))
    what = f"{operation} of shapes {a} and {b}"
    assert_raises(what, lambda: call(layer, x, y), RuntimeError, "must match the size of tensor b")
