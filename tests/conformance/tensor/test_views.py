"""Every operation does with a view what it does with a copy, however strange the strides."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import FLOAT32, assert_equation, counted

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Tensor

ALL = slice(None)

# Each makes a (3, 4) tensor.
VIEWS: dict[str, Callable[[Layer], Tensor]] = {
    "columns as rows": lambda layer: layer.tensor(counted((4, 3))).permute((1, 0)),
    "an inner part": lambda layer: layer.tensor(counted((5, 6)))[(slice(1, 4), slice(1, 5))],
    "every other row": lambda layer: layer.tensor(counted((6, 4)))[(slice(1, None, 2),)],
    "every third column": lambda layer: layer.tensor(counted((3, 12)))[(ALL, slice(2, None, 3))],
    "the middle of three dims": lambda layer: layer.tensor(counted((3, 2, 4)))[(ALL, 1)],
    "one row, repeated": lambda layer: layer.tensor(counted((4,))).expand((3, 4)),
    "one column, repeated": lambda layer: layer.tensor(counted((3, 1))).expand((3, 4)),
    "a view of part": lambda layer: layer.tensor(counted((18,)))[(slice(3, 15),)].view((3, 4)),
}

OPERATIONS: dict[str, Callable[[Layer, Tensor], Tensor]] = {
    "exp(x)": lambda layer, x: layer.exp(x),
    "abs(x)": lambda layer, x: layer.abs(x),
    "-x": lambda layer, x: -x,
    "x + [1., 2., 3., 4.]": lambda layer, x: x + layer.tensor([1.0, 2.0, 3.0, 4.0]),
    "[[1.], [2.], [3.]] * x": lambda layer, x: layer.tensor([[1.0], [2.0], [3.0]]) * x,
    "x / x": lambda layer, x: x / x,
    "2.0 - x": lambda layer, x: 2.0 - x,
    "x > 5.0": lambda layer, x: x > 5.0,
    "maximum(x, 5.0)": lambda layer, x: layer.maximum(x, 5.0),
    "where(x > 5.0, x, -x)": lambda layer, x: layer.where(x > 5.0, x, -x),
    "x.sum((0,))": lambda layer, x: x.sum((0,)),
    "x.sum((0, 1))": lambda layer, x: x.sum((0, 1)),
    "x.amax((1,))": lambda layer, x: x.amax((1,)),
    "x.amin((0,))": lambda layer, x: x.amin((0,)),
    "x.argmax(1)": lambda layer, x: x.argmax(1),
    "x.argmin(0)": lambda layer, x: x.argmin(0),
    "x.clone()": lambda layer, x: x.clone(),
    "x.to(float64)": lambda layer, x: x.to(layer.float64),
    "x.permute((1, 0))": lambda layer, x: x.permute((1, 0)),
    "x.expand((2, 3, 4))": lambda layer, x: x.expand((2, 3, 4)),
    "x.view((3, 1, 4))": lambda layer, x: x.view((3, 1, 4)),
    "x[1:, ::2]": lambda layer, x: x[(slice(1, None), slice(None, None, 2))],
    "x[2, 1]": lambda layer, x: x[(2, 1)],
    "x[[2, 0]]": lambda layer, x: x[(layer.tensor([2, 0]),)],
    "x[[2, 0], [1, 3]]": lambda layer, x: x[(layer.tensor([2, 0]), layer.tensor([1, 3]))],
    "x @ x.permute((1, 0))": lambda layer, x: x @ x.permute((1, 0)),
    "cat([x, x], 1)": lambda layer, x: layer.cat([x, x], 1),
    "put((5, 4), (1:4,), x)": lambda layer, x: layer.put((5, 4), (slice(1, 4),), x),
    "put((5, 4), ([1, 1, 2],), x)": lambda layer, x: layer.put(
        (5, 4), (layer.tensor([1, 1, 2]),), x
    ),
    "full((3, 4), 1.0) += x": lambda layer, x: layer.full((3, 4), 1.0, layer.float32).__iadd__(x),
}


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_view_is_as_good_as_a_copy(layer: Layer, operation: str, view: str) -> None:
    call, x = OPERATIONS[operation], VIEWS[view](layer)
    got, expected = call(layer, x), call(layer, layer.tensor(x.tolist()))
    what = f"x is a view ({view}): {operation}"
    assert_equation(what, got.tolist(), expected.tolist(), FLOAT32)
    assert got.shape == expected.shape, f"{what} has shape {expected.shape}, got {got.shape}"


@pytest.mark.parametrize("view", VIEWS)
def test_text_of_a_view(layer: Layer, view: str) -> None:
    x = VIEWS[view](layer)
    expected = layer.tensor_repr(layer.tensor(x.tolist()))
    assert_equation(f"the text of a view ({view})", layer.tensor_repr(x), expected)
