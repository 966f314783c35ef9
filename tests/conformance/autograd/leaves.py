"""Leaves of the graph: made, and their gradients read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import DType, Layer, Nested, Tensor


def leaf(layer: Layer, values: Nested, dtype: DType | None = None) -> Tensor:
    """Return a tensor that wants a gradient."""
    return layer.tensor(values, dtype=dtype, requires_grad=True)


def gradient(x: Tensor) -> Tensor:
    """Return the gradient of a leaf, which must be there."""
    __tracebackhide__ = True
    assert x.grad is not None, "a leaf should have a gradient after backward, got None"
    return x.grad
