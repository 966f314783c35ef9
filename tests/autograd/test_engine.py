"""The engine: `record`, and the walks of `backward` and `grad` through what it made."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from tests.autograd.cases import CASES, leaves

from minitorch_autograd import (
    Tensor,
    backward,
    float32,
    float64,
    grad,
    no_grad,
    ones,
    record,
    record_with_output,
    tensor,
    zeros,
)
from minitorch_autograd.engine.node import AccumulateGrad


def leaf(values: float | list[float]) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


def gradient(x: Tensor) -> Tensor:
    assert x.grad is not None
    return x.grad


# --- backward


def test_gradients_add_up_in_the_same_tensor() -> None:
    x = leaf([1.0, 2.0])
    assert x.grad is None
    (x * 3).sum().backward()
    first = gradient(x)
    (x * x).sum().backward()
    assert gradient(x) is first
    assert first.tolist() == [5.0, 7.0]


def test_gradients_of_gradients_add_up_in_a_new_one() -> None:
    x = leaf(2.0)
    (x * x).backward()
    first = gradient(x)
    (x * x).backward(create_graph=True)
    assert first.tolist() == 4.0
    assert gradient(x).tolist() == 8.0
    gradient(x).backward()  # 8 + 2
    assert gradient(x).tolist() == 10.0


@pytest.mark.parametrize("retain_graph", [None, False, True])
@pytest.mark.parametrize("create_graph", [False, True])
def test_a_graph_is_kept_where_asked_for(retain_graph: bool | None, create_graph: bool) -> None:
    x = leaf(3.0)
    y = x * x
    y.backward(retain_graph=retain_graph, create_graph=create_graph)
    assert gradient(x).requires_grad is create_graph
    if create_graph if retain_graph is None else retain_graph:
        y.backward()
        assert gradient(x).tolist() == 12.0
    else:
        with pytest.raises(RuntimeError, match="through the graph a second time"):
            y.backward()


def test_a_part_of_two_graphs_is_freed_by_the_first() -> None:
    x = leaf(3.0)
    shared = x * x
    (shared + 1).backward()
    with pytest.raises(RuntimeError, match="through the graph a second time"):
        (shared + 2).backward()


def test_a_graph_without_its_leaves_can_be_walked() -> None:
    x = leaf(3.0)
    y = leaf(2.0)
    z = x * y
    del x  # nobody can ask for its gradient any more
    z.backward()
    assert gradient(y).tolist() == 3.0


# What hands its gradient on, or a view of it, of a tensor of shape (1, 3).
PASSING: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "x + y": lambda x, y: x + y,
    "x - y": lambda x, y: x - y,
    "x.clone() + y": lambda x, y: x.clone() + y,
    "x.reshape(3) + y.view(3)": lambda x, y: x.reshape(3) + y.view(3),
    "x.t() + y.transpose(0, 1)": lambda x, y: x.t() + y.transpose(0, 1),
    "x.permute(1, 0) + y.T": lambda x, y: x.permute(1, 0) + y.T,
    "x.squeeze(0) + y[0]": lambda x, y: x.squeeze(0) + y[0],
    "x.unsqueeze(0) + y[None]": lambda x, y: x.unsqueeze(0) + y[None],
    "x.expand(1, 3) + y.expand(-1, 3)": lambda x, y: x.expand(1, 3) + y.expand(-1, 3),
    "x.clone().copy_(y) + x": lambda x, y: x.clone().copy_(y) + x,
    "x.to(float32) + y.to(float32)": lambda x, y: x.to(float32) + y.to(float32),
}


@pytest.mark.parametrize("case", PASSING)
def test_gradients_are_kept_apart(case: str) -> None:
    x, y = leaf([1.0, 2.0, 3.0]).reshape(1, 3).detach(), ones(1, 3, dtype=float64)
    x.requires_grad = y.requires_grad = True
    z = PASSING[case](x, y)
    start = ones(z.shape, dtype=z.dtype)
    z.backward(start)
    expected = gradient(y).tolist()
    with no_grad():
        gradient(x).mul_(10.0)
    assert gradient(y).tolist() == expected
    assert start.tolist() == ones(z.shape).tolist()


# --- backward by several, and to some


def test_backward_of_several() -> None:
    x = leaf([1.0, 2.0])
    backward([(x * 3).sum(), x * x], [None, tensor([1.0, 10.0])])
    assert gradient(x).tolist() == [5.0, 43.0]
    backward(x * 2, ones(2))
    assert gradient(x).tolist() == [7.0, 45.0]


def test_backward_to_some() -> None:
    x, w = leaf(2.0), leaf(3.0)
    y = x * w
    z = y * y
    z.backward(inputs=[w, y], retain_graph=True)
    assert x.grad is None
    assert (gradient(w).tolist(), y._grad is not None) == (24.0, True)
    z.backward(inputs=x)
    assert gradient(x).tolist() == 36.0
    z.detach().requires_grad_().backward(inputs=x)  # of which it is no function
    assert gradient(x).tolist() == 36.0


def test_the_graph_can_be_followed() -> None:
    x, w = leaf(2.0), leaf(3.0)
    y = (x * w).exp()
    assert y.grad_fn is not None
    ((product, index),) = y.grad_fn.next_functions
    assert (product.name(), index) == ("MulBackward0", 0)
    (a, _), (b, _) = product.next_functions
    assert isinstance(a, AccumulateGrad)
    assert a.variable is x
    assert (b.name(), b.next_functions) == ("AccumulateGrad", ())


def test_detach_in_place() -> None:
    x = leaf(2.0)
    y = x * x
    z = y * 3
    assert y.detach_() is y
    assert (y.is_leaf, y.requires_grad) == (True, False)
    z.backward()  # what came before is as it was
    assert gradient(x).tolist() == 12.0
    assert not x.detach_().requires_grad


# --- What a rule may return, and what the engine makes of it


@pytest.mark.parametrize(
    ("of", "returned", "expected"),  # what each element gets of a gradient of ones
    [
        ((3,), (3,), 1),
        ((3,), (2, 3), 2),
        ((3,), (4, 2, 3), 8),
        ((2, 1), (2, 3), 3),
        ((4, 1), (2, 4, 3), 6),
        ((1, 2, 1), (3, 2, 3), 9),
        ((), (2, 2), 4),
        ((1,), (1, 1), 1),
        ((0, 3), (2, 0, 3), 0),
        ((3,), (0, 3), 0),
        ((3,), (1,), None),
        ((3,), (2,), None),
        ((1, 3), (3,), None),
        ((2, 3), (3, 2), None),
    ],
    ids=str,
)
def test_a_gradient_is_summed_to_the_shape_of_its_input(
    of: tuple[int, ...], returned: tuple[int, ...], expected: int | None
) -> None:
    x = zeros(of, dtype=float64, requires_grad=True)
    y = record("Some", zeros(returned), (x, lambda g: ones(returned)))
    if expected is None:
        with pytest.raises(RuntimeError, match="returned an invalid gradient"):
            y.sum().backward()
    else:
        y.sum().backward()
        assert gradient(x).tolist() == (zeros(of) + expected).tolist()
        assert gradient(x).shape == of
        assert gradient(x).dtype is float64  # the rule's are float32


def test_the_rule_of_what_tracks_nothing_is_never_called() -> None:
    x, plain = leaf(2.0), tensor(3.0)

    def never(g: Tensor, y: Tensor | None = None) -> Tensor:
        raise AssertionError

    record("One", tensor(1.0), (plain, never), (x, lambda g: g)).backward()
    record_with_output("Two", tensor(1.0), (plain, never), (x, lambda g, y: g)).backward()
    assert gradient(x).tolist() == 2.0
    for value in (tensor(1.0), tensor([1.0])):
        assert record("Three", value, (plain, never)) is value
        assert value.is_leaf


def test_the_output_is_handed_to_rules_as_it_was() -> None:
    x = leaf(3.0)
    y = record_with_output("Square", x.detach() * x.detach(), (x, lambda g, y: g * 2 * y / x))
    (dx,) = grad(y, x, create_graph=True)
    assert dx.tolist() == 6.0
    # 2 y / x has the derivative 2 y' / x - 2 y / x² = 4 - 2.
    assert [one.tolist() for one in grad(dx, x)] == [2.0]


# --- What it costs


def test_each_node_is_walked_once_however_many_ways_there_are() -> None:
    calls = []
    x = leaf(1.0)

    def pair(a: Tensor, b: Tensor) -> Tensor:
        def rule(g: Tensor) -> Tensor:
            calls.append(g)
            return g / 2

        return record("Middle", (a.detach() + b.detach()) / 2, (a, rule), (b, rule))

    # A lattice of 20 rows, of 2 to the 20 ways: each node has two below it.
    left, right = x * 1, x * 1
    for _ in range(20):
        left, right = pair(left, right), pair(left, right)
    (left + right).backward()
    assert gradient(x).tolist() == 2.0
    assert len(calls) == 20 * 2 * 2


def test_consumers_at_different_depths() -> None:
    x = leaf(2.0)
    y = x * 3
    z = y
    for _ in range(50):
        z = z + y * 0.5  # y is needed near the output, and at the very beginning
    z.backward()
    assert gradient(x).tolist() == 78.0


def test_a_chain_of_100_000_additions() -> None:
    x = leaf(1.0)
    y = x
    for _ in range(100_000):
        y = y + 1.0
    (dx,) = grad(y, x, retain_graph=True)
    y.backward()
    assert (dx.tolist(), gradient(x).tolist()) == (1.0, 1.0)


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Switch the garbage collector off, so that only reference counting frees anything."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("no_collector")
@pytest.mark.parametrize("case", CASES)
def test_no_operation_makes_a_cycle(case: str) -> None:
    function, *inputs = CASES[case]
    xs = leaves(inputs)
    y = function(*xs)
    gradients = grad(y, xs, y.detach(), create_graph=True, materialize_grads=True)
    seen: list[weakref.ref[object]] = [weakref.ref(one) for one in (*xs, y, *gradients)]
    seen += [weakref.ref(one._node) for one in (*xs, y, *gradients) if one._node is not None]
    del xs, y, gradients
    assert [one() for one in seen] == [None] * len(seen)
