"""Derivatives of linear algebra that torch lacks, or has otherwise."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import minitorch as t
from minitorch import Tensor, gradcheck, gradgradcheck, linalg

pytestmark = pytest.mark.relies_on("tensor")

SMALL = [[1.0, 0.5], [-0.5, 2.0]]
TALL = [[2.0, 0.3], [-0.4, 1.0], [0.5, -0.2]]


def leaf(values: list[list[float]]) -> Tensor:
    return t.tensor(values, dtype=t.float64, requires_grad=True)


@pytest.mark.parametrize("p", [1.5, 2.0, 3.0])
def test_cdist_twice(p: float) -> None:
    assert gradgradcheck(lambda x, y: t.cdist(x, y, p), [leaf(TALL), leaf(SMALL)])


def test_det_of_a_singular_matrix_has_its_cofactors_as_gradient() -> None:
    x = leaf([[1.0, 2.0], [2.0, 4.0]])
    linalg.det(x).backward()
    assert x.grad is not None
    assert t.abs(x.grad - t.tensor([[4.0, -2.0], [-2.0, 1.0]])).amax().item() < 1e-12
    assert gradcheck(linalg.det, [x])


@pytest.mark.parametrize("p", ["fro", "nuc", 1, float("-inf")])
def test_cond(p: float | str) -> None:
    assert gradcheck(lambda x: linalg.cond(x, p), [leaf(SMALL)])


def test_r_alone_has_a_gradient() -> None:
    function: Callable[[Tensor], Tensor] = lambda x: linalg.qr(x, "r").R  # noqa: E731
    assert gradcheck(function, [leaf(TALL)])
    assert gradgradcheck(function, [leaf(TALL)])


def test_qr_that_is_complete_has_none() -> None:
    with pytest.raises(RuntimeError, match="not differentiable when mode='complete'"):
        linalg.qr(leaf(TALL), "complete").R.sum().backward()


def test_slogdet_of_a_singular_matrix_has_no_gradient() -> None:
    with pytest.raises(linalg.LinAlgError, match="singular"):
        linalg.slogdet(leaf([[1.0, 2.0], [2.0, 4.0]])).logabsdet.backward()


def test_a_float_factor_of_integers_is_refused() -> None:
    x = t.tensor([[1]])
    with pytest.raises(RuntimeError, match="argument alpha must not be a floating point number"):
        t.addmm(x, x, x, alpha=1.5)
