"""The matrix product."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import (
    FLOAT32,
    FLOAT64,
    assert_equation,
    assert_raises,
    at,
    build,
    counted,
    shape_of,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested

Shape = tuple[int, ...]

INF = float("inf")
NAN = float("nan")


def product(x: Nested, y: Nested) -> Nested:
    """Multiply nested lists: rows by columns, leading dimensions broadcast."""
    a, b = shape_of(x), shape_of(y)
    length = max(len(a), len(b), 2) - 2
    padded = [(1,) * (length - len(one[:-2])) + one[:-2] for one in (a, b)]
    batch = tuple(map(max, zip(*padded, strict=True))) if length else ()
    shape = batch + a[-2:-1] + (b[-1:] if len(b) > 1 else ())

    def element(where: Shape) -> float:
        outer, inner = where[: len(batch)], list(where[len(batch) :])
        row = [inner.pop(0)] if len(a) > 1 else []
        column = inner if len(b) > 1 else []
        return sum(
            at(x, (*(outer if len(a) > 2 else ()), *row, k))
            * at(y, (*(outer if len(b) > 2 else ()), k, *column))
            for k in range(a[-1])
        )

    return build(shape, element)


SHAPES: list[tuple[Shape, Shape]] = [
    ((2, 3), (3, 4)),
    ((1, 3), (3, 1)),
    ((1, 1), (1, 1)),
    ((3,), (3,)),
    ((2, 3), (3,)),
    ((3,), (3, 2)),
    ((2, 2, 3), (2, 3, 4)),
    ((2, 2, 3), (3, 4)),
    ((2, 3), (4, 3, 2)),
    ((2, 1, 2, 3), (5, 3, 2)),
    ((1, 2, 3), (4, 3, 1)),
    ((3,), (2, 3, 4)),
    ((2, 4, 3), (3,)),
]


@pytest.mark.parametrize(("a", "b"), SHAPES, ids=shown)
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_matmul(layer: Layer, a: Shape, b: Shape, dtype: str) -> None:
    kind, one = getattr(layer, dtype), 1 if dtype == "int64" else 1.0
    x, y = counted(a, one), counted(b, -4 * one)
    result = layer.tensor(x, kind) @ layer.tensor(y, kind)
    tolerance = {"float32": FLOAT32, "float64": FLOAT64, "int64": 0.0}[dtype]
    assert_equation(f"{x} @ {y} in {dtype}", result.tolist(), product(x, y), tolerance)
    assert result.dtype is kind, f"{dtype} @ {dtype} is {dtype}, got {result.dtype}"


@pytest.mark.parametrize(
    ("a", "b", "shape"),
    [
        ((2, 0), (0, 3), (2, 3)),
        ((0, 2), (2, 3), (0, 3)),
        ((2, 3), (3, 0), (2, 0)),
        ((0,), (0,), ()),
        ((0, 2, 3), (3, 4), (0, 2, 4)),
    ],
    ids=shown,
)
def test_matmul_of_nothing(layer: Layer, a: Shape, b: Shape, shape: Shape) -> None:
    result = layer.full(a, 1.0, layer.float32) @ layer.full(b, 1.0, layer.float32)
    assert result.shape == shape, f"shapes {a} @ {b} give {shape}, got {result.shape}"
    assert_equation(f"shapes {a} @ {b}", result.tolist(), build(shape, lambda _: 0.0))


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ([[1.0, 2.0]], [[INF], [1.0]], [[INF]]),
        ([[0.0, 1.0]], [[INF], [1.0]], [[NAN]]),
        ([[NAN, 1.0]], [[0.0], [1.0]], [[NAN]]),
    ],
    ids=shown,
)
def test_matmul_of_special_elements(layer: Layer, x: Nested, y: Nested, expected: Nested) -> None:
    result = layer.tensor(x) @ layer.tensor(y)
    assert_equation(f"{x} @ {y}", result.tolist(), expected)


def test_matmul_of_views(layer: Layer) -> None:
    x, y = layer.tensor(counted((3, 2))).permute((1, 0)), layer.tensor(counted((2, 6)))
    every_other = y[(slice(None), slice(0, 6, 2))].permute((1, 0))
    expected = product(x.tolist(), every_other.tolist())
    assert_equation("x.T @ y[:, ::2].T", (x @ every_other).tolist(), expected)


def test_matmul_of_two_inner_sizes(layer: Layer) -> None:
    x, y = layer.tensor(counted((2, 3))), layer.tensor(counted((4, 2)))
    assert_raises("(2, 3) @ (4, 2)", lambda: x @ y, RuntimeError, "cannot be multiplied")


@pytest.mark.parametrize(
    ("a", "b"),
    [((3,), (4,)), ((2, 3), (2,)), ((2,), (3, 2)), ((2, 2, 3), (2, 2, 3)), ((2, 2, 3), (3, 3, 2))],
    ids=shown,
)
def test_matmul_of_shapes_that_do_not_fit(layer: Layer, a: Shape, b: Shape) -> None:
    x, y = layer.tensor(counted(a)), layer.tensor(counted(b))
    assert_raises(f"shapes {a} @ {b}", lambda: x @ y, RuntimeError)


def test_matmul_of_two_dtypes(layer: Layer) -> None:
    x, y = layer.tensor([[1.0]]), layer.tensor([[1.0]], layer.float64)
    assert_raises("float32 @ float64", lambda: x @ y, RuntimeError, "same dtype")
