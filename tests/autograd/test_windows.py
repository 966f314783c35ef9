"""Products with sliding windows, and the derivatives of all that windows do."""

from __future__ import annotations

import pytest
from tests.autograd.cases import Function, Input, leaves

from minitorch_autograd import (
    Tensor,
    add_windows,
    gradcheck,
    gradgradcheck,
    matmul_windows,
    no_grad,
    outer_windows,
    sliding_windows,
    spread_windows,
)

pytestmark = pytest.mark.relies_on("tensor")  # on its extension "windows"

STRIDE, DILATION = (2, 1), (1, 2)


def seen(x: Tensor) -> Tensor:
    return sliding_windows(x, (2, 2), STRIDE, DILATION)


# A function, and the inputs to differentiate it by.
CASES: dict[str, tuple[Function, *tuple[Input, ...]]] = {
    "sliding_windows": (seen, (2, 2, 5, 4)),
    "add_windows": (lambda x: add_windows(x, (2, 5, 4), STRIDE, DILATION), (2, 2, 2, 2, 2)),
    "matmul_windows": (lambda m, x: matmul_windows(m, seen(x)), (2, 3, 4), (2, 2, 5, 4)),
    "outer_windows": (lambda g, x: outer_windows(g, seen(x)), (2, 2, 3, 4), (2, 2, 5, 4)),
    "spread_windows": (
        lambda m, g: spread_windows(m, g, (2, 2, 5, 4), (2, 2), STRIDE, DILATION),
        (2, 3, 4),
        (2, 2, 3, 4),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_derivatives(case: str) -> None:
    function, *inputs = CASES[case]
    assert gradcheck(function, leaves(inputs))
    assert gradgradcheck(function, leaves(inputs))


@no_grad()
def test_products_are_those_of_columns() -> None:
    x, matrix = leaves([(2, 4, 5, 4), (2, 3, 8)])
    columns = seen(x).reshape(2, 2, 8, 4)
    product = matmul_windows(matrix, seen(x))
    assert (product - matrix @ columns).abs().max().item() < 1e-14
    outer = outer_windows(product, seen(x))
    assert (outer - (product @ columns.mT).sum(0)).abs().max().item() < 1e-12
