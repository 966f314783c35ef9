"""NumPy on either side, DLPack, copies and pickles."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import minitorch_autograd as t
from minitorch_autograd import Tensor, from_dlpack, from_numpy, no_grad, tensor

pytestmark = pytest.mark.relies_on("tensor")

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "//": lambda x, y: x // y,
    "%": lambda x, y: x % y,
    "**": lambda x, y: x**y,
    "@": lambda x, y: x @ y,
    "<": lambda x, y: x < y,
    "<=": lambda x, y: x <= y,
    ">": lambda x, y: x > y,
    ">=": lambda x, y: x >= y,
    "==": lambda x, y: x == y,
    "!=": lambda x, y: x != y,
}


# --- An array beside a tensor


@pytest.mark.parametrize("sign", OPERATORS)
def test_an_array_on_the_left_is_a_tensor(sign: str) -> None:
    array, x = np.array([1.0, 2.0], np.float32), tensor([3.0, 2.0])
    result = OPERATORS[sign](array, x)
    assert isinstance(result, Tensor)
    assert result.tolist() == OPERATORS[sign](from_numpy(array), x).tolist()


def test_integers_as_bits_beside_an_array() -> None:
    array, x = np.array([6, 3]), tensor([3, 1])
    for result, expected in (
        (array & x, [2, 1]),
        (array | x, [7, 3]),
        (array ^ x, [5, 2]),
        (array << x, [48, 6]),
        (array >> x, [0, 1]),
    ):
        assert isinstance(result, Tensor)
        assert result.tolist() == expected


@pytest.mark.parametrize("sign", [sign for sign in OPERATORS if sign != "@"])
def test_an_array_on_the_right_is_a_tensor(sign: str) -> None:
    x, array = tensor([3, 2]), np.array([1.5, 2.0])
    result = OPERATORS[sign](x, array)
    expected = OPERATORS[sign](x, from_numpy(array))
    assert isinstance(result, Tensor)
    assert (result.tolist(), result.dtype) == (expected.tolist(), expected.dtype)


@pytest.mark.parametrize("sign", ["+", "-", "*", "/"])
def test_gradients_flow_beside_arrays(sign: str) -> None:
    array = np.array([[1.5], [2.0]])
    gradients = []
    for other in (array, from_numpy(array)):
        x = tensor([3.0, 2.0], requires_grad=True)
        (OPERATORS[sign](other, x) + OPERATORS[sign](x, other)).sum().backward()
        assert x.grad is not None
        gradients.append(x.grad.tolist())
    assert gradients[0] == gradients[1]


def test_a_numpy_number_counts_as_pythons() -> None:
    x = tensor([1, 2], dtype=t.int8)
    three: Any = np.int64(3)  # NumPy's types don't know of us
    for result in (three + x, x + three):
        assert (result.tolist(), result.dtype) == ([4, 5], t.int8)
    assert (np.float64(0.5) * x).dtype is t.float32


def test_an_array_written_in_place_stays_an_array() -> None:
    array = np.ones(2)
    array += tensor([1.0, 2.0])
    assert isinstance(array, np.ndarray)
    assert array.tolist() == [2.0, 3.0]


def test_a_numpy_function_gives_a_tensor() -> None:
    x = tensor([0.0, 4.0])
    for result in (np.sqrt(x), np.square(x), np.add.reduce(x)):
        assert isinstance(result, Tensor)
    assert np.sqrt(x).tolist() == [0.0, 2.0]
    whole, fraction = np.divmod(x, 3.0)
    assert (whole.tolist(), fraction.tolist()) == ([0.0, 1.0], [0.0, 1.0])


def test_a_numpy_function_of_what_tracks_gradients_says_what_to_do() -> None:
    x = tensor([1.0], requires_grad=True)
    for function in (np.sin, np.add.reduce):
        with pytest.raises(RuntimeError, match=r"NumPy computes no gradients.*detach\(\)\.numpy"):
            function(x)
    with pytest.raises(RuntimeError, match=r"detach\(\)\.numpy"):
        np.concatenate([x, x])


def test_to_and_from_arrays() -> None:
    x = tensor([1.0, 2.0])
    array = np.asarray(x)
    array[0] = 5.0
    assert x.tolist() == [5.0, 2.0]
    assert np.array(x, copy=False) is not None
    assert np.asarray(x, dtype="float64").dtype == "float64"
    assert x.requires_grad_().numpy(force=True).tolist() == [5.0, 2.0]


def test_arrays_in_lists() -> None:
    x = tensor([np.array([1.0, 2.0]), np.array([3.0, 4.0])])
    assert (x.tolist(), x.dtype) == ([[1.0, 2.0], [3.0, 4.0]], t.float64)


# --- DLPack


@pytest.mark.parametrize("name", ["bool", "uint8", "int16", "int64", "float16", "float64"])
def test_memory_is_shared_by_dlpack(name: str) -> None:
    x = t.zeros(3, dtype=getattr(t, name))
    array = np.from_dlpack(x)
    x[0] = 1
    assert (array.tolist(), array.dtype.name) == (x.tolist(), name)
    back = from_dlpack(array)
    back[1] = 1
    assert (x.tolist(), back.dtype) == (array.tolist(), x.dtype)
    assert x.tolist() == back.tolist()


def test_strides_survive_dlpack() -> None:
    x = t.arange(6).reshape(2, 3).t()
    assert np.from_dlpack(x).tolist() == x.tolist()
    assert from_dlpack(np.arange(6).reshape(2, 3).T[::2]).tolist() == [[0, 3], [2, 5]]


# --- Copies and pickles


class Named(Tensor):
    """A tensor with an attribute of its own."""

    name: str


def named(*values: float) -> Named:
    x = Named(tensor([*values]))
    x.name = "bias"
    return x


@pytest.mark.parametrize(
    "again", [copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))]
)
def test_what_a_copy_keeps(again: Callable[[Tensor], Tensor]) -> None:
    for dtype in (t.bool, t.int8, t.float16, t.float64):
        x = again(tensor([0, 1], dtype=dtype))
        assert (x.tolist(), x.dtype, x.requires_grad) == ([0, 1], dtype, False)
    leaf = again(tensor([1.5], requires_grad=True))
    assert leaf.is_leaf
    assert leaf.requires_grad
    (leaf * 2).sum().backward()
    assert leaf.grad is not None
    twin = again(named(1.0, 2.0))
    assert isinstance(twin, Named)
    assert (twin.name, twin.tolist()) == ("bias", [1.0, 2.0])


def test_what_is_computed_is_a_leaf_once_pickled() -> None:
    y = tensor([1.5], requires_grad=True) * 2
    for again in (pickle.loads(pickle.dumps(y)), copy.copy(y)):
        assert again.is_leaf
        assert again.requires_grad


def test_a_copy_shares_memory_and_a_deep_one_does_not() -> None:
    x = tensor([1.0, 2.0])
    shallow, deep = copy.copy(x), copy.deepcopy(x)
    x.add_(1.0)
    assert (shallow.tolist(), deep.tolist()) == ([2.0, 3.0], [1.0, 2.0])


def test_a_write_through_a_copy_is_noticed() -> None:
    x = tensor([1.0, 2.0], requires_grad=True)
    y = (x * x).sum()
    with no_grad():
        copy.copy(x).add_(1.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.backward()


def test_types_and_devices_stay_one_object() -> None:
    assert pickle.loads(pickle.dumps([t.int8, t.bool])) == [t.int8, t.bool]
    assert pickle.loads(pickle.dumps(t.device("cpu", 1))) == t.device("cpu:1")
    assert {t.device("cpu"): 1}[t.device("cpu")] == 1


# --- Protocols of Python


def test_containing() -> None:
    x = tensor([[1.0, 2.0], [3.0, 4.0]])
    assert 2 in x
    assert 5.0 not in x
    assert tensor([3.0, 2.0]) in x
    assert 1 not in t.zeros(0)


def test_reversing() -> None:
    x = tensor([[1], [2], [3]])
    assert reversed(x).tolist() == [[3], [2], [1]]
    assert reversed(tensor(1)).tolist() == 1


def test_formatting() -> None:
    assert f"{tensor(2.5):.2f} {tensor(7):>3} {tensor(True)}" == "2.50   7 True"
    assert f"{tensor([1.5])}" == "tensor([1.5000])"
    assert f"{tensor(1.5, requires_grad=True) * 2:.1f}" == "3.0"
