"""Convolutions whose windows are one element: padding, steps and groups in each dimension."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import minitorch as torch
from minitorch.autograd import gradcheck
from minitorch.nn import functional as F

SIZES = (3, 4, 2)
# Inputs and outputs for each group: fewer, as many, and far more, which go different ways back.
WIDTHS = [(1, 1), (2, 1), (1, 4)]
OPTIONS = list(product([1, 2, 3], [0, 1, 2], [1, 2], [1, 3], [1, 2]))


def random(*shape: int) -> torch.Tensor:
    return torch.randn(shape, dtype=torch.float64, requires_grad=True)


@pytest.mark.parametrize("width", WIDTHS, ids=str)
@pytest.mark.parametrize("option", OPTIONS, ids=str)
def test_convolutions(width: tuple[int, int], option: tuple[int, int, int, int, int]) -> None:
    """Each place is a product: of what is there, or of the zeros beside."""
    d, padding, stride, dilation, groups = option
    torch.manual_seed(0)
    x = random(2, width[0] * groups, *SIZES[:d])
    w, b = random(width[1] * groups, width[0], *(1,) * d), random(width[1] * groups)
    convolve: Any = getattr(F, f"conv{d}d")
    y = convolve(x, w, b, stride, padding, dilation, groups)

    seen = F.pad(x, (padding,) * (2 * d))
    for dim in range(2, 2 + d):
        seen = seen.index_select(dim, torch.arange(0, seen.shape[dim], stride))
    flat = seen.reshape((2, groups, width[0], -1))
    matrix = w.reshape((groups, width[1], width[0]))
    expected = (matrix @ flat).reshape((2, width[1] * groups, *seen.shape[2:]))
    expected = expected + b.reshape((-1, *(1,) * d))
    assert y.shape == expected.shape
    assert torch.allclose(y, expected)
    given = [x, w, b]
    for found, right in zip(
        torch.autograd.grad((y**3).sum(), given),
        torch.autograd.grad((expected**3).sum(), given),
        strict=True,
    ):
        assert torch.allclose(found, right)


@pytest.mark.parametrize("d", [1, 2, 3])
@pytest.mark.parametrize(
    ("padding", "stride", "more"), [(0, 1, 0), (0, 2, 1), (1, 2, 0), (1, 3, 2)]
)
def test_transposed_convolutions(d: int, padding: int, stride: int, more: int) -> None:
    torch.manual_seed(0)
    x, w = random(1, 2, *SIZES[:d]), random(2, 1, *(1,) * d)
    transposed: Any = getattr(F, f"conv_transpose{d}d")
    y = transposed(x, w, None, stride, padding, more)
    assert y.shape == (1, 1, *((n - 1) * stride - 2 * padding + 1 + more for n in SIZES[:d]))
    # It is the derivative of the convolution with the same steps.
    g = random(*y.shape)
    convolve: Any = getattr(F, f"conv{d}d")
    (back,) = torch.autograd.grad(y, x, g, retain_graph=True)
    assert torch.allclose(back, convolve(g, w, None, stride, padding))
    assert gradcheck(lambda x, w: transposed(x, w, None, stride, padding, more), (x, w))
