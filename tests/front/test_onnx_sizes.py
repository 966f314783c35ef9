"""Dimensions of any size: what can be said without the size, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.front.onnx_running import assert_same, export, shapes

import minitorch as torch
from minitorch import Tensor


def baked(symbol: str, node: str, kind: str) -> str:
    return (
        f"export: the size of the dynamic axis '{symbol}' is fixed in the node '{node}' ({kind}): "
        "with twice the size it is another one; compute what depends on the size by functions of "
        "tensors, or leave the axis out of dynamic_axes"
    )


DYNAMIC: dict[str, tuple[Callable[..., Any], str]] = {
    "a number": (lambda x: x / x.shape[0], baked("batch", "div_0", "Div")),
    "a shape": (
        lambda x: torch.ones(1).expand(x.shape[0] * 2) * x[0, 0],
        baked("batch", "expand_0", "Expand"),
    ),
    "a constant": (
        lambda x: x + torch.arange(1.0, x.shape[0] + 1)[:, None],
        baked("batch", "unsqueeze_0", "Unsqueeze"),
    ),
    "an option": (lambda x: x.split(x.shape[0] // 2)[0], baked("batch", "split_0", "Split")),
    "a loop": (lambda x: sum(row for row in x), baked("batch", "gather_4", "Gather")),
    "a choice": (lambda x: x if len(x) < 5 else -x, baked("batch", "neg_0", "Neg")),
    "a failure": (
        lambda x: x.reshape(4, 3),
        "export: the model fails with twice the size of the dynamic axis 'batch': shape '[4, 3]' "
        "is invalid for input of size 24",
    ),
}


@pytest.mark.parametrize("name", DYNAMIC)
def test_a_size_that_is_fixed_is_refused(name: str) -> None:
    function, text = DYNAMIC[name]
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (the text is compared)
        export(function, torch.randn(4, 3), dynamic_axes={"x": {0: "batch"}})
    assert str(caught.value) == text


FREE: dict[str, Callable[..., Any]] = {
    "flatten": lambda x: x.flatten(),
    "with dimensions before and after": lambda x: x.reshape(-1, 3, 1).transpose(0, 1).flatten(1),
    "from one": lambda x: torch.cat([torch.ones(1, 3).expand(x.shape[0], -1), x], 1),
    "zeros": lambda x: x + torch.zeros(x.shape[0], 3),
    "counting": lambda x: x + torch.arange(x.shape[0])[:, None] + torch.arange(float(len(x)))[0],
    "two of one size": lambda x: torch.ones(x.shape[0], x.shape[0]).tril() @ x,
    "last": lambda x: (x[-1], x[1:], x[:-2], x.flip(0), x.roll(1, 0), x.roll(1)),
    "reduced": lambda x: (x.mean(0), x.softmax(0), x.amax(), x.argmax(0), x.norm()),
}


@pytest.mark.parametrize("name", FREE)
def test_a_size_that_can_be_said_is_free(name: str) -> None:
    function = FREE[name]
    proto = export(function, torch.randn(4, 3), dynamic_axes={"x": {0: "batch"}})
    for size in (4, 8, 3, 7):
        assert_same(proto, function, torch.randn(size, 3))


def test_axes_get_names() -> None:
    def function(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return x @ y, x + 1, torch.cat([x, x])

    axes: Any = {"x": [0, -1], "y": {0: "x_dynamic_axes_2"}, "output_1": {0: "rows"}}
    proto = export(function, (torch.ones(4, 3), torch.ones(3, 2)), dynamic_axes=axes)
    assert shapes(proto.graph.input) == [
        ["x_dynamic_axes_1", "x_dynamic_axes_2"],
        ["x_dynamic_axes_2", 2],
    ]
    assert shapes(proto.graph.output) == [
        ["x_dynamic_axes_1", 2],
        ["rows", "x_dynamic_axes_2"],
        ["output_2_dim_0", "x_dynamic_axes_2"],
    ]
    assert_same(proto, function, torch.randn(2, 5), torch.randn(5, 2))
