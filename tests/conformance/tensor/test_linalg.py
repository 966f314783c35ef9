"""The extension "linalg": matrices by small ones whose answers are known, and by what they obey."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import LinalgLayer, Tensor

pytestmark = pytest.mark.extension("linalg")

CLOSE = 1e-12
MATRIX = [[4.0, 2.0], [2.0, 3.0]]
OTHER = [[0.0, 1.0], [-2.0, 0.0]]
TALL = [[1.0, 0.0], [2.0, 1.0], [2.0, 3.0]]
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
ONE = [[1.0, 0.0], [0.0, 1.0]]


def double(layer: LinalgLayer, values: list[list[float]] | list[list[list[float]]]) -> Tensor:
    return layer.tensor(values, layer.float64)


def across(x: Tensor) -> Tensor:
    return x.permute((1, 0))


def test_numbers_of_a_batch(layer: LinalgLayer) -> None:
    x = double(layer, [MATRIX, OTHER])
    assert_equation("det", layer.det(x).tolist(), [8.0, 2.0], CLOSE)
    sign, logarithm = layer.slogdet(-double(layer, [[[2.0]], [[1.0]]]))
    assert_equation("slogdet, sign", sign.tolist(), [-1.0, -1.0])
    assert_equation("slogdet, log", logarithm.tolist(), [math.log(2.0), 0.0], CLOSE)
    assert_equation("inv", (layer.inv(x) @ x).tolist(), [ONE, ONE], CLOSE)


def test_a_singular_matrix_has_determinant_0(layer: LinalgLayer) -> None:
    sign, logarithm = layer.slogdet(double(layer, SINGULAR))
    assert_equation("slogdet(singular)", [sign.item(), logarithm.item()], [0.0, float("-inf")])


def test_solve_broadcasts(layer: LinalgLayer) -> None:
    a, b = double(layer, [MATRIX, OTHER]), double(layer, [[2.0], [4.0]])
    assert_equation("a solve(a, b)", (a @ layer.solve(a, b)).tolist(), [b.tolist()] * 2, CLOSE)


def test_cholesky_reads_the_lower_triangle(layer: LinalgLayer) -> None:
    lower = layer.cholesky(double(layer, [[4.0, 99.0], [2.0, 3.0]]))
    assert_equation("cholesky", lower.tolist(), [[2.0, 0.0], [1.0, 2.0**0.5]], CLOSE)


@pytest.mark.parametrize("complete", [False, True])
def test_qr(layer: LinalgLayer, complete: bool) -> None:
    q, r = layer.qr(double(layer, TALL), complete)
    assert_equation("q r", (q @ r).tolist(), TALL, CLOSE)
    assert_equation("shape of q", q.shape, (3, 3 if complete else 2))
    unit = [[float(i == j) for j in range(q.shape[1])] for i in range(q.shape[1])]
    assert_equation("q^T q", (across(q) @ q).tolist(), unit, CLOSE)
    assert_equation("r below the diagonal", r[(1, 0)].item(), 0.0)


@pytest.mark.parametrize("full", [False, True])
def test_svd(layer: LinalgLayer, full: bool) -> None:
    u, s, vh = layer.svd(double(layer, TALL), full)
    assert_equation("shape of u", u.shape, (3, 3 if full else 2))
    thin = u[(slice(None), slice(0, 2, 1))]
    assert_equation("u s vh", ((thin * s) @ vh).tolist(), TALL, CLOSE)
    assert_equation("vh vh^T", (vh @ across(vh)).tolist(), ONE, CLOSE)
    assert_equation("s descends", bool((s[(0,)] >= s[(1,)]).item()), True)


def test_eigh(layer: LinalgLayer) -> None:
    w, v = layer.eigh(double(layer, [[2.0, 99.0], [1.0, 2.0]]))
    assert_equation("eigenvalues", w.tolist(), [1.0, 3.0], CLOSE)
    assert_equation("v w v^T", ((v * w) @ across(v)).tolist(), [[2.0, 1.0], [1.0, 2.0]], CLOSE)


def test_float32_stays(layer: LinalgLayer) -> None:
    x = layer.tensor(MATRIX, layer.float32)
    for one in (layer.det(x), layer.inv(x), layer.cholesky(x), *layer.eigh(x), *layer.qr(x, False)):
        assert_equation("dtype of a result of float32", one.dtype, layer.float32)


def test_what_fails_raises(layer: LinalgLayer) -> None:
    x = double(layer, SINGULAR)
    assert_raises("inv(singular)", lambda: layer.inv(x), RuntimeError)
    assert_raises("solve(singular)", lambda: layer.solve(x, x), RuntimeError)
    assert_raises("cholesky(-x)", lambda: layer.cholesky(-x), RuntimeError)
