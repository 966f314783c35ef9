"""Derivatives from differences, to compare gradients with: (f(x + h) - f(x - h)) / 2h.

Tensors are made, called upon and read; the arithmetic is plain Python, in float64.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

from tests.conformance.autograd.leaves import gradient, leaf
from tests.conformance.comparing import assert_equation, broadcast, build, flat, position, shape_of

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor

    Function: TypeAlias = Callable[..., Tensor]

STEP: Final = 1e-5
CLOSE: Final = 1e-7  # the error of a difference is about STEP squared


def weights(shape: tuple[int, ...]) -> Nested:
    """Return numbers of which no two are alike, to weigh the elements of an output."""
    return build(shape, lambda where: 0.5 + ((7 * position(shape, where)) % 11) / 8)


def assert_gradients(layer: Layer, what: str, function: Function, inputs: Sequence[Nested]) -> None:
    """Assert that backward gives each input the derivative of the weighed output."""
    __tracebackhide__ = True
    xs = leaves(layer, inputs)
    y = function(layer, *xs)
    y.backward(layer.tensor(weights(y.shape), dtype=layer.float64))

    def total(*values: Nested) -> float:
        plain = [layer.tensor(one, dtype=layer.float64) for one in values]
        return dot(weights(y.shape), function(layer, *plain).tolist())

    for i, x in enumerate(xs):
        left = f"{what} at {list(inputs)}: the gradient of input {i}"
        assert_equation(left, gradient(x).tolist(), slopes(total, inputs, i), CLOSE)


def assert_second_derivatives(
    layer: Layer, what: str, function: Function, inputs: Sequence[Nested]
) -> None:
    """Assert that gradients made with `create_graph` have the derivatives that they should."""
    __tracebackhide__ = True
    directions = [weights(shape_of(values)) for values in inputs]
    xs = leaves(layer, inputs)
    firsts = first_gradients(layer, function, xs, create_graph=True)
    for x in xs:
        x.grad = None
    for first, direction in zip(firsts, directions, strict=True):
        first.backward(layer.tensor(direction, dtype=layer.float64), retain_graph=True)

    # By symmetry: the derivatives of the gradients, each along its direction, are those of each
    # gradient along all the directions at once.
    ahead, behind = (
        first_gradients(
            layer,
            function,
            leaves(layer, [moved(*pair, step) for pair in zip(inputs, directions, strict=True)]),
        )
        for step in (STEP, -STEP)
    )
    for i, x in enumerate(xs):
        expected = broadcast(
            lambda a, b: (a - b) / (2 * STEP), ahead[i].tolist(), behind[i].tolist()
        )
        left = f"{what} at {list(inputs)}: the second derivative by input {i}"
        assert_equation(left, gradient(x).tolist(), expected, CLOSE)


def leaves(layer: Layer, inputs: Sequence[Nested]) -> list[Tensor]:
    return [leaf(layer, values, layer.float64) for values in inputs]


def first_gradients(
    layer: Layer, function: Function, xs: Sequence[Tensor], create_graph: bool = False
) -> list[Tensor]:
    y = function(layer, *xs)
    seed = layer.tensor(weights(y.shape), dtype=layer.float64)
    y.backward(seed, create_graph=create_graph)
    return [gradient(x) for x in xs]


def slopes(function: Callable[..., float], inputs: Sequence[Nested], i: int) -> Nested:
    """Return the derivative of `function` by each element of its input `i`."""
    shape = shape_of(inputs[i])

    def slope(where: tuple[int, ...]) -> float:
        direction = build(shape, lambda other: float(other == where))
        ahead, behind = (
            function(*inputs[:i], moved(inputs[i], direction, step), *inputs[i + 1 :])
            for step in (STEP, -STEP)
        )
        return (ahead - behind) / (2 * STEP)

    return build(shape, slope)


def moved(values: Nested, direction: Nested, step: float) -> Nested:
    """Return `values` + `step` * `direction`."""
    return broadcast(lambda value, along: value + step * along, values, direction)


def dot(x: Nested, y: Nested) -> float:
    return sum(a * b for a, b in zip(flat(x), flat(y), strict=True))
