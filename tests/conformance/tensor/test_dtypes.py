"""Element types: their objects, casts, and where two of them meet."""

from __future__ import annotations

import operator
from collections.abc import Callable
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, shown

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import Layer, Nested, Tensor

SIZES = {  # in bytes
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "float32": 4,
    "float64": 8,
}
DTYPES = [*SIZES]  # the later is the higher, but for uint8 and int8
CATEGORY = {one: ("bool", "int", "float").index(one.strip("u0123456789")) for one in DTYPES}
PAIRS = [*product(DTYPES, DTYPES)]
NUMBERS: dict[str, float] = {"bool": True, "int64": 3, "float32": 2.5}  # of the type each counts as

NAN = float("nan")
INF = float("inf")


def highest(x: str, y: str) -> str:
    """Where two tensors of one rank meet."""
    if {x, y} == {"uint8", "int8"}:
        return "int16"
    return max(x, y, key=DTYPES.index)


def lifted(dtype: str, lower: str) -> str:
    """Where a tensor meets a number or a 0-d tensor, which lifts it only to another category."""
    return lower if CATEGORY[lower] > CATEGORY[dtype] else dtype


def assert_dtype(what: str, x: Tensor, layer: Layer, expected: str) -> None:
    __tracebackhide__ = True
    assert x.dtype is getattr(layer, expected), f"{what} has dtype {expected}, got {x.dtype}"


@pytest.mark.parametrize("name", DTYPES)
def test_dtype_objects(layer: Layer, name: str) -> None:
    dtype = getattr(layer, name)
    assert isinstance(dtype, layer.dtype), f"{name} is a dtype, got {type(dtype)}"
    assert_equation(f"{name}.is_floating_point", dtype.is_floating_point, "float" in name)
    assert_equation(f"{name}.itemsize", dtype.itemsize, SIZES[name])
    assert_equation(f"repr({name})", repr(dtype), f"torch.{name}")


def test_dtypes_are_objects_of_their_own(layer: Layer) -> None:
    dtypes = {id(getattr(layer, name)) for name in DTYPES}
    assert len(dtypes) == len(DTYPES), f"{DTYPES} are {len(DTYPES)} objects, got {len(dtypes)}"


CASTS: list[tuple[Nested, str, str, Nested]] = [
    ([1.7, -1.7, 0.0], "float32", "int64", [1, -1, 0]),
    ([1.7, -1.7, 0.0], "float64", "int64", [1, -1, 0]),
    ([0.5, 0.0, -2.0, NAN], "float32", "bool", [True, False, True, True]),
    ([0.1, INF, NAN], "float64", "float32", [0.10000000149011612, INF, NAN]),
    ([1e300], "float64", "float32", [INF]),
    ([0.1], "float32", "float64", [0.10000000149011612]),
    ([1, 0, -3], "int64", "float32", [1.0, 0.0, -3.0]),
    ([16777217], "int64", "float32", [16777216.0]),
    ([2**53 + 1], "int64", "float64", [float(2**53)]),
    ([1, 0, -3], "int64", "bool", [True, False, True]),
    ([True, False], "bool", "int64", [1, 0]),
    ([True, False], "bool", "float64", [1.0, 0.0]),
    ([[1], [2]], "int64", "float64", [[1.0], [2.0]]),
    (2.5, "float32", "int64", 2),
    ([300, -1], "int64", "uint8", [44, 255]),
    ([200, -129], "int64", "int8", [-56, 127]),
    ([2**15, 2**16], "int64", "int16", [-(2**15), 0]),
    ([2**31], "int64", "int32", [-(2**31)]),
    ([200], "uint8", "int8", [-56]),
    ([-1], "int8", "int64", [-1]),
    ([0.1, 70000.0, NAN, -INF], "float32", "float16", [0.0999755859375, INF, NAN, -INF]),
    ([2049, 65504], "int64", "float16", [2048.0, 65504.0]),
    ([], "float32", "int64", []),
]


@pytest.mark.parametrize(("values", "before", "after", "expected"), CASTS, ids=shown)
def test_to(layer: Layer, values: Nested, before: str, after: str, expected: Nested) -> None:
    x = layer.tensor(values, getattr(layer, before)).to(getattr(layer, after))
    assert_equation(f"tensor({values}, {before}).to({after})", x.tolist(), expected)
    assert_dtype(f"tensor(..., {before}).to({after})", x, layer, after)


@pytest.mark.parametrize("dtype", DTYPES)
def test_to_its_own_dtype_is_the_tensor_itself(layer: Layer, dtype: str) -> None:
    x = layer.tensor([1], getattr(layer, dtype))
    assert x.to(getattr(layer, dtype)) is x, f"x.to({dtype}) is x where x is {dtype}, got another"


@pytest.mark.parametrize(("x", "y"), PAIRS)
@pytest.mark.parametrize("values", [[1, 1], 1], ids=["1d", "0d"])
def test_tensors_of_one_rank_meet_in_the_higher(
    layer: Layer, values: Nested, x: str, y: str
) -> None:
    a, b = (layer.tensor(values, getattr(layer, dtype)) for dtype in (x, y))
    assert_dtype(f"{x} * {y}, each of {values},", a * b, layer, highest(x, y))


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_a_0d_tensor_lifts_only_the_category(layer: Layer, x: str, y: str) -> None:
    a, b = layer.tensor([1, 1], getattr(layer, x)), layer.tensor(1, getattr(layer, y))
    assert_dtype(f"1-d {x} * 0-d {y}", a * b, layer, lifted(x, y))
    assert_dtype(f"0-d {y} * 1-d {x}", b * a, layer, lifted(x, y))


@pytest.mark.parametrize(("dtype", "number"), [*product(DTYPES, NUMBERS)])
@pytest.mark.parametrize("values", [[1, 1], 1], ids=["1d", "0d"])
def test_a_number_lifts_only_the_category(
    layer: Layer, values: Nested, dtype: str, number: str
) -> None:
    a, b = layer.tensor(values, getattr(layer, dtype)), NUMBERS[number]
    assert_dtype(f"tensor({values}, {dtype}) * {b}", a * b, layer, lifted(dtype, number))
    assert_dtype(f"{b} * tensor({values}, {dtype})", b * a, layer, lifted(dtype, number))


@pytest.mark.parametrize(
    ("dtype", "x", "y", "total", "product"),
    [
        ("uint8", 200, 100, 44, 32),
        ("int8", 100, 100, -56, 16),
        ("int16", 2**15 - 1, 2, -(2**15) + 1, -2),
        ("int32", 2**31 - 1, 2, -(2**31) + 1, -2),
        ("int64", 2**63 - 1, 2, -(2**63) + 1, -2),
    ],
)
def test_integers_wrap_around(
    layer: Layer, dtype: str, x: int, y: int, total: int, product: int
) -> None:
    a, b = (layer.tensor([one], getattr(layer, dtype)) for one in (x, y))
    assert_equation(f"{x} + {y} in {dtype}", (a + b).tolist(), [total])
    assert_equation(f"{x} * {y} in {dtype}", (a * b).tolist(), [product])


@pytest.mark.parametrize("dtype", [one for one in DTYPES if CATEGORY[one] < 2])
def test_integers_sum_up_to_int64(layer: Layer, dtype: str) -> None:
    x = layer.full((200,), 1, getattr(layer, dtype))
    assert_dtype(f"the sum of {dtype}", x.sum((0,)), layer, "int64")
    assert_equation(f"the sum of 200 ones of {dtype}", x.sum((0,)).item(), 200)


def test_halves_are_rounded(layer: Layer) -> None:
    x = layer.tensor([1.0, 2048.0, 60000.0], layer.float16)
    y = layer.tensor([0.0004, 1.0, 60000.0], layer.float16)
    assert_equation("sums in float16", (x + y).tolist(), [1.0, 2048.0, INF])


@pytest.mark.parametrize("dtype", ["float64", "float16"])
def test_the_default_float(layer: Layer, dtype: str) -> None:
    assert_equation("get_default_dtype()", layer.get_default_dtype(), layer.float32)
    x = layer.tensor([1, 2])
    layer.set_default_dtype(getattr(layer, dtype))
    try:
        assert_equation("get_default_dtype()", layer.get_default_dtype(), getattr(layer, dtype))
        assert_dtype("tensor([1.5])", layer.tensor([1.5]), layer, dtype)
        assert_dtype("int64 * 2.5", x * 2.5, layer, dtype)
        assert_dtype("int64 / int64", x / x, layer, dtype)
        assert_dtype("float32 * 2.5", x.to(layer.float32) * 2.5, layer, "float32")
    finally:
        layer.set_default_dtype(layer.float32)


def test_the_default_is_a_float(layer: Layer) -> None:
    with pytest.raises(TypeError, match="floating-point"):
        layer.set_default_dtype(layer.int64)


PROMOTING: dict[str, Callable[[Layer, Tensor, Tensor], Tensor]] = {
    "x + y": lambda layer, x, y: x + y,
    "x ** y": lambda layer, x, y: x**y,
    "mul(x, y)": lambda layer, x, y: layer.mul(x, y),
    "maximum(x, y)": lambda layer, x, y: layer.maximum(x, y),
    "minimum(x, y)": lambda layer, x, y: layer.minimum(x, y),
    "where(c, x, y)": lambda layer, x, y: layer.where(layer.tensor([True]), x, y),
    "cat([x, y])": lambda layer, x, y: layer.cat([x, y], 0),
}


@pytest.mark.parametrize("operation", PROMOTING)
@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("int64", "float32", "float32"),
        ("float32", "int64", "float32"),
        ("float32", "float64", "float64"),
        ("float64", "int64", "float64"),
        ("int64", "bool", "int64"),
    ],
)
def test_operations_that_promote(
    layer: Layer, operation: str, x: str, y: str, expected: str
) -> None:
    a, b = layer.tensor([2], getattr(layer, x)), layer.tensor([1], getattr(layer, y))
    result = PROMOTING[operation](layer, a, b)
    assert_dtype(f"{operation} of {x} and {y}", result, layer, expected)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("int64", "int64", "float32"),
        ("bool", "bool", "float32"),
        ("int64", "float64", "float64"),
        ("float32", "int64", "float32"),
    ],
)
def test_division_gives_floats(layer: Layer, x: str, y: str, expected: str) -> None:
    a, b = layer.tensor([1], getattr(layer, x)), layer.tensor([1], getattr(layer, y))
    assert_dtype(f"{x} / {y}", a / b, layer, expected)
    assert_dtype(f"div({x}, {y})", layer.div(a, b), layer, expected)


@pytest.mark.parametrize("function", ["exp", "log", "tanh", "sqrt"])
@pytest.mark.parametrize("dtype", ["bool", "int64"])
def test_functions_into_the_reals_make_floats_of_integers(
    layer: Layer, function: str, dtype: str
) -> None:
    x = getattr(layer, function)(layer.tensor([1], getattr(layer, dtype)))
    assert_dtype(f"{function}({dtype})", x, layer, "float32")


@pytest.mark.parametrize("operation", [operator.eq, operator.ne, operator.lt, operator.ge])
@pytest.mark.parametrize(("x", "y"), [("int64", "int64"), ("float32", "int64"), ("bool", "bool")])
def test_comparisons_give_bools(
    layer: Layer, operation: Callable[[Tensor, Tensor], Tensor], x: str, y: str
) -> None:
    a, b = layer.tensor([1], getattr(layer, x)), layer.tensor([1], getattr(layer, y))
    assert_dtype(f"{operation.__name__} of {x} and {y}", operation(a, b), layer, "bool")
