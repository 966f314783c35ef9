"""Products with sliding windows; tests/autograd/cases.py has their derivatives."""

from __future__ import annotations

from tests.autograd.cases import leaves, windows

from minitorch_autograd import matmul_windows, no_grad, outer_windows


@no_grad()
def test_products_are_those_of_columns() -> None:
    x, matrix = leaves([(2, 4, 5, 4), (2, 3, 8)])
    columns = windows(x).reshape(2, 2, 8, 4)
    product = matmul_windows(matrix, windows(x))
    assert (product - matrix @ columns).abs().max().item() < 1e-14
    outer = outer_windows(product, windows(x))
    assert (outer - (product @ columns.mT).sum(0)).abs().max().item() < 1e-12
