"""The class: what it is to Python, and the names of its memory."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from minitorch_autograd import Tensor, float64, no_grad, tensor, zeros


@pytest.mark.parametrize("other", [None, "a", [1, 2], (1, 2), ...], ids=str)
def test_what_is_no_tensor_and_no_number_is_not_equal(other: object) -> None:
    x = tensor([1, 2])
    assert (x == other) is False
    assert (other == x) is False
    assert (x != other) is True
    assert x not in [other]


@pytest.mark.parametrize("two", [2, 2.0, np.int64(2), np.float32(2), tensor(2)], ids=repr)
def test_numbers_are_compared_with_every_element(two: float) -> None:
    assert (tensor([1, 2]) == two).tolist() == [False, True]
    assert (tensor([1, 2]) != two).tolist() == [True, False]


def test_a_tensor_is_a_key_by_identity() -> None:
    x, y = tensor([1.0]), tensor([1.0])
    names = {x: "x", y: "y"}
    assert (names[x], names[y]) == ("x", "y")
    assert hash(x) == hash(x)


def test_a_tensor_of_one_element_is_a_number() -> None:
    assert float(tensor([2.5])) == 2.5
    assert int(tensor([[2.5]])) == 2
    assert range(5)[tensor(3)] == 3
    assert bool(tensor([0.5]))
    assert not tensor(0)


def test_a_tensor_is_a_sequence_of_its_parts() -> None:
    x = tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
    first, second = x
    assert len(x) == 2
    (first * second).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [[3.0, 4.0], [1.0, 2.0]]


# --- Names of its memory


def test_data_is_another_name_without_history() -> None:
    x = tensor([1.0, 2.0], requires_grad=True)
    x.data.mul_(10.0)
    assert x.tolist() == [10.0, 20.0]
    assert not x.data.requires_grad


def test_data_that_is_given_is_shared() -> None:
    x, value = tensor([1.0, 2.0], requires_grad=True), tensor([3.0, 4.0, 5.0])
    x.data = value
    with no_grad():
        value[0] = 7.0
    assert x.tolist() == [7.0, 4.0, 5.0]
    assert x.is_leaf
    assert x.requires_grad


def test_the_constructor() -> None:
    assert Tensor([[1, 2]]).tolist() == [[1.0, 2.0]]
    assert Tensor().tolist() == []
    assert Tensor(2, 1).tolist() == [[0.0], [0.0]]
    x = tensor([1.0], dtype=float64, requires_grad=True)
    y = Tensor(x)
    with no_grad():
        y.add_(1.0)
    assert (x.tolist(), y.dtype, y.requires_grad) == ([2.0], float64, False)


@pytest.mark.relies_on("tensor")
def test_an_array_is_another_name() -> None:
    x = tensor([1.0, 2.0])
    array = np.asarray(x)
    array[0] = 5.0
    assert x.tolist() == [5.0, 2.0]
    assert np.asarray(x, dtype="float64").dtype == "float64"
    assert np.array(x, copy=True) is not array
    assert np.add(x, 1).tolist() == [6.0, 3.0]


def test_a_deep_copy_is_apart_and_a_leaf() -> None:
    x = tensor([1.0, 2.0], requires_grad=True)
    (x * 3).sum().backward()
    twice = copy.deepcopy([x, x])
    assert twice[0] is twice[1]
    with no_grad():
        twice[0].add_(1.0)
        assert twice[0].grad is not None
        twice[0].grad.add_(1.0)
    assert x.tolist() == [1.0, 2.0]
    assert x.grad is not None
    assert x.grad.tolist() == [3.0, 3.0]
    assert twice[0].is_leaf
    assert twice[0].requires_grad


def test_tracking_is_switched_on_and_off() -> None:
    x = zeros(2)
    assert x.requires_grad_() is x
    assert x.requires_grad
    x.requires_grad_(False)
    assert not x.requires_grad
    assert x.grad_fn is None
    assert x.is_leaf
