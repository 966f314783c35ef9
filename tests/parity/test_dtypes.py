"""Where elements of two types meet: the whole table, against torch.

Each test is one operation on all pairs of the nine types, each as a tensor with dimensions, as a
0-d one, and as a number; it collects what differs, and shows the first few.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, TypeAlias

import pytest
import torch

import minitorch

INTEGERS = ["uint8", "int8", "int16", "int32", "int64"]
DTYPES = ["bool", *INTEGERS, "float16", "float32", "float64"]
NUMBERS = [True, 3, -2, 2.5]

Operation: TypeAlias = Callable[[Any, Any, Any], Any]

BINARY: dict[str, Operation] = {
    "add": lambda t, x, y: x + y,
    "sub": lambda t, x, y: x - y,
    "mul": lambda t, x, y: x * y,
    "div": lambda t, x, y: x / y,
    "pow": lambda t, x, y: x**y,
    "eq": lambda t, x, y: x == y,
    "ne": lambda t, x, y: x != y,
    "lt": lambda t, x, y: x < y,
    "ge": lambda t, x, y: x >= y,
    "where": lambda t, x, y: t.where(t.tensor([True, False, True]), x, y),
    "result_type": lambda t, x, y: repr(t.result_type(x, y)),
}
TENSORS_ONLY: dict[str, Operation] = {
    "maximum": lambda t, x, y: t.maximum(x, y),
    "minimum": lambda t, x, y: t.minimum(x, y),
}
IN_PLACE: dict[str, Operation] = {
    "add_": lambda t, x, y: x.clone().add_(y),
    "sub_": lambda t, x, y: x.clone().sub_(y),
    "mul_": lambda t, x, y: x.clone().mul_(y),
    "div_": lambda t, x, y: x.clone().div_(y),
    "copy_": lambda t, x, y: x.clone().copy_(y),
    "fill_": lambda t, x, y: x.clone().fill_(y),
    "__setitem__": lambda t, x, y: set_all(x.clone(), y),
}


def set_all(x: Any, y: Any) -> Any:
    x[...] = y
    return x


def tensors(t: Any, dtype: str) -> list[Any]:
    """Return a tensor with dimensions and a 0-d one."""
    # Powers of 2, since torch divides a number by the reciprocal, which is rounded.
    values = [1, 0, 1] if dtype == "bool" else [4, 1, 2]
    kind = getattr(t, dtype)
    return [t.tensor(values, dtype=kind), t.tensor(values[2], dtype=kind)]


def pairs(t: Any) -> Iterator[tuple[str, Any, Any]]:
    """Return all pairs of tensors, with what they are."""
    for one, other in product(DTYPES, DTYPES):
        for x, y in product(tensors(t, one), tensors(t, other)):
            yield f"{one} {x.ndim}-d, {other} {y.ndim}-d", x, y


def mixed(t: Any) -> Iterator[tuple[str, Any, Any]]:
    """Return all pairs of a tensor and a number, in both orders, with what they are."""
    for dtype, number in product(DTYPES, NUMBERS):
        for x in tensors(t, dtype):
            yield f"{dtype} {x.ndim}-d, {number}", x, number
            yield f"{number}, {dtype} {x.ndim}-d", number, x


def outcome(operation: Operation, t: Any, x: Any, y: Any) -> str:
    """Return the type and values of the result, or the type of the exception, as text."""
    try:
        result = operation(t, x, y)
    except (RuntimeError, TypeError) as error:
        return type(error).__name__
    return result if isinstance(result, str) else f"{result.dtype} {result.tolist()}"


def assert_alike(
    operation: Operation, operands: Callable[[Any], Iterator[tuple[str, Any, Any]]]
) -> None:
    __tracebackhide__ = True
    different = []
    for (what, x, y), (_, a, b) in zip(operands(minitorch), operands(torch), strict=True):
        ours, theirs = outcome(operation, minitorch, x, y), outcome(operation, torch, a, b)
        if ours != theirs:
            different.append(f"{what}: ours {ours}, torch {theirs}")
    assert not different, f"{len(different)} differ:\n" + "\n".join(different[:12])


@pytest.mark.parametrize("operation", [*BINARY, *TENSORS_ONLY])
def test_two_tensors(operation: str) -> None:
    assert_alike((BINARY | TENSORS_ONLY)[operation], pairs)


@pytest.mark.parametrize("operation", BINARY)
def test_a_tensor_and_a_number(operation: str) -> None:
    assert_alike(BINARY[operation], mixed)


@pytest.mark.parametrize("operation", IN_PLACE)
def test_in_place(operation: str) -> None:
    def first_is_a_tensor(t: Any) -> Iterator[tuple[str, Any, Any]]:
        fits = (one for one in mixed(t) if hasattr(one[1], "dtype"))
        together = [*pairs(t), *fits]
        if operation == "fill_":
            together = [one for one in together if getattr(one[2], "ndim", 0) == 0]
        yield from together

    assert_alike(IN_PLACE[operation], first_is_a_tensor)


@pytest.mark.parametrize("join", ["cat", "stack"])
def test_joining(join: str) -> None:
    def join_both(t: Any, x: Any, y: Any) -> Any:
        return getattr(t, join)([x, y])

    def of_one_rank(t: Any) -> Iterator[tuple[str, Any, Any]]:
        wanted = 1 if join == "cat" else 0
        yield from (one for one in pairs(t) if one[1].ndim == one[2].ndim == wanted)

    assert_alike(join_both, of_one_rank)


MAKERS: list[Callable[[Any], Any]] = [
    lambda t: t.zeros(2),
    lambda t: t.tensor([1.5]),
    lambda t: t.arange(0.5, 2),
    lambda t: t.linspace(0, 1, 3),
    lambda t: t.eye(2),
    lambda t: t.full((1,), 2.0),
    lambda t: t.rand(3) * 0,
    lambda t: t.Tensor([1.0]),
    lambda t: t.tensor([1]).exp(),
    lambda t: t.tensor([1, 2]).float(),
    lambda t: t.zeros(1, requires_grad=True),
]


@pytest.mark.parametrize("default", ["float16", "float64"])
def test_another_default(default: str) -> None:
    modules: list[Any] = [minitorch, torch]
    for t in modules:
        t.set_default_dtype(getattr(t, default))
    try:
        for operation in ("mul", "div", "where", "result_type"):
            assert_alike(BINARY[operation], mixed)
        assert_alike(BINARY["div"], pairs)
        for make in MAKERS:
            assert repr(make(minitorch)) == repr(make(torch))
    finally:
        for t in modules:
            t.set_default_dtype(t.float32)


CASTS: dict[str, list[float]] = {
    "bool": [True, False],
    "uint8": [0, 1, 127, 128, 255],
    "int8": [-128, -1, 0, 127],
    "int16": [-32768, -129, 300, 32767],
    "int32": [-(2**31), -32769, 70000, 2**31 - 1],
    "int64": [-(2**63), -(2**31) - 1, 2**40 + 7, 2**63 - 1],
    "float16": [0.0, -0.0, 1.9, -1.9, 0.1],
    "float32": [0.0, -0.0, 1.9, -1.9, 0.1],
    "float64": [0.0, -0.0, 1.9, -1.9, 0.1],
}


def test_casts() -> None:
    # Floats that no integer type holds are undefined in torch, and left out.
    for one, other in product(DTYPES, DTYPES):
        ours, theirs = (
            t.tensor(CASTS[one], dtype=getattr(t, one)).to(getattr(t, other))
            for t in (minitorch, torch)
        )
        if (one[0], other) != ("f", "uint8"):  # of negative floats undefined, too
            assert repr(ours.tolist()) == repr(theirs.tolist()), f"{one} to {other}"


def test_the_table_of_types() -> None:
    for one, other in product(DTYPES, DTYPES):
        for function in ("promote_types", "can_cast"):
            ours, theirs = (
                repr(getattr(t, function)(getattr(t, one), getattr(t, other)))
                for t in (minitorch, torch)
            )
            assert ours == theirs, f"{function}({one}, {other})"


def test_attributes_of_types() -> None:
    for name in [*DTYPES, "half", "float", "double", "short", "int", "long"]:
        ours, theirs = getattr(minitorch, name), getattr(torch, name)
        assert repr(ours) == repr(theirs)
        for attribute in ("itemsize", "is_floating_point", "is_signed", "is_complex"):
            assert getattr(ours, attribute) == getattr(theirs, attribute), f"{name}.{attribute}"
        for limits in ("finfo", "iinfo"):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                mine, its = info(minitorch, limits, ours), info(torch, limits, theirs)
            assert mine == its, f"{limits}({name})"


def info(t: Any, limits: str, dtype: Any) -> object:
    try:
        found = getattr(t, limits)(dtype)
    except TypeError:
        return TypeError
    names = ("bits", "dtype", "eps", "max", "min", "resolution", "smallest_normal", "tiny")
    return [repr(found), *[getattr(found, name, None) for name in names]]
