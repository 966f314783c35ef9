"""Writing into tensors: methods that end in `_`, and results that are written `out`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import FLOAT32, assert_equation, assert_raises

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer, Nested, Tensor

# What is written into x = [[1, 2], [3, 4]], and what it is then. `r` is the row [10, 100].
WRITES: dict[str, tuple[Callable[[Tensor, Tensor], Tensor], Nested]] = {
    "x.add_(r)": (lambda x, r: x.add_(r), [[11.0, 102.0], [13.0, 104.0]]),
    "x.add_(5)": (lambda x, r: x.add_(5), [[6.0, 7.0], [8.0, 9.0]]),
    "x.add_(x)": (lambda x, r: x.add_(x), [[2.0, 4.0], [6.0, 8.0]]),
    "x.mul_(r)": (lambda x, r: x.mul_(r), [[10.0, 200.0], [30.0, 400.0]]),
    "x.mul_(0.5)": (lambda x, r: x.mul_(0.5), [[0.5, 1.0], [1.5, 2.0]]),
    "x.mul_(x)": (lambda x, r: x.mul_(x), [[1.0, 4.0], [9.0, 16.0]]),
    "x.copy_(r)": (lambda x, r: x.copy_(r), [[10.0, 100.0], [10.0, 100.0]]),
    "x.copy_(r > 50)": (lambda x, r: x.copy_(r > 50.0), [[0.0, 1.0], [0.0, 1.0]]),
    "x.zero_()": (lambda x, r: x.zero_(), [[0.0, 0.0], [0.0, 0.0]]),
}

# The same with `out`, of y = [4, 9] and z = [2, 0.5].
OUT: dict[str, tuple[Callable[[Layer, Tensor, Tensor, Tensor], Tensor], Nested]] = {
    "mul(y, z)": (lambda layer, y, z, out: layer.mul(y, z, out=out), [8.0, 4.5]),
    "mul(y, 3.0)": (lambda layer, y, z, out: layer.mul(y, 3.0, out=out), [12.0, 27.0]),
    "div(y, z)": (lambda layer, y, z, out: layer.div(y, z, out=out), [2.0, 18.0]),
    "maximum(y, z)": (lambda layer, y, z, out: layer.maximum(y, z, out=out), [4.0, 9.0]),
    "sqrt(y)": (lambda layer, y, z, out: layer.sqrt(y, out=out), [2.0, 3.0]),
}

ON_A_LEAF = "a leaf Variable that requires grad"


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("requires_grad", [False, True], ids=["plain", "a leaf"])
def test_write(layer: Layer, write: str, requires_grad: bool) -> None:
    call, expected = WRITES[write]
    x = layer.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=requires_grad)
    with layer.no_grad():
        result = call(x, layer.tensor([10.0, 100.0]))
    assert result is x, f"{write} returns x, got another tensor"
    assert_equation(f"x = [[1, 2], [3, 4]]; {write}; x", x.tolist(), expected, FLOAT32)
    assert_equation(f"{write}; x.requires_grad", x.requires_grad, requires_grad)
    assert_equation(f"{write}; x.is_leaf", x.is_leaf, True)


@pytest.mark.parametrize("write", WRITES)
def test_aliases_see_what_is_written(layer: Layer, write: str) -> None:
    call, expected = WRITES[write]
    x = layer.tensor([[1.0, 2.0], [3.0, 4.0]])
    alias = x.detach()
    with layer.no_grad():
        call(x, layer.tensor([10.0, 100.0]))
    assert_equation(f"y = x.detach(); {write}; y", alias.tolist(), expected, FLOAT32)


def test_parts_are_written_through(layer: Layer) -> None:
    x = layer.tensor([[1.0, 2.0], [3.0, 4.0]])
    with layer.no_grad():
        x[1].mul_(10.0)
        x.t()[0].add_(5.0)
    left = "x = [[1, 2], [3, 4]]; x[1].mul_(10); x.t()[0].add_(5); x"
    assert_equation(left, x.tolist(), [[6.0, 2.0], [35.0, 40.0]])


def test_the_element_type_stays(layer: Layer) -> None:
    x = layer.tensor([1.0])
    x.add_(layer.tensor([1.0], dtype=layer.float64))
    assert x.dtype is layer.float32, f"float32.add_(float64) stays float32, got {x.dtype}"
    i = layer.tensor([1])
    assert_raises("int64.mul_(1.5)", lambda: i.mul_(1.5), RuntimeError, "can't be cast")


def test_the_shape_stays(layer: Layer) -> None:
    x, larger = layer.tensor([1.0, 2.0]), layer.tensor([[1.0, 1.0], [1.0, 1.0]])
    phrase = "doesn't match the broadcast shape"
    assert_raises("(2,).add_((2, 2))", lambda: x.add_(larger), RuntimeError, phrase)
    assert_raises("(2,).copy_((2, 2))", lambda: x.copy_(larger), RuntimeError)


@pytest.mark.parametrize("write", WRITES)
def test_a_leaf_is_written_only_under_no_grad(layer: Layer, write: str) -> None:
    call, _ = WRITES[write]
    x, r = layer.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True), layer.tensor([10.0, 100.0])
    assert_raises(f"{write}, x a leaf", lambda: call(x, r), RuntimeError, ON_A_LEAF)
    assert_equation("x after that error", x.tolist(), [[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize("call", OUT)
@pytest.mark.parametrize("target", ["y", "z", "another"])
def test_out(layer: Layer, call: str, target: str) -> None:
    function, expected = OUT[call]
    y, z, another = layer.tensor([4.0, 9.0]), layer.tensor([2.0, 0.5]), layer.tensor([0.0, 0.0])
    out = {"y": y, "z": z, "another": another}[target]
    alias = out.detach()
    with layer.no_grad():
        result = function(layer, y, z, out)
    assert result is out, f"{call} with out={target} returns it, got another tensor"
    assert_equation(f"{call} with out={target}", out.tolist(), expected)
    assert_equation(f"{call} with out={target}; an alias of it", alias.tolist(), expected)


def test_training_by_hand(layer: Layer) -> None:
    x = layer.tensor([3.0], requires_grad=True)
    for expected in ([2.4], [1.92], [1.536]):
        x.grad = None
        (x * x).backward()
        with layer.no_grad():
            x.add_(gradient(x) * -0.1)
        assert_equation("x = x - 0.1 * 2 x", x.tolist(), expected, FLOAT32)
