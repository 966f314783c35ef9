"""The text of a tensor, torch's: what it says of gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Tensor

TEXTS: dict[str, Callable[[Layer], Tensor]] = {
    "tensor([1.0000, 2.5000])": lambda layer: layer.tensor([1.0, 2.5]),
    "tensor([1, 2])": lambda layer: layer.tensor([1, 2]),
    "tensor([ True, False])": lambda layer: layer.tensor([1.0, 2.0]) == 1.0,
    "tensor([1., 2.], requires_grad=True)": lambda layer: tracked(layer),
    "tensor([2., 3.], grad_fn=<AddBackward0>)": lambda layer: tracked(layer) + 1.0,
    "tensor([2., 4.], grad_fn=<MulBackward0>)": lambda layer: tracked(layer) * 2.0,
    "tensor(3., grad_fn=<SumBackward0>)": lambda layer: tracked(layer).sum(),
    "tensor([1., 2.])": lambda layer: (tracked(layer) * 1.0).detach(),
    "tensor([0.], dtype=torch.float64)": lambda layer: layer.zeros((1,), dtype=layer.float64),
    "tensor([7.], grad_fn=<Mine>)": lambda layer: layer.record(
        "Mine", layer.tensor([7.0]), (tracked(layer), lambda g: g)
    ),
}


def tracked(layer: Layer) -> Tensor:
    return layer.tensor([1.0, 2.0], requires_grad=True)


@pytest.mark.parametrize("expected", TEXTS)
def test_text(layer: Layer, expected: str) -> None:
    got = repr(TEXTS[expected](layer))
    assert got == expected, f"the tensor's text is {expected}, got {got}"


def test_dtypes(layer: Layer) -> None:
    texts = [repr(layer.float32), repr(layer.float64), repr(layer.int64)]
    expected = ["torch.float32", "torch.float64", "torch.int64"]
    assert texts == expected, f"the dtypes are called {expected}, got {texts}"
