"""What a call with an argument of a wrong type says, and what the check of it leaves alone."""

from __future__ import annotations

import pickle
import warnings
from typing import Any

import numpy as np
import pytest

import minitorch_autograd as t

pytestmark = pytest.mark.relies_on("tensor")  # on its extensions

ARRAY: Any = np.ones(2)
TEXT: Any = "a"


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: t.sin(None), "sin(): argument 'input' must be Tensor, not NoneType"),  # type: ignore[arg-type]
        (
            lambda: t.sin(ARRAY),
            "sin(): argument 'input' must be Tensor, not ndarray; "
            "make a tensor of it by torch.from_numpy(...)",
        ),
        (lambda: t.add(None, 1), "add(): argument 'input' must be Tensor, not NoneType"),  # type: ignore[arg-type]
        (
            lambda: t.ones(2).sum(TEXT),
            "sum(): argument 'dim' must be int or tuple of ints, not str",
        ),
        (
            lambda: t.ones(2).std(TEXT),
            "std(): argument 'dim' must be int or tuple of ints or bool, not str",
        ),
        (
            lambda: t.ones(2).reshape(2, TEXT),
            "reshape(): argument 'shape' must be int or tuple of ints, not str",
        ),
        (
            lambda: t.cat([t.ones(1), TEXT]),
            "cat(): argument 'tensors' must be tuple of Tensors, not list of Tensor and str",
        ),
        (lambda: t.softmax(t.ones(2), dim=1.5), "softmax(): argument 'dim' must be int, not float"),  # type: ignore[arg-type]
        (
            lambda: t.ones(2).requires_grad_(TEXT),
            "requires_grad_(): argument 'requires_grad' must be bool, not str",
        ),
    ],
)  # fmt: skip
def test_the_operation_the_argument_and_what_is_expected_are_told(call: Any, text: str) -> None:
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == text


def test_elements_are_looked_at() -> None:
    with pytest.raises(TypeError, match="must be tuple of Tensors, not list of Tensor and int"):
        t.cat([t.ones(1), 2])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="must be tuple of Tensors, not list of list"):
        t.cat([[t.ones(1)]])  # type: ignore[list-item]


def test_numbers_of_numpy_and_tensors_of_one_element_are_numbers() -> None:
    x = t.ones(2, 2)
    for dim in (np.int64(1), t.tensor(1), True):
        assert t.cumsum(x, dim).tolist() == [[1.0, 2.0], [1.0, 2.0]]  # type: ignore[arg-type]
    assert t.allclose(x, x, rtol=np.float32(0.1), equal_nan=np.bool_(True))  # type: ignore[arg-type]


def test_a_public_function_can_be_pickled_and_tells_its_signature() -> None:
    for function in (t.sin, t.add, t.linalg.inv):
        assert pickle.loads(pickle.dumps(function)) is function
    assert t.sin.__name__ == "sin"
    assert t.sin.__doc__


def test_a_warning_shows_the_line_of_the_call() -> None:
    x = t.ones(1, requires_grad=True)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        t.gradcheck(lambda x: x * 2, (x,), eps=1e-2, atol=1e-2)
    assert caught[0].filename == __file__
