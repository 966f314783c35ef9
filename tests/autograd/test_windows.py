"""Products with sliding windows, and the derivatives of all that windows do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minitorch_autograd import (
    Generator,
    Tensor,
    add_windows,
    float64,
    gradcheck,
    gradgradcheck,
    matmul_windows,
    outer_windows,
    randn,
    sliding_windows,
    spread_windows,
)

STRIDE, DILATION = (2, 1), (1, 2)


def noise(*shape: int) -> Tensor:
    generator = Generator().manual_seed(len(shape))
    return randn(*shape, dtype=float64, generator=generator).requires_grad_()


def seen(x: Tensor) -> Tensor:
    return sliding_windows(x, (2, 2), STRIDE, DILATION)


CASES: dict[str, tuple[Callable[..., Tensor], tuple[Tensor, ...]]] = {
    "sliding_windows": (seen, (noise(2, 2, 5, 4),)),
    "add_windows": (
        lambda x: add_windows(x, (2, 5, 4), STRIDE, DILATION),
        (noise(2, 2, 2, 2, 2),),
    ),
    "matmul_windows": (
        lambda m, x: matmul_windows(m, seen(x)),
        (noise(2, 3, 4), noise(2, 2, 5, 4)),
    ),
    "spread_windows": (
        lambda m, g: spread_windows(m, g, (2, 2, 5, 4), (2, 2), STRIDE, DILATION),
        (noise(2, 3, 4), noise(2, 2, 3, 4)),
    ),
    "outer_windows": (
        lambda g, x: outer_windows(g, seen(x)),
        (noise(2, 2, 3, 4), noise(2, 2, 5, 4)),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_derivatives(name: str) -> None:
    function, inputs = CASES[name]
    assert gradcheck(function, inputs)
    assert gradgradcheck(function, inputs)


def test_products_are_those_of_columns() -> None:
    x = noise(2, 4, 5, 4).detach()
    columns = seen(x).reshape(2, 2, 8, 4)
    matrix = noise(2, 3, 8).detach()
    product = matmul_windows(matrix, seen(x))
    assert (product - matrix @ columns).abs().max().item() < 1e-14
    outer = outer_windows(product, seen(x))
    assert (outer - (product @ columns.mT).sum(0)).abs().max().item() < 1e-12
