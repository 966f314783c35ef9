"""Folding dimensions away: `sum`, the extremes, and where they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import (
    FLOAT32,
    FLOAT64,
    assert_equation,
    assert_raises,
    at,
    build,
    flat,
    places,
    shape_of,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested

Shape = tuple[int, ...]

INF = float("inf")
NAN = float("nan")

FOLDS: dict[str, Callable[[list[float]], float]] = {"sum": sum, "amax": max, "amin": min}
ARGUMENTS: dict[str, Callable[[list[float]], float]] = {
    "argmax": lambda row: row.index(max(row)),
    "argmin": lambda row: row.index(min(row)),
}
CUBE: Nested = [[[4, 1, 4], [2, 9, -3]], [[0, 7, 7], [5, -8, 6]]]  # (2, 2, 3)


def fold(
    function: Callable[[list[float]], float], values: Nested, dims: Shape, keepdim: bool
) -> Nested:
    """Call `function` on the elements along `dims`, for each place in the other dimensions."""
    shape = shape_of(values)
    kept = tuple(1 if dim in dims else size for dim, size in enumerate(shape))

    def element(where: Shape) -> float:
        along = tuple(size if dim in dims else 1 for dim, size in enumerate(shape))
        return function(
            [at(values, tuple(map(sum, zip(where, step, strict=True)))) for step in places(along)]
        )

    if keepdim:
        return build(kept, element)
    elements = iter(flat(build(kept, element)))
    rest = tuple(size for dim, size in enumerate(shape) if dim not in dims)
    return build(rest, lambda _: next(elements))


@pytest.mark.parametrize("keepdim", [False, True], ids=["dropped", "kept"])
@pytest.mark.parametrize(
    "dims", [(), (0,), (1,), (2,), (0, 1), (2, 0), (1, 2), (0, 1, 2)], ids=shown
)
@pytest.mark.parametrize("function", FOLDS)
def test_fold(layer: Layer, function: str, dims: Shape, keepdim: bool) -> None:
    x = layer.tensor(CUBE)
    result = getattr(x, function)(dims, keepdim)
    what = f"tensor({CUBE}).{function}({dims}, keepdim={keepdim})"
    assert_equation(what, result.tolist(), fold(FOLDS[function], CUBE, dims, keepdim))


@pytest.mark.parametrize("dim", [0, 1])
def test_long_sums_keep_their_digits(layer: Layer, dim: int) -> None:
    x = layer.tensor([[0.1] * 20_000] * 2 if dim else [[0.1] * 2] * 20_000)
    for i in range(2):
        total = x.sum((dim,))[i,].item()
        assert abs(total / 2000 - 1) < 1e-5, f"20,000 times 0.1 is 2000, got {total}"


@pytest.mark.parametrize("keepdim", [False, True], ids=["dropped", "kept"])
@pytest.mark.parametrize("dim", [0, 1, 2])
@pytest.mark.parametrize("function", ARGUMENTS)
def test_where_the_extremes_are(layer: Layer, function: str, dim: int, keepdim: bool) -> None:
    x = layer.tensor(CUBE)
    result = getattr(x, function)(dim, keepdim)
    what = f"tensor({CUBE}).{function}({dim}, keepdim={keepdim})"
    assert_equation(what, result.tolist(), fold(ARGUMENTS[function], CUBE, (dim,), keepdim))
    assert result.dtype is layer.int64, f"{function} gives int64, got {result.dtype}"


@pytest.mark.parametrize("function", [*FOLDS, *ARGUMENTS])
def test_dimensions_are_dropped_unless_asked_for(layer: Layer, function: str) -> None:
    x = layer.tensor([[1.0, 2.0]])
    result = getattr(x, function)((0,) if function in FOLDS else 0)
    assert result.shape == (2,), f"x.{function} over dim 0 of (1, 2) is (2,), got {result.shape}"


@pytest.mark.parametrize("function", FOLDS)
@pytest.mark.parametrize("values", [2.5, 3])
def test_fold_of_a_0d_tensor(layer: Layer, function: str, values: float) -> None:
    result = getattr(layer.tensor(values), function)(())
    assert_equation(f"tensor({values}).{function}(())", result.tolist(), values)


@pytest.mark.parametrize(
    ("function", "dtype", "expected"),
    [
        *[("sum", dtype, dtype) for dtype in ("float32", "float64", "int64")],
        ("sum", "bool", "int64"),
        *[("amax", dtype, dtype) for dtype in ("float32", "float64", "int64", "bool")],
        *[("amin", dtype, dtype) for dtype in ("float32", "float64", "int64", "bool")],
    ],
    ids=shown,
)
@pytest.mark.parametrize("dims", [(0,), ()], ids=shown)
def test_fold_dtype(layer: Layer, function: str, dtype: str, expected: str, dims: Shape) -> None:
    x = layer.tensor([1, 0, 1], getattr(layer, dtype))
    result = getattr(x, function)(dims)
    assert result.dtype is getattr(layer, expected), (
        f"{function}({dims}) of {dtype} is {expected}, got {result.dtype}"
    )


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("sum", [True, True, False, True], 3),
        ("sum", [2**53, 1, 1, 1], 2**53 + 3),
        ("sum", [1.0, INF, 2.0], INF),
        ("sum", [1.0, INF, -INF], NAN),
        ("sum", [1.0, NAN], NAN),
        ("amax", [True, False], True),
        ("amin", [True, False], False),
        ("amax", [1.0, INF, -INF], INF),
        ("amin", [1.0, INF, -INF], -INF),
        ("amax", [1.0, NAN, 3.0], NAN),
        ("amin", [1.0, NAN, -3.0], NAN),
        ("amax", [-3.0, -1.0, -2.0], -1.0),
        ("amax", [2**53, 2**53 + 1], 2**53 + 1),
    ],
    ids=shown,
)
def test_fold_of_special_elements(
    layer: Layer, function: str, values: Nested, expected: float
) -> None:
    result = getattr(layer.tensor(values), function)((0,))
    assert_equation(f"tensor({values}).{function}((0,))", result.tolist(), expected)


@pytest.mark.parametrize(
    ("function", "values", "expected"),
    [
        ("argmax", [1.0, 3.0, 3.0], 1),
        ("argmin", [3.0, 1.0, 1.0], 1),
        ("argmax", [1.0, NAN, INF, NAN], 1),
        ("argmin", [1.0, NAN, -INF, NAN], 1),
        ("argmax", [-INF, -INF], 0),
        ("argmin", [INF, -INF], 1),
        ("argmax", [2**53, 2**53 + 1], 1),
    ],
    ids=shown,
)
def test_where_special_extremes_are(
    layer: Layer, function: str, values: Nested, expected: int
) -> None:
    result = getattr(layer.tensor(values), function)(0)
    assert_equation(f"tensor({values}).{function}(0)", result.tolist(), expected)


@pytest.mark.parametrize(
    ("shape", "dims", "expected"),
    [
        ((0,), (0,), 0.0),
        ((2, 0), (1,), [0.0, 0.0]),
        ((2, 0), (0,), []),
        ((0, 2), (0,), [0.0, 0.0]),
        ((0, 2), (0, 1), 0.0),
    ],
    ids=shown,
)
def test_the_sum_of_nothing_is_0(layer: Layer, shape: Shape, dims: Shape, expected: Nested) -> None:
    x = layer.full(shape, 1.0, layer.float32)
    assert_equation(f"full({shape}, 1.0).sum({dims})", x.sum(dims).tolist(), expected)


@pytest.mark.parametrize("function", [*FOLDS, *ARGUMENTS][1:])
def test_there_is_no_extreme_of_nothing(layer: Layer, function: str) -> None:
    x = layer.full((0, 2), 1.0, layer.float32)
    call = getattr(x, function)
    what = f"{function} of shape (0, 2) over dim 0"
    assert_raises(what, lambda: call((0,) if function in FOLDS else 0), IndexError, "non-zero size")


@pytest.mark.parametrize("function", [*FOLDS, *ARGUMENTS][1:])
def test_extremes_over_another_dimension_than_the_empty_one(layer: Layer, function: str) -> None:
    x = layer.full((0, 2), 1.0, layer.float32)
    result = getattr(x, function)((1,) if function in FOLDS else 1)
    assert result.shape == (0,), f"{function} of (0, 2) over dim 1 is (0,), got {result.shape}"


def test_a_long_sum_stays_accurate(layer: Layer) -> None:
    # Ten thousand roundings of a running float32 sum would be off by 1e-4 and more.
    values = [0.1 * (i % 7) for i in range(10_000)]
    for dtype, tolerance in ((layer.float32, 10 * FLOAT32), (layer.float64, 10 * FLOAT64)):
        total = layer.tensor(values, dtype).sum((0,)).item()
        left = f"the sum of 10,000 numbers in {dtype}"
        assert_equation(left, total, math.fsum(values), tolerance)
