"""Moving elements, or only the way they are seen: view, permute, expand, clone, cat."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import (
    assert_equation,
    assert_raises,
    at,
    broadcast,
    build,
    counted,
    flat,
    shown,
)

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested, Tensor

Shape = tuple[int, ...]

VIEWS: list[tuple[Shape, Shape]] = [
    ((6,), (2, 3)),
    ((2, 3), (6,)),
    ((2, 3), (3, 2)),
    ((2, 3), (1, 2, 1, 3, 1)),
    ((2, 3, 4), (6, 4)),
    ((2, 3, 4), (2, 12)),
    ((2, 3), (2, 3)),
    ((), (1, 1)),
    ((1, 1), ()),
    ((0,), (2, 0)),
    ((2, 0), (0, 5)),
]


def reshaped(values: Nested, shape: Shape) -> Nested:
    """Return the elements, row by row, in another shape."""
    elements = iter(flat(values))
    return build(shape, lambda _: next(elements))


@pytest.mark.parametrize(("before", "after"), VIEWS, ids=shown)
def test_view(layer: Layer, before: Shape, after: Shape) -> None:
    values = counted(before)
    x = layer.tensor(values).view(after)
    assert_equation(f"tensor({values}).view({after})", x.tolist(), reshaped(values, after))
    assert x.shape == after, f"x.view({after}).shape = {after}, got {x.shape}"


# Of what strides can say: a part of a (4, 6) tensor, and a shape to see it in, or not.
STRIDED: dict[str, tuple[Callable[[Tensor], Tensor], Shape, bool]] = {
    "the columns, a new dim last": (lambda x: x.permute((1, 0)), (6, 4, 1), True),
    "the columns, split": (lambda x: x.permute((1, 0)), (2, 3, 2, 2), True),
    "the columns, merged": (lambda x: x.permute((1, 0)), (24,), False),
    "every other row, the same": (lambda x: x[(slice(0, 4, 2),)], (2, 6), True),
    "every other row, split": (lambda x: x[(slice(0, 4, 2),)], (2, 1, 2, 3), True),
    "every other row, merged": (lambda x: x[(slice(0, 4, 2),)], (12,), False),
    "half of each row, split": (lambda x: x[(slice(None), slice(0, 3))], (2, 2, 3), True),
    "half of each row, merged": (lambda x: x[(slice(None), slice(0, 3))], (12,), False),
    "one column, split": (lambda x: x[(slice(None), 2)], (2, 2), True),
    "every other element, split": (lambda x: x[(1, slice(0, 6, 2))], (3, 1), True),
    "rows 1 and 2, merged": (lambda x: x[(slice(1, 3),)], (12,), True),
    "one row repeated, a new dim": (lambda x: x[(0,)].expand((3, 6)), (3, 1, 6), True),
    "one row repeated, merged": (lambda x: x[(0,)].expand((3, 6)), (18,), False),
    "one column and one row": (lambda x: x[(slice(0, 1), slice(2, 3))], (1,), True),
}


@pytest.mark.parametrize("case", STRIDED)
def test_view_of_a_view(layer: Layer, case: str) -> None:
    take, shape, possible = STRIDED[case]
    part = take(layer.tensor(counted((4, 6))))
    if possible:
        assert_equation(case, part.view(shape).tolist(), reshaped(part.tolist(), shape))
    else:
        phrase = "not compatible with input tensor's size and stride"
        assert_raises(case, lambda: part.view(shape), RuntimeError, phrase)


@pytest.mark.parametrize("dims", [*permutations(range(3))], ids=shown)
def test_permute(layer: Layer, dims: Shape) -> None:
    sizes = (2, 3, 4)
    values = counted(sizes)
    x = layer.tensor(values).permute(dims)

    def element(where: Shape) -> float:
        return at(values, tuple(where[dims.index(dim)] for dim in range(3)))

    expected = build(tuple(sizes[dim] for dim in dims), element)
    assert_equation(f"tensor({values}).permute({dims})", x.tolist(), expected)


@pytest.mark.parametrize(
    ("values", "dims"), [(2.5, ()), ([1, 2], (0,)), ([[], []], (1, 0))], ids=shown
)
def test_permute_of_few_dimensions(layer: Layer, values: Nested, dims: Shape) -> None:
    x = layer.tensor(values)
    result, expected = x.permute(dims), tuple(x.shape[dim] for dim in dims)
    assert result.shape == expected, f"{x.shape} permuted {dims} is {expected}, got {result.shape}"


def test_permute_twice(layer: Layer) -> None:
    values = counted((2, 3, 4))
    x = layer.tensor(values).permute((1, 2, 0)).permute((2, 0, 1))
    assert_equation("x.permute(1, 2, 0).permute(2, 0, 1)", x.tolist(), values)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((3,), (2, 3)),
        ((1, 3), (2, 3)),
        ((2, 1), (2, 3)),
        ((2, 1, 3), (4, 2, 5, 3)),
        ((), (2, 2)),
        ((2, 3), (2, 3)),
        ((1,), (1, 1)),
        ((1,), (0,)),
        ((2,), (0, 2)),
    ],
    ids=shown,
)
def test_expand(layer: Layer, before: Shape, after: Shape) -> None:
    values = counted(before)
    x = layer.tensor(values).expand(after)
    expected = build(after, lambda where: at(values, where))
    assert_equation(f"tensor({values}).expand({after})", x.tolist(), expected)
    assert x.shape == after, f"x.expand({after}).shape = {after}, got {x.shape}"


@pytest.mark.parametrize(
    ("before", "after"), [((2,), (3,)), ((2, 3), (3, 3)), ((2, 3), (2, 1))], ids=shown
)
def test_expand_to_what_does_not_fit(layer: Layer, before: Shape, after: Shape) -> None:
    x = layer.tensor(counted(before))
    what = f"shape {before} expanded to {after}"
    assert_raises(what, lambda: x.expand(after), RuntimeError)


SHARING: dict[str, Callable[[Tensor], Tensor]] = {
    "x.view((4,))": lambda x: x.view((4,)),
    "x.permute((1, 0))": lambda x: x.permute((1, 0)),
    "x.expand((3, 2, 2))": lambda x: x.expand((3, 2, 2)),
    "x[1]": lambda x: x[(1,)],
    "x[:, ::2]": lambda x: x[(slice(None), slice(None, None, 2))],
    "x[0, 1]": lambda x: x[(0, 1)],
    "x[None]": lambda x: x[(None,)],
    "x[()]": lambda x: x[()],
    "x.view(4)[1:].view(3, 1)": lambda x: x.view((4,))[(slice(1, None),)].view((3, 1)),
}
COPYING: dict[str, Callable[[Layer, Tensor], Tensor]] = {
    "x.clone()": lambda layer, x: x.clone(),
    "x + 0": lambda layer, x: x + 0.0,
    "cat([x])": lambda layer, x: layer.cat([x], 0),
    "x[tensor([0])]": lambda layer, x: x[(layer.tensor([0]),)],
    "x.to(float64)": lambda layer, x: x.to(layer.float64),
    "maximum(x, x)": lambda layer, x: layer.maximum(x, x),
}


@pytest.mark.parametrize("view", SHARING)
def test_views_share_memory(layer: Layer, view: str) -> None:
    x = layer.tensor([[1.0, 2.0], [3.0, 4.0]])
    seen = SHARING[view](x)
    expected = broadcast(lambda element: element + 10.0, seen.tolist())
    x += 10.0
    assert_equation(f"y = {view}; x += 10; y", seen.tolist(), expected)


@pytest.mark.parametrize("copy", COPYING)
def test_copies_do_not_share_memory(layer: Layer, copy: str) -> None:
    x = layer.tensor([[1.0, 2.0], [3.0, 4.0]])
    other = COPYING[copy](layer, x)
    before = other.tolist()
    x += 10.0
    assert_equation(f"y = {copy}; x += 10; y", other.tolist(), before)


CONTIGUOUS: dict[str, tuple[Callable[[Tensor], Tensor], bool]] = {
    "x": (lambda x: x, True),
    "x[1]": (lambda x: x[(1,)], True),
    "x[1:]": (lambda x: x[(slice(1, None),)], True),
    "x[::2]": (lambda x: x[(slice(None, None, 2),)], False),
    "x[:, 1:]": (lambda x: x[(slice(None), slice(1, None))], False),
    "x[:, 0]": (lambda x: x[(slice(None), 0)], False),
    "x[0:1, 1:]": (lambda x: x[(slice(0, 1), slice(1, None))], True),
    "x[1, 2]": (lambda x: x[(1, 2)], True),
    "x[None]": (lambda x: x[(None,)], True),
    "x[0:0]": (lambda x: x[(slice(0, 0),)], True),
    "x.permute((0, 1))": (lambda x: x.permute((0, 1)), True),
    "x.permute((1, 0))": (lambda x: x.permute((1, 0)), False),
    "x.permute((1, 0)).permute((1, 0))": (lambda x: x.permute((1, 0)).permute((1, 0)), True),
    "x[0:1].permute((1, 0))": (lambda x: x[(slice(0, 1),)].permute((1, 0)), True),
    "x.expand((2, 3, 4))": (lambda x: x.expand((2, 3, 4)), False),
    "x.view((12,))": (lambda x: x.view((12,)), True),
}


@pytest.mark.parametrize("view", CONTIGUOUS)
def test_is_contiguous(layer: Layer, view: str) -> None:
    take, expected = CONTIGUOUS[view]
    x = take(layer.tensor(counted((3, 4))))
    assert_equation(f"x of shape (3, 4): {view}.is_contiguous()", x.is_contiguous(), expected)


@pytest.mark.parametrize("view", CONTIGUOUS)
def test_clone_is_contiguous(layer: Layer, view: str) -> None:
    take, _ = CONTIGUOUS[view]
    x = take(layer.tensor(counted((3, 4))))
    copy = x.clone()
    assert_equation(f"{view}.clone()", copy.tolist(), x.tolist())
    assert_equation(f"{view}.clone().is_contiguous()", copy.is_contiguous(), True)


@pytest.mark.parametrize(
    ("tensors", "dim", "expected"),
    [
        ([[1.0, 2.0], [3.0]], 0, [1.0, 2.0, 3.0]),
        ([[[1, 2]], [[3, 4], [5, 6]]], 0, [[1, 2], [3, 4], [5, 6]]),
        ([[[1], [2]], [[3, 4], [5, 6]]], 1, [[1, 3, 4], [2, 5, 6]]),
        ([[[[1]]], [[[2]]], [[[3]]]], 2, [[[1, 2, 3]]]),
        ([[[[1]]], [[[2]]]], 1, [[[1], [2]]]),
        ([[True], [False]], 0, [True, False]),
        ([[1.0, 2.0]], 0, [1.0, 2.0]),
        ([[1, 2], [0.5]], 0, [1.0, 2.0, 0.5]),
        ([[[], []], [[1.0], [2.0]]], 1, [[1.0], [2.0]]),
    ],
    ids=shown,
)
def test_cat(layer: Layer, tensors: list[Nested], dim: int, expected: Nested) -> None:
    result = layer.cat([layer.tensor(values) for values in tensors], dim)
    assert_equation(f"cat({tensors}, {dim})", result.tolist(), expected)


def test_cat_of_sizes_that_do_not_fit(layer: Layer) -> None:
    x, y = layer.tensor(counted((2, 3))), layer.tensor(counted((2, 2)))
    phrase = "Sizes of tensors must match"
    what = "cat of shapes (2, 3) and (2, 2) along dim 0"
    assert_raises(what, lambda: layer.cat([x, y], 0), RuntimeError, phrase)
