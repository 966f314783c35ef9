"""The extension "scattering": combining values into the places that an index names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Nested, ScatteringLayer

pytestmark = pytest.mark.extension("scattering")

INF, NAN = float("inf"), float("nan")


@pytest.mark.parametrize(
    ("how", "expected"),
    [("prod", [8.0, 10.0, 3.0]), ("amax", [4.0, 5.0, 3.0]), ("amin", [1.0, 2.0, 3.0])],
)
def test_several_values_go_to_one_place(layer: ScatteringLayer, how: str, expected: Nested) -> None:
    x, index = layer.tensor([1.0, 2.0, 3.0]), layer.tensor([0, 1, 0])
    result = layer.combine_at(x, (index,), layer.tensor([4.0, 5.0, 2.0]), how)
    left = f"combine_at([1, 2, 3], [0, 1, 0], [4, 5, 2], {how!r})"
    assert_equation(left, result.tolist(), expected)
    assert_equation(f"x = [1, 2, 3]; {left}; x", x.tolist(), [1.0, 2.0, 3.0])


@pytest.mark.parametrize(
    ("index", "values", "expected"),
    [
        ((1,), [5, 1], [[1, 2], [5, 4]]),
        ((slice(0, 2), 1), [5, 1], [[1, 5], [3, 4]]),
        (([1, 1], slice(0, 2)), [[5, 1], [0, 7]], [[1, 2], [5, 7]]),
        ((slice(0, 2), [0, -1]), [[5, 1], [0, 7]], [[5, 2], [3, 7]]),
        (([1, 0, 1], [0, 0, 0]), [9, 8, 7], [[8, 2], [9, 4]]),
        (([], slice(0, 2)), [], [[1, 2], [3, 4]]),
    ],
)
def test_indices(
    layer: ScatteringLayer,
    index: tuple[int | slice | list[int], ...],
    values: Nested,
    expected: Nested,
) -> None:
    given = tuple(layer.tensor(one, layer.int64) if isinstance(one, list) else one for one in index)
    x = layer.tensor([[1, 2], [3, 4]])
    shape = x[given].shape
    result = layer.combine_at(x, given, layer.tensor(values, layer.int64).view(shape), "amax")
    left = f"combine_at([[1, 2], [3, 4]], {index}, {values}, 'amax')"
    assert_equation(left, result.tolist(), expected)


@pytest.mark.parametrize("dtype", ["uint8", "int32", "int64", "float32", "float64"])
@pytest.mark.parametrize("how", ["prod", "amax", "amin"])
def test_the_dtype_stays(layer: ScatteringLayer, dtype: str, how: str) -> None:
    kind = getattr(layer, dtype)
    x, index = layer.tensor([1, 2], kind), layer.tensor([0, 0])
    result = layer.combine_at(x, (index,), layer.tensor([3, 4], kind), how)
    assert result.dtype is kind, f"combine_at of {dtype} is {dtype}, got {result.dtype}"


def test_nan_is_every_extreme(layer: ScatteringLayer) -> None:
    x, index = layer.tensor([-INF, INF, NAN]), layer.tensor([0, 1, 2, 0])
    values = layer.tensor([NAN, 1.0, 2.0, 3.0])
    for how in ("amax", "amin"):
        result = layer.combine_at(x, (index,), values, how)
        nan = (result != result).tolist()
        left = f"combine_at([-inf, inf, nan], [0, 1, 2, 0], [nan, 1, 2, 3], {how!r}) is nan"
        assert_equation(left, nan, [True, False, True])


def test_beyond_the_end(layer: ScatteringLayer) -> None:
    x, index = layer.tensor([1.0, 2.0]), layer.tensor([2])
    assert_raises(
        "combine_at([1, 2], [2], ...)",
        lambda: layer.combine_at(x, (index,), layer.tensor([1.0]), "prod"),
        IndexError,
        "out of",
    )
