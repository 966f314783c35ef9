"""The extension "numpy": sharing memory with NumPy's arrays. Runs where a layer has any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, assert_raises, counted

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import NumpyLayer

pytestmark = pytest.mark.extension("numpy")

DTYPES = ["bool", "uint8", "int16", "int64", "float16", "float32", "float64"]


@pytest.mark.parametrize("dtype", DTYPES)
def test_to_numpy(layer: NumpyLayer, dtype: str) -> None:
    array = layer.to_numpy(layer.tensor([[1, 0], [1, 1]], getattr(layer, dtype)))
    assert_equation(f"to_numpy(tensor of {dtype}).dtype.name", array.dtype.name, dtype)
    expected = layer.tensor([[1, 0], [1, 1]], getattr(layer, dtype)).tolist()
    assert_equation(f"to_numpy(tensor of {dtype})", array.tolist(), expected)


@pytest.mark.parametrize("dtype", DTYPES)
def test_from_numpy(layer: NumpyLayer, dtype: str) -> None:
    import numpy as np

    x = layer.from_numpy(np.array([[1, 0], [1, 1]], dtype))
    assert x.dtype is getattr(layer, dtype), f"from_numpy({dtype}).dtype = {dtype}, got {x.dtype}"
    expected = layer.tensor([[1, 0], [1, 1]], getattr(layer, dtype)).tolist()
    assert_equation(f"from_numpy(array of {dtype})", x.tolist(), expected)


def test_the_array_shares_memory_with_the_tensor(layer: NumpyLayer) -> None:
    x = layer.tensor([1.0, 2.0])
    array = layer.to_numpy(x)
    x += 10.0
    assert_equation("a = to_numpy(x); x += 10; a", array.tolist(), [11.0, 12.0])
    array += 10.0
    assert_equation("a = to_numpy(x); a += 10; x", x.tolist(), [21.0, 22.0])


def test_the_tensor_shares_memory_with_the_array(layer: NumpyLayer) -> None:
    import numpy as np

    array = np.array([1.0, 2.0])
    x = layer.from_numpy(array)
    array += 10.0
    assert_equation("x = from_numpy(a); a += 10; x", x.tolist(), [11.0, 12.0])


def test_arrays_of_any_strides(layer: NumpyLayer) -> None:
    import numpy as np

    array = np.array(counted((4, 6)))[::2, 1::2].T
    assert_equation("from_numpy(a[::2, 1::2].T)", layer.from_numpy(array).tolist(), array.tolist())
    x = layer.tensor(counted((2, 3))).permute((1, 0))
    assert_equation("to_numpy(x.permute(1, 0))", layer.to_numpy(x).tolist(), x.tolist())


def test_arrays_of_other_types_are_refused(layer: NumpyLayer) -> None:
    import numpy as np

    array = np.array(["a"])
    assert_raises("from_numpy(an array of text)", lambda: layer.from_numpy(array), TypeError)
    assert_raises("from_numpy([1.0])", lambda: layer.from_numpy([1.0]), TypeError, "ndarray")
    assert_raises("from_numpy(a[::-1])", lambda: layer.from_numpy(np.ones(2)[::-1]), ValueError)


@pytest.mark.parametrize("dtype", DTYPES)
def test_from_dlpack(layer: NumpyLayer, dtype: str) -> None:
    import numpy as np

    array = np.array([[1, 0], [1, 1]], dtype)
    x = layer.from_dlpack(array)
    assert x.dtype is getattr(layer, dtype), f"from_dlpack({dtype}).dtype = {dtype}, got {x.dtype}"
    array[0, 1] = 1
    assert_equation("x = from_dlpack(a); a[0, 1] = 1; x", x.tolist(), array.tolist())
