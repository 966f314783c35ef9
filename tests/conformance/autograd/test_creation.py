"""Making tensors: of values, of zeros, by counting, by joining, of another tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.comparing import assert_equation, assert_raises, shown

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor

Shape = tuple[int, ...]


@pytest.mark.parametrize(
    ("values", "dtype", "shape"),
    [
        ([1.0, 2.5], "float32", (2,)),
        ([[1, 2, 3]], "int64", (1, 3)),
        (2.5, "float32", ()),
        (3, "int64", ()),
        ([True, False], "bool", (2,)),
        ([], "float32", (0,)),
    ],
    ids=shown,
)
def test_tensor(layer: Layer, values: Nested, dtype: str, shape: Shape) -> None:
    x = layer.tensor(values)
    assert_equation(f"tensor({values}).tolist()", x.tolist(), values)
    assert x.dtype is getattr(layer, dtype), f"tensor({values}).dtype = {dtype}, got {x.dtype}"
    assert x.shape == shape, f"tensor({values}).shape = {shape}, got {x.shape}"
    assert isinstance(x, layer.Tensor), f"tensor({values}) is a Tensor, got {type(x)}"
    assert_equation(f"tensor({values}).requires_grad", x.requires_grad, False)


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        ([1, 2], "float32", [1.0, 2.0]),
        ([0.1], "float64", [0.1]),
        ([0.1], "float32", [0.10000000149011612]),
        ([1.9, -1.9], "int64", [1, -1]),
    ],
    ids=shown,
)
def test_tensor_of_a_given_dtype(
    layer: Layer, values: Nested, dtype: str, expected: Nested
) -> None:
    x = layer.tensor(values, dtype=getattr(layer, dtype))
    assert_equation(f"tensor({values}, dtype={dtype}).tolist()", x.tolist(), expected)
    assert x.dtype is getattr(layer, dtype), f"its dtype is {dtype}, got {x.dtype}"


def test_dtypes(layer: Layer) -> None:
    floats, others = ("float32", "float64"), ("int64", "bool")
    for name, floating in [*((one, True) for one in floats), *((one, False) for one in others)]:
        dtype = getattr(layer, name)
        assert isinstance(dtype, layer.dtype), f"{name} is a dtype, got {type(dtype)}"
        assert_equation(f"{name}.is_floating_point", dtype.is_floating_point, floating)


def test_a_tensor_that_requires_grad(layer: Layer) -> None:
    x = layer.tensor([1.0], requires_grad=True)
    assert_equation("tensor([1.0], requires_grad=True).requires_grad", x.requires_grad, True)
    assert_equation("tensor([1.0], requires_grad=True).grad", x.grad, None)


def test_integers_have_no_gradients(layer: Layer) -> None:
    def ask_later() -> None:
        layer.tensor([1]).requires_grad = True

    what = "tensor([1], requires_grad=True)"
    assert_raises(
        what, lambda: layer.tensor([1], requires_grad=True), RuntimeError, "floating point"
    )
    assert_raises("x = tensor([1]); x.requires_grad = True", ask_later, RuntimeError, "floating")


@pytest.mark.parametrize(
    ("size", "expected"), [((2, 2), [[0.0, 0.0], [0.0, 0.0]]), ((), 0.0), ((0,), [])], ids=shown
)
def test_zeros(layer: Layer, size: Shape, expected: Nested) -> None:
    x = layer.zeros(size)
    assert_equation(f"zeros({size})", x.tolist(), expected)
    assert x.dtype is layer.float32, f"zeros are float32, got {x.dtype}"
    integers = layer.zeros(size, dtype=layer.int64)
    assert integers.dtype is layer.int64, f"zeros(dtype=int64) are int64, got {integers.dtype}"
    assert integers.shape == size, f"zeros({size}).shape = {size}, got {integers.shape}"


def test_zeros_like(layer: Layer) -> None:
    x = layer.tensor([[1.0, 2.0]], dtype=layer.float64, requires_grad=True)
    zeros = layer.zeros_like(x)
    assert_equation("zeros_like([[1.0, 2.0]])", zeros.tolist(), [[0.0, 0.0]])
    assert zeros.dtype is layer.float64, f"zeros_like(float64) is float64, got {zeros.dtype}"
    assert_equation("zeros_like(x).requires_grad", zeros.requires_grad, False)
    assert_equation("x after zeros_like(x)", x.tolist(), [[1.0, 2.0]])


def test_empty_like(layer: Layer) -> None:
    x = layer.tensor([[1.0, 2.0]], dtype=layer.float64, requires_grad=True)
    empty = layer.empty_like(x)
    assert empty.shape == (1, 2), f"empty_like of shape (1, 2) has that shape, got {empty.shape}"
    assert empty.dtype is layer.float64, f"empty_like(float64) is float64, got {empty.dtype}"
    assert_equation("empty_like(x).requires_grad", empty.requires_grad, False)


@pytest.mark.parametrize("end", [0, 1, 5])
def test_arange(layer: Layer, end: int) -> None:
    x = layer.arange(end)
    assert_equation(f"arange({end})", x.tolist(), list(range(end)))
    assert x.dtype is layer.int64, f"arange({end}).dtype = int64, got {x.dtype}"


@pytest.mark.parametrize(
    ("dim", "expected"),
    [
        (0, [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        (1, [[[1, 2], [5, 6]], [[3, 4], [7, 8]]]),
        (2, [[[1, 5], [2, 6]], [[3, 7], [4, 8]]]),
        (-1, [[[1, 5], [2, 6]], [[3, 7], [4, 8]]]),
    ],
    ids=shown,
)
def test_stack(layer: Layer, dim: int, expected: Nested) -> None:
    x, y = layer.tensor([[1, 2], [3, 4]]), layer.tensor([[5, 6], [7, 8]])
    assert_equation(f"stack([x, y], {dim})", layer.stack([x, y], dim).tolist(), expected)


def test_stack_of_numbers(layer: Layer) -> None:
    x = layer.stack([layer.tensor(1.5), layer.tensor(2.5), layer.tensor(3.5)])
    assert_equation("stack of 1.5, 2.5, 3.5", x.tolist(), [1.5, 2.5, 3.5])


def test_stack_of_two_shapes(layer: Layer) -> None:
    x, y = layer.tensor([1.0, 2.0]), layer.tensor([1.0])
    phrase = "equal size"
    assert_raises("stack of shapes (2,), (1,)", lambda: layer.stack([x, y]), RuntimeError, phrase)


# --- `Tensor(other)`: from this, nn makes its parameters


def copy_of(layer: Layer, other: Tensor) -> Tensor:
    make: Any = layer.Tensor  # the constructor's arguments are in the contract's comments only
    tensor: Tensor = make(other)
    return tensor


def test_tensor_of_a_tensor_shares_its_memory(layer: Layer) -> None:
    x = layer.tensor([1.0, 2.0])
    y = copy_of(layer, x)
    with layer.no_grad():
        x.mul_(10.0)
    assert_equation("y = Tensor(x); x.mul_(10); y", y.tolist(), [10.0, 20.0])


def test_tensor_of_a_tensor_tracks_nothing(layer: Layer) -> None:
    x = layer.tensor([1.0, 2.0], requires_grad=True)
    y = copy_of(layer, x * 2.0)
    assert_equation("Tensor(x * 2).requires_grad", y.requires_grad, False)
    assert_equation("Tensor(x * 2).is_leaf", y.is_leaf, True)
    assert_equation("Tensor(x * 2)", y.tolist(), [2.0, 4.0])


def test_a_subclass_of_tensor(layer: Layer) -> None:
    base: Any = layer.Tensor

    class Weight(base):  # type: ignore[misc]  # the base is known only at run time
        def __init__(self, other: Tensor) -> None:
            super().__init__(other)
            self.requires_grad = True

    weight: Any = Weight(layer.tensor([1.0, 2.0]))
    product = weight * 3.0
    product.backward(layer.tensor([1.0, 10.0]))
    assert_equation("its gradient", weight.grad.tolist(), [3.0, 30.0])
    assert isinstance(weight, layer.Tensor), "an instance of a subclass of Tensor is a Tensor"
    assert not isinstance(product, Weight), "what is computed of a subclass is a plain Tensor"
