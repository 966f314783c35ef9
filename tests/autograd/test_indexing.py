"""Indexing where it is not torch's: stricter, by NumPy's types, or with more derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from minitorch import Tensor, no_grad, ones, tensor

if TYPE_CHECKING:
    from minitorch_autograd.arguments.indices import Index

pytestmark = pytest.mark.relies_on("tensor")


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (np.int64(1), [3.0, 4.0]),
        (np.array(1), [3.0, 4.0]),
        (np.array([1, 0]), [[3.0, 4.0], [1.0, 2.0]]),
        (np.array([1, 0], np.int32), [[3.0, 4.0], [1.0, 2.0]]),
        (np.array([False, True]), [[3.0, 4.0]]),
        ((slice(None), np.array([0])), [[1.0], [3.0]]),
    ],
    ids=repr,
)
def test_indices_of_numpy(index: Index, expected: object) -> None:
    x = tensor([[1.0, 2.0], [3.0, 4.0]])
    assert x[index].tolist() == expected


@pytest.mark.parametrize("index", [np.bool_(True), np.float64(1.0), "a", set()], ids=repr)
def test_what_is_no_index(index: object) -> None:
    with pytest.raises(IndexError, match=f"are valid indices .got {type(index).__name__}."):
        ones(2)[index]  # type: ignore[arg-type]  # that is what is refused


def test_text_in_a_list() -> None:
    with pytest.raises(TypeError):
        ones(2)[["a"],]


def test_floats_in_a_list_are_not_cut_off() -> None:
    with pytest.raises(IndexError, match=r"one has dtype torch\.float32"):
        ones(2)[[1.7]]  # type: ignore[list-item]  # that is what is refused


def test_a_write_by_true_is_a_part_of_the_history() -> None:
    x = ones(2, requires_grad=True)
    y = x * 1.0
    y[True] = x * 3.0
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [3.0, 3.0]


def test_indices_along_a_dimension_do_not_wrap_round() -> None:
    with pytest.raises(RuntimeError) as caught:
        ones(2).take_along_dim(tensor([5]), 0)
    assert str(caught.value) == "index 5 is out of bounds for dimension 0 with size 2"


def _gradients(result: Tensor, *inputs: Tensor) -> list[object]:
    result.sum().backward()
    return [None if one.grad is None else one.grad.tolist() for one in inputs]


def test_what_scatter_reduce_overwrites_has_no_share_in_a_tie() -> None:
    x, y = tensor([2.0, 1.0], requires_grad=True), tensor([2.0], requires_grad=True)
    result = x.scatter_reduce(0, tensor([0]), y, "amax", include_self=False)
    assert _gradients(result, x, y) == [[0.0, 1.0], [1.0]]


def test_scatter_has_derivatives_where_src_is_larger_than_index() -> None:
    x, y = ones(2, requires_grad=True), ones(3, requires_grad=True)
    assert _gradients(x.scatter(0, tensor([1]), y), x, y) == [[1.0, 0.0], [1.0, 0.0, 0.0]]


def test_scatter_has_derivatives_with_reduce() -> None:
    x, y = tensor([2.0, 3.0], requires_grad=True), tensor([5.0], requires_grad=True)
    result = x.scatter(0, tensor([1]), y, reduce="multiply")
    assert _gradients(result, x, y) == [[1.0, 5.0], [3.0]]


def test_an_infinite_gradient_of_what_was_overwritten_is_dropped() -> None:
    x = ones(2, requires_grad=True)
    y = x * 1.0
    y[0] = 0.0
    (y**-1).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, -1.0]


def test_a_write_in_no_grad_makes_what_was_saved_stale() -> None:
    x = ones(2, requires_grad=True)
    index = tensor([0])
    held = x * 1.0
    y = held * held
    with no_grad():
        held.index_fill_(0, index, 2.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()
