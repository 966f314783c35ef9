"""Reading and writing parts: `x[...]`, `x[...] = y`, and `put`, the reverse of reading.

In the tables a list stands for an int64 tensor. The elements of `x` say where they are: the one at
(1, 2, 3) is 123; so the result of reading also says what writing must change.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

import pytest
from tests.conformance.comparing import (
    assert_equation,
    assert_raises,
    broadcast,
    build,
    flat,
    shape_of,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested, Tensor

    Entry: TypeAlias = "int | slice | list[int] | list[list[int]] | None"
    Index: TypeAlias = tuple[Entry, ...]

SHAPE = (2, 3, 4)
X = build(SHAPE, lambda where: 100 * where[0] + 10 * where[1] + where[2])
ALL = slice(None)

BASIC: list[tuple[Index, Nested]] = [
    ((), X),
    ((1,), [[100, 101, 102, 103], [110, 111, 112, 113], [120, 121, 122, 123]]),
    ((1, 2), [120, 121, 122, 123]),
    ((1, 2, 3), 123),
    ((ALL, 1), [[10, 11, 12, 13], [110, 111, 112, 113]]),
    ((ALL, ALL, 2), [[2, 12, 22], [102, 112, 122]]),
    ((0, ALL, 2), [2, 12, 22]),
    ((0, 1, slice(1, 3)), [11, 12]),
    ((0, 1, slice(2, None)), [12, 13]),
    ((0, 1, slice(None, 2)), [10, 11]),
    ((0, 1, slice(None, None, 2)), [10, 12]),
    ((0, 1, slice(1, None, 2)), [11, 13]),
    ((0, 1, slice(0, 4, 3)), [10, 13]),
    ((0, 1, slice(-3, -1)), [11, 12]),
    ((0, 1, slice(2, 100)), [12, 13]),
    ((0, 1, slice(2, 2)), []),
    ((0, 1, slice(3, 1)), []),
    ((0, slice(1, 3), slice(0, 4, 2)), [[10, 12], [20, 22]]),
    ((slice(1, 2), 0, slice(3, 4)), [[103]]),
    ((0, 1, None), [[10, 11, 12, 13]]),
    ((None, 0, 1), [[10, 11, 12, 13]]),
    ((0, 1, ALL, None), [[10], [11], [12], [13]]),
    ((0, None, slice(0, 2), None, 3), [[[3], [13]]]),
    ((0, 1, 2, None), [12]),
    ((0, 1, 2, None, None), [[12]]),
]

ADVANCED: list[tuple[Index, Nested]] = [
    (([1],), [[[100, 101, 102, 103], [110, 111, 112, 113], [120, 121, 122, 123]]]),
    ((1, [2, 0]), [[120, 121, 122, 123], [100, 101, 102, 103]]),
    ((1, [2, 0], 3), [123, 103]),
    ((0, [0, 0, 2]), [[0, 1, 2, 3], [0, 1, 2, 3], [20, 21, 22, 23]]),
    ((0, [[0, 2], [1, 1]], 3), [[3, 23], [13, 13]]),
    ((0, ALL, [1, 3]), [[1, 3], [11, 13], [21, 23]]),
    ((ALL, 1, [3]), [[13], [113]]),
    ((ALL, [2, 1], 0), [[20, 10], [120, 110]]),
    (([0, 1], [2, 0], [3, 1]), [23, 101]),
    (([0, 1], [2]), [[20, 21, 22, 23], [120, 121, 122, 123]]),
    (([[0], [1]], [2, 0], 3), [[23, 3], [123, 103]]),
    # Neighbours once the int between them has acted: in place. Apart: in front.
    (([1, 0], 2, [3, 1]), [123, 21]),
    (([1, 0], ALL, [3, 1]), [[103, 113, 123], [1, 11, 21]]),
    (([0], slice(1, 3), [3, 1]), [[13, 23], [11, 21]]),
    ((slice(1, 2), [0, 2], [3, 1]), [[103, 121]]),
    (([0, 1], None, [2], 0), [[20], [120]]),
    ((None, [1], 2), [[[120, 121, 122, 123]]]),
    ((1, [0, 2], slice(0, 4, 3)), [[100, 103], [120, 123]]),
    ((1, ALL, [0, 2], None), [[[100], [102]], [[110], [112]], [[120], [122]]]),
    ((0, [-1, 0], 0), [20, 0]),
    ((0, 0, []), []),
]


def written(index: Index) -> str:
    """Return how one writes it: x[1, :, [2, 0], None]."""
    entries = []
    for entry in index:
        if isinstance(entry, slice):
            bounds = [entry.start, entry.stop, *([entry.step] if entry.step else [])]
            entries.append(":".join("" if one is None else str(one) for one in bounds))
        else:
            entries.append(str(entry))
    return f"x[{', '.join(entries) or '()'}]"


EVERY = [pytest.param(*case, id=written(case[0])) for case in (*BASIC, *ADVANCED)]


def given(layer: Layer, index: Index) -> tuple[int | slice | Tensor | None, ...]:
    """Make tensors of the lists in `index`."""
    return tuple(
        layer.tensor(entry, layer.int64) if isinstance(entry, list) else entry for entry in index
    )


@pytest.mark.parametrize(("index", "expected"), EVERY)
def test_reading(layer: Layer, index: Index, expected: Nested) -> None:
    part = layer.tensor(X)[given(layer, index)]
    assert_equation(written(index), part.tolist(), expected)
    shape = shape_of(expected)
    assert part.shape == shape, f"{written(index)}.shape = {shape}, got {part.shape}"


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "bool"])
@pytest.mark.parametrize("index", [(1,), (slice(0, 2),), ([1, 0],), (None,)], ids=written)
def test_reading_keeps_the_dtype(layer: Layer, index: Index, dtype: str) -> None:
    kind = getattr(layer, dtype)
    part = layer.tensor([1, 0, 1], kind)[given(layer, index)]
    assert part.dtype is kind, f"{written(index)} of {dtype} stays {dtype}, got {part.dtype}"


def test_reading_0d_tensors_and_0d_indices(layer: Layer) -> None:
    assert_equation("tensor(7)[()]", layer.tensor(7)[()].tolist(), 7)
    assert_equation("tensor(7)[None]", layer.tensor(7)[(None,)].tolist(), [7])
    part = layer.tensor([5, 6, 7])[(layer.tensor(2),)]
    assert_equation("[5, 6, 7][tensor(2)]", part.tolist(), 7)


def test_reading_beyond_the_end(layer: Layer) -> None:
    x, index = layer.tensor([5, 6, 7]), layer.tensor([0, 3])
    assert_raises("[5, 6, 7][tensor([0, 3])]", lambda: x[(index,)], IndexError, "out of")


def test_reading_with_tensors_that_do_not_broadcast(layer: Layer) -> None:
    x, i, j = layer.tensor(X), layer.tensor([0, 1]), layer.tensor([0, 1, 2])
    assert_raises("x[tensor of 2, tensor of 3]", lambda: x[(i, j)], IndexError)


@pytest.mark.parametrize(("index", "part"), EVERY)
def test_writing_a_number(layer: Layer, index: Index, part: Nested) -> None:
    x, touched = layer.tensor(X), set(flat(part))
    x[given(layer, index)] = -7
    expected = broadcast(lambda element: -7 if element in touched else element, X)
    assert_equation(f"{written(index)} = -7; x", x.tolist(), expected)


@pytest.mark.parametrize(("index", "part"), EVERY)
def test_writing_a_tensor(layer: Layer, index: Index, part: Nested) -> None:
    # What is written is -1 minus what was there, so that repeated places agree.
    x, touched = layer.tensor(X), set(flat(part))
    value = layer.tensor(broadcast(lambda element: -1 - element, part), layer.int64)
    x[given(layer, index)] = value
    expected = broadcast(lambda element: -1 - element if element in touched else element, X)
    assert_equation(f"{written(index)} = -1 - {written(index)}; x", x.tolist(), expected)


@pytest.mark.parametrize(
    ("index", "value", "expected"),
    [
        ((0,), [8, 9], [[8, 9], [3, 4]]),
        ((ALL, 0), [8, 9], [[8, 2], [9, 4]]),
        ((ALL,), [8, 9], [[8, 9], [8, 9]]),
        ((ALL,), [[8], [9]], [[8, 8], [9, 9]]),
        ((ALL,), 8, [[8, 8], [8, 8]]),
        (([1, 0],), [8, 9], [[8, 9], [8, 9]]),
        (([1, 0],), [[8], [9]], [[9, 9], [8, 8]]),
        (([1, 0], 1), [8, 9], [[1, 9], [3, 8]]),
        (([1, 0], ALL), 8, [[8, 8], [8, 8]]),
        ((slice(0, 0),), 8, [[1, 2], [3, 4]]),
    ],
    ids=shown,
)
def test_what_is_written_broadcasts(
    layer: Layer, index: Index, value: Nested, expected: Nested
) -> None:
    x = layer.tensor([[1, 2], [3, 4]])
    x[given(layer, index)] = layer.tensor(value)
    left = f"x = [[1, 2], [3, 4]]; {written(index)} = tensor({value}); x"
    assert_equation(left, x.tolist(), expected)


@pytest.mark.parametrize(
    ("before", "value", "expected"),
    [
        ([1, 2], 7.9, [7, 2]),
        ([1.0, 2.0], 7, [7.0, 2.0]),
        ([1.0, 2.0], 0.1, [0.10000000149011612, 2.0]),
        ([True, False], 0, [False, False]),
        ([False, False], 2.5, [True, False]),
        ([1, 2], True, [1, 2]),
    ],
    ids=shown,
)
@pytest.mark.parametrize("index", [(0,), ([0],)], ids=["int", "tensor"])
@pytest.mark.parametrize("as_tensor", [False, True], ids=["a number", "a tensor"])
def test_what_is_written_is_cast(
    layer: Layer, before: Nested, value: float, expected: Nested, index: Index, as_tensor: bool
) -> None:
    x = layer.tensor(before)
    x[given(layer, index)] = layer.tensor(value) if as_tensor else value
    assert_equation(f"x = {before}; {written(index)} = {value}; x", x.tolist(), expected)


@pytest.mark.parametrize("index", [(ALL,), ([0, 1],)], ids=["slice", "tensor"])
def test_what_is_written_must_fit(layer: Layer, index: Index) -> None:
    x, value = layer.tensor([1.0, 2.0]), layer.tensor([1.0, 2.0, 3.0])

    def write() -> None:
        x[given(layer, index)] = value

    assert_raises("writing 3 elements into 2", write, RuntimeError)


def test_writing_through_views(layer: Layer) -> None:
    x = layer.tensor([[1, 2, 3], [4, 5, 6]])
    x.permute((1, 0))[(slice(1, None),)][(ALL, 1)] = layer.tensor([8, 9])
    assert_equation("x.permute(1, 0)[1:][:, 1] = [8, 9]; x", x.tolist(), [[1, 2, 3], [4, 8, 9]])
    x.permute((1, 0))[(layer.tensor([2, 0]), 0)] = layer.tensor([-3, -1])
    left = "x.permute(1, 0)[[2, 0], 0] = [-3, -1]; x"
    assert_equation(left, x.tolist(), [[-1, 2, -3], [4, 8, 9]])


@pytest.mark.parametrize(("index", "part"), EVERY)
def test_put(layer: Layer, index: Index, part: Nested) -> None:
    times = Counter(flat(part))
    values = layer.tensor(broadcast(lambda element: element + 1.0, part))
    result = layer.put(SHAPE, given(layer, index), values)
    expected = broadcast(lambda element: times[element] * (element + 1.0), X)
    assert_equation(
        f"put({SHAPE}, {written(index)}, {written(index)} + 1)", result.tolist(), expected
    )


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
@pytest.mark.parametrize("index", [([0, 2, 0],), (slice(0, 3),)], ids=["tensor", "slice"])
def test_put_keeps_the_dtype(layer: Layer, dtype: str, index: Index) -> None:
    kind = getattr(layer, dtype)
    result = layer.put((3,), given(layer, index), layer.tensor([1, 2, 4], kind))
    assert result.dtype is kind, f"put of {dtype} is {dtype}, got {result.dtype}"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([[1, 0, 2], [0, 3, 0]], [[0, 0], [0, 2], [1, 1]]),
        ([0.0, -0.0, 0.5, float("nan"), float("inf")], [[2], [3], [4]]),
        ([[[True], [False]]], [[0, 0, 0]]),
        ([0, 0], []),
        ([], []),
        (7, [[]]),
        (0, []),
    ],
    ids=shown,
)
def test_nonzero(layer: Layer, values: Nested, expected: Nested) -> None:
    x = layer.tensor(values)
    result = layer.nonzero(x)
    assert_equation(f"nonzero({values})", result.tolist(), expected)
    shape = (len(expected), len(x.shape)) if isinstance(expected, list) else ()
    assert result.shape == shape, f"nonzero({values}).shape = {shape}, got {result.shape}"
    assert result.dtype is layer.int64, f"nonzero({values}) is int64, got {result.dtype}"


def test_nonzero_of_a_view(layer: Layer) -> None:
    x = layer.tensor([[1, 0], [2, 0], [0, 3]])
    rows = layer.nonzero(x.permute((1, 0))).tolist()
    left = "nonzero([[1, 0], [2, 0], [0, 3]].permute(1, 0))"
    assert_equation(left, rows, [[0, 0], [0, 1], [1, 2]])
