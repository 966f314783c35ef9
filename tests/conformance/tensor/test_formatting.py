"""The text of a tensor: torch's, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import counted, shown

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested

INF = float("inf")
NAN = float("nan")

TEXTS: list[tuple[Nested, str, str]] = [
    ([1.0, 2.0], "float32", "tensor([1., 2.])"),
    ([1.5, 2.25], "float32", "tensor([1.5000, 2.2500])"),
    ([0.12345678], "float32", "tensor([0.1235])"),
    ([-1.5, 10.25], "float32", "tensor([-1.5000, 10.2500])"),
    ([-0.0], "float32", "tensor([-0.])"),
    (3.5, "float32", "tensor(3.5000)"),
    (2.0, "float32", "tensor(2.)"),
    (-7, "int64", "tensor(-7)"),
    (True, "bool", "tensor(True)"),
    ([1, -20, 300], "int64", "tensor([  1, -20, 300])"),
    ([True, False], "bool", "tensor([ True, False])"),
    ([], "float32", "tensor([])"),
    ([], "int64", "tensor([], dtype=torch.int64)"),
    ([[], []], "float32", "tensor([], size=(2, 0))"),
    ([1.0, 2.0], "float64", "tensor([1., 2.], dtype=torch.float64)"),
    (0.1, "float64", "tensor(0.1000, dtype=torch.float64)"),
    ([[1.0, 2.0], [3.0, 4.0]], "float32", "tensor([[1., 2.],\n        [3., 4.]])"),
    ([[1, 20], [300, 4]], "int64", "tensor([[  1,  20],\n        [300,   4]])"),
    (
        [[[1.0], [2.0]], [[3.0], [4.0]]],
        "float32",
        "tensor([[[1.],\n         [2.]],\n\n        [[3.],\n         [4.]]])",
    ),
    ([INF, -INF, NAN], "float32", "tensor([inf, -inf, nan])"),
    ([1.0, INF], "float32", "tensor([1., inf])"),
    ([1.5, NAN], "float32", "tensor([1.5000,    nan])"),
    # As powers of ten: from 1e8, below 1e-4, or where the largest is a thousand of the smallest.
    ([12345678.0], "float32", "tensor([12345678.])"),
    ([123456789.0], "float32", "tensor([1.2346e+08])"),
    ([0.001], "float32", "tensor([0.0010])"),
    ([0.00001], "float32", "tensor([1.0000e-05])"),
    ([0.00001, 1.0], "float32", "tensor([1.0000e-05, 1.0000e+00])"),
    ([1000.5, 1.0], "float32", "tensor([1.0005e+03, 1.0000e+00])"),
    # A line has 80 characters, and a tensor of more than 1000 elements is cut.
    (
        counted((30,), 0.0),
        "float32",
        "tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.,\n"
        "        14., 15., 16., 17., 18., 19., 20., 21., 22., 23., 24., 25., 26., 27.,\n"
        "        28., 29.])",
    ),
    (
        counted((1001,), 0.0),
        "float32",
        "tensor([   0.,    1.,    2.,  ...,  998.,  999., 1000.])",
    ),
    (
        counted((1001,), 0),
        "int64",
        "tensor([   0,    1,    2,  ...,  998,  999, 1000])",
    ),
    (
        [[1.5] * 100] * 11,
        "float32",
        "tensor([[1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000],\n"
        "        [1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000],\n"
        "        [1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000],\n"
        "        ...,\n"
        "        [1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000],\n"
        "        [1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000],\n"
        "        [1.5000, 1.5000, 1.5000,  ..., 1.5000, 1.5000, 1.5000]])",
    ),
]

GRAD = "requires_grad=True"
ADD = "grad_fn=<AddBackward0>"

SUFFIXED: list[tuple[Nested, str, list[str], str]] = [
    ([1.0, 2.0], "float32", [GRAD], "tensor([1., 2.], requires_grad=True)"),
    ([1.0, 2.0], "float32", [ADD], "tensor([1., 2.], grad_fn=<AddBackward0>)"),
    ([1.0], "float64", [GRAD], "tensor([1.], dtype=torch.float64, requires_grad=True)"),
    (2.5, "float32", [ADD], "tensor(2.5000, grad_fn=<AddBackward0>)"),
    ([], "float32", [GRAD], "tensor([], requires_grad=True)"),
]


def assert_text(what: str, got: str, expected: str) -> None:
    __tracebackhide__ = True
    assert got == expected, f"{what} is\n{expected}\ngot\n{got}"


@pytest.mark.parametrize(("values", "dtype", "expected"), TEXTS, ids=shown)
def test_text(layer: Layer, values: Nested, dtype: str, expected: str) -> None:
    x = layer.tensor(values, getattr(layer, dtype))
    assert_text("the tensor's text", layer.tensor_repr(x), expected)


@pytest.mark.parametrize(("values", "dtype", "suffixes", "expected"), SUFFIXED, ids=shown)
def test_text_with_suffixes(
    layer: Layer, values: Nested, dtype: str, suffixes: list[str], expected: str
) -> None:
    x = layer.tensor(values, getattr(layer, dtype))
    assert_text(f"the text with {suffixes}", layer.tensor_repr(x, suffixes), expected)


def test_text_of_shapes_that_start_with_0(layer: Layer) -> None:
    x = layer.full((0, 3), 1.0, layer.float32)
    assert_text("the text of full((0, 3), ...)", layer.tensor_repr(x), "tensor([], size=(0, 3))")
