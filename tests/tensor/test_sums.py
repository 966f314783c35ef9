"""Sums of floats: right to a few units in the last place, in every shape and layout.

The sizes are on both sides of each threshold of `sums`, `scans`, `matmul` and `scatter`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from minitorch_tensor import Tensor, cumsum, put, to_numpy
from minitorch_tensor.matrices.matmul import LONG, MOST, PART
from minitorch_tensor.reductions.scans import CHUNK
from minitorch_tensor.reductions.sums import FEW, NARROW, ROWS, WIDE

UNITS = 100  # of the last place; one by one some thousand equal numbers lose more

SHAPES = [
    *((n, m) for n in (ROWS, ROWS + 1, 2 * ROWS, 5000) for m in (1, 3, NARROW - 1, NARROW)),
    *((FEW // 8 + d, 8) for d in (-1, 0, 1)),
    *((300, m) for m in (WIDE // 17, WIDE // 17 + 1, WIDE - 1, WIDE, WIDE + 1)),
    (200_001, 3),
    (1, 5000),
    (5000, 1),
    (3, 5000, 2),
    (3, 129, 700),
    (2, 3, 40, 50),
    (700, 2, 5, 3),
]
LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "contiguous": lambda a: a,
    "turned": np.asfortranarray,
    "a part of each row": lambda a: np.concatenate([a, a], -1)[..., : a.shape[-1]],
    "every other row": lambda a: np.repeat(a, 2, 0)[::2],
    "every other element": lambda a: np.repeat(a, 2, -1)[..., ::2],
    "first dimension last in memory": lambda a: np.moveaxis(np.moveaxis(a, 0, -1).copy(), -1, 0),
    "one row, repeated": lambda a: np.broadcast_to(a[:1], a.shape),
    "one column, repeated": lambda a: np.broadcast_to(a[..., :1].copy(), a.shape),
    "windows": lambda a: np.lib.stride_tricks.as_strided(a, a.shape, (a.itemsize,) * a.ndim),
}


def near_a_tenth(shape: tuple[int, ...], dtype: str) -> np.ndarray:
    return (0.1 + 0.001 * (np.arange(np.prod(shape)) % 3)).astype(dtype).reshape(shape)


def assert_near(found: Tensor, expected: np.ndarray, what: str) -> None:
    __tracebackhide__ = True
    assert found.shape == expected.shape, what
    eps = np.finfo(found.dtype.name).eps
    units = np.abs(to_numpy(found).astype(np.longdouble) / expected - 1) / eps
    assert units.max() < UNITS, f"{what}: {units.max():.0f} units off"


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_sum(shape: tuple[int, ...], layout: str, dtype: str) -> None:
    a = LAYOUTS[layout](near_a_tenth(shape, dtype))
    for count in range(1, a.ndim + 1):
        for dims in itertools.combinations(range(a.ndim), count):
            for keepdim in (False, True):
                expected = a.astype(np.longdouble).sum(dims, keepdims=keepdim)
                assert_near(Tensor(a).sum(dims, keepdim), expected, f"sum{dims}")


@pytest.mark.parametrize("place", [0, 77, 199])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("rows", [ROWS, 200, 5000])
def test_what_is_not_finite(rows: int, value: float, place: int) -> None:
    a = near_a_tenth((rows, 3), "float32")
    a[place % rows, 1] = value
    total = Tensor(a).sum((0,))._array
    assert np.isfinite(total[[0, 2]]).all()
    np.testing.assert_equal(total[1], np.float32(value))
    a[5, 1] = -value
    assert np.isnan(Tensor(a).sum((0,))._array[1])


@pytest.mark.parametrize("terms", [ROWS, LONG, LONG + 1, MOST, MOST + 1, 2 * MOST + PART - 1])
@pytest.mark.parametrize(
    ("left", "right"), [((), ()), ((), (3,)), ((3,), ()), ((2,), (3,))], ids=str
)
@pytest.mark.parametrize("turned", [False, True])
def test_products(left: tuple[int, ...], right: tuple[int, ...], terms: int, turned: bool) -> None:
    a, b = near_a_tenth((*left, terms), "float32"), near_a_tenth((terms, *right), "float32")
    if turned:
        a, b = np.asfortranarray(a), np.asfortranarray(b)
    expected = a.astype(np.longdouble) @ b.astype(np.longdouble)
    in_parts = terms > (LONG if left or right else MOST)
    found = to_numpy(Tensor(a) @ Tensor(b)).astype(np.longdouble)
    units = np.abs(found / expected - 1) / np.finfo("float32").eps
    assert np.max(units) < (400 if in_parts else 3000)  # BLAS itself loses more


@pytest.mark.parametrize(
    "shape",
    [(CHUNK,), (CHUNK + 1,), (5, CHUNK), (CHUNK // 2, 3), (3, CHUNK // 4, 5), (2, CHUNK, 3)],
)
@pytest.mark.parametrize("dtype", ["float16", "float32"])
def test_cumsum(shape: tuple[int, ...], dtype: str) -> None:
    a = near_a_tenth(shape, dtype)
    for dim in range(a.ndim):
        for one in (a, np.asfortranarray(a)):
            expected = a.astype(np.longdouble).cumsum(dim)
            assert_near(cumsum(Tensor(one), dim), expected, f"cumsum({dim})")


@pytest.mark.parametrize("dtype", ["float16", "float32", "int64"])
@pytest.mark.parametrize("count", [ROWS * 4, ROWS * 4 + 1, 100_000])
def test_put_many_in_one_place(count: int, dtype: str) -> None:
    values = np.ones(count, dtype) if dtype == "int64" else near_a_tenth((count,), dtype)
    places = np.zeros(count, np.int64)
    places[:2] = 3, -2
    total = put((4,), (Tensor(places),), Tensor(values))
    expected = np.zeros(4, np.longdouble)
    np.add.at(expected, places, values.astype(np.longdouble))
    assert total._array.dtype == dtype
    assert np.allclose(
        total._array, expected.astype(float), rtol=1e-3 if dtype == "float16" else 1e-5
    )
