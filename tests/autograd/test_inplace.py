"""Writing into tensors: what becomes history, what is refused, and what backward then notices."""

from __future__ import annotations

from collections.abc import Callable
from math import inf

import pytest

from minitorch_autograd import (
    Tensor,
    div,
    float64,
    mul,
    no_grad,
    ones,
    record,
    sqrt,
    tensor,
    where,
)


def leaf(values: list[float]) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


def write_a_part(x: Tensor) -> None:
    x[0] = 7.0


# Every way to write into a tensor.
WRITES: dict[str, Callable[[Tensor], object]] = {
    "x.add_(1)": lambda x: x.add_(1.0),
    "x.sub_(1)": lambda x: x.sub_(1.0),
    "x.mul_(2)": lambda x: x.mul_(2.0),
    "x.div_(2)": lambda x: x.div_(2.0),
    "x += 1": lambda x: x.__iadd__(1.0),
    "x -= 1": lambda x: x.__isub__(1.0),
    "x *= 2": lambda x: x.__imul__(2.0),
    "x /= 2": lambda x: x.__itruediv__(2.0),
    "x.copy_(y)": lambda x: x.copy_(ones(2)),
    "x.fill_(2)": lambda x: x.fill_(2.0),
    "x.zero_()": lambda x: x.zero_(),
    "x.uniform_()": lambda x: x.uniform_(),
    "x.normal_()": lambda x: x.normal_(),
    "x[0] = 7": write_a_part,
    "mul(..., out=x)": lambda x: mul(x.detach(), 2.0, out=x),
    "div(..., out=x)": lambda x: div(x.detach(), 2.0, out=x),
    "sqrt(..., out=x)": lambda x: sqrt(x.detach(), out=x),
}
# Where x is written: itself, or through another name of its memory.
NAMES: dict[str, Callable[[Tensor], Tensor]] = {
    "x": lambda x: x,
    "x.detach()": lambda x: x.detach(),
    "a view": lambda x: x.detach().reshape(2, 1).t()[0],
    "x, of a view": lambda x: x.detach().view(2).detach(),
}

each_write = pytest.mark.parametrize("write", WRITES)

# --- What backward notices


@each_write
@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_a_rule_needs_is_missed(write: str, name: str) -> None:
    x = leaf([3.0, 4.0])
    other = NAMES[name](x)
    y = x * x
    with no_grad():
        WRITES[write](other)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


# Functions of x whose rules need its value, or their own; and functions whose rules need none.
NEEDING: dict[str, Callable[[Tensor], Tensor]] = {
    "x * y": lambda x: x * ones(2, requires_grad=True),
    "y * x": lambda x: ones(2, requires_grad=True) * x,
    "y / x": lambda x: ones(2, requires_grad=True) / x,
    "x**2": lambda x: x**2,
    "x.log()": lambda x: x.log(),
    "x.abs()": lambda x: x.abs(),
    "x.amax()": lambda x: x.amax(),
    "x @ y": lambda x: x @ ones(2, dtype=float64, requires_grad=True),
    "where(x > 0, y, 0)": lambda x: where(x > 0, ones(2, requires_grad=True) * x, 0.0),
}
OUTPUTS: dict[str, Callable[[Tensor], Tensor]] = {
    "x.exp()": lambda x: x.exp(),
    "x.sqrt()": lambda x: x.sqrt(),
    "x.tanh()": lambda x: x.tanh(),
    "x.sigmoid()": lambda x: x.sigmoid(),
    "x.relu()": lambda x: x.relu(),
}
WITHOUT: dict[str, Callable[[Tensor], Tensor]] = {
    "x + 1": lambda x: x + 1,
    "x * 3": lambda x: x * 3,
    "x / 3": lambda x: x / 3,
    "-x": lambda x: -x,
    "x.sum()": lambda x: x.sum(),
    "x.mean()": lambda x: x.mean(),
    "x[1]": lambda x: x[1],
    "x.clone()": lambda x: x.clone(),
    "1 / x": lambda x: 1 / x,
    **OUTPUTS,
}


@pytest.mark.parametrize("case", NEEDING)
def test_a_rule_that_needs_its_input(case: str) -> None:
    x = leaf([3.0, 4.0])
    y = NEEDING[case](x)
    with no_grad():
        x.add_(1.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


@pytest.mark.parametrize("case", OUTPUTS)
def test_a_rule_that_needs_its_output(case: str) -> None:
    y = OUTPUTS[case](leaf([3.0, 4.0]))
    with no_grad():
        y.add_(1.0)
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


@pytest.mark.parametrize("case", WITHOUT)
def test_a_rule_that_does_not(case: str) -> None:
    x, same = leaf([3.0, 4.0]), leaf([3.0, 4.0])
    y = WITHOUT[case](x).sum()
    WITHOUT[case](same).sum().backward()
    with no_grad():
        x.add_(1.0)
    y.backward()
    assert x.grad is not None
    assert same.grad is not None
    assert x.grad.tolist() == same.grad.tolist()


@each_write
def test_a_write_through_data_is_not_noticed(write: str) -> None:
    x = leaf([3.0, 4.0])
    y = x * x
    with no_grad():
        WRITES[write](x.data.view(2))
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == (x.detach() * 2).tolist()  # at the new values


def test_data_that_is_assigned_was_written_when_the_tensor_was() -> None:
    x, value = leaf([3.0, 4.0]), ones(2, dtype=float64)
    y = x * x
    x.data = value
    with no_grad():
        value.add_(1.0)
    y.sum().backward(retain_graph=True)
    assert x.grad is not None
    assert x.grad.tolist() == [4.0, 4.0]
    with no_grad():
        x.add_(1.0)
    x.data = value
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_gradients_are_kept_apart_from_their_data() -> None:
    x, y = leaf([3.0]), leaf([4.0])
    seed = ones(1, dtype=float64)
    record("Both", ones(1, dtype=float64), (x, lambda g: g.data), (y, lambda g: g.data)).backward(
        seed
    )
    assert x.grad is not None
    assert y.grad is not None
    with no_grad():
        x.grad.add_(1.0)
    assert (seed.tolist(), y.grad.tolist()) == ([1.0], [1.0])


def test_what_was_written_before_is_no_matter() -> None:
    x = leaf([3.0, 4.0])
    with no_grad():
        x.add_(1.0)
    (x * x).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [8.0, 10.0]


def test_a_write_into_other_memory_is_no_matter() -> None:
    x, other = leaf([3.0, 4.0]), leaf([1.0, 1.0])
    y = x * x
    with no_grad():
        other.add_(1.0)
        x.clone().add_(1.0)
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [6.0, 8.0]


# --- Recorded writes


@each_write
def test_a_write_under_no_grad_leaves_no_history(write: str) -> None:
    x = leaf([4.0, 9.0])
    with no_grad():
        WRITES[write](x)
    assert x.is_leaf
    assert x.requires_grad


@each_write
def test_a_leaf_is_refused(write: str) -> None:
    x = leaf([4.0, 9.0])
    with pytest.raises(RuntimeError, match=r"a leaf Variable that requires|automatic differ"):
        WRITES[write](x)
    assert x.tolist() == [4.0, 9.0]


@each_write
@pytest.mark.parametrize("view", ["x[:]", "x.view(2)", "x.unsqueeze(0)[0]"])
def test_a_view_of_a_leaf_is_refused(write: str, view: str) -> None:
    x = leaf([4.0, 9.0])
    views = {"x[:]": x[:], "x.view(2)": x.view(2), "x.unsqueeze(0)[0]": x.unsqueeze(0)[0]}
    with pytest.raises(RuntimeError, match=r"a view of a leaf Variable|automatic differ"):
        WRITES[write](views[view])
    assert x.tolist() == [4.0, 9.0]


def test_a_view_made_in_no_grad_is_refused() -> None:
    y = leaf([4.0, 9.0]) * 1
    with no_grad():
        views = [y[:], y[:][0:1], y.view(2, 1).t()]
    for view in views:
        with pytest.raises(RuntimeError, match="view was created in no_grad mode"):
            view.mul_(2.0)
    assert y.tolist() == [4.0, 9.0]


def test_detach_shares_memory_but_no_history() -> None:
    x = leaf([2.0, 3.0])
    y = tensor([1.0, 1.0], dtype=float64)
    y.detach().mul_(x)
    assert y.tolist() == [2.0, 3.0]
    assert not y.requires_grad


def test_views_do_not_keep_each_other() -> None:
    y = leaf([2.0, 3.0]) * 1
    for _ in range(3):
        y[0]
    assert y._stamp is not None
    assert not y._stamp.views


def test_a_write_of_what_is_tracked_makes_a_history() -> None:
    x = leaf([2.0, 3.0])
    y = tensor([1.0, 1.0])
    same = y.add_(x.to(y.dtype)).mul_(2.0)
    y[0] = x.to(y.dtype)[1] * 5.0
    assert same is y
    assert y.tolist() == [15.0, 8.0]
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, 7.0]


def test_a_history_goes_on_after_a_write() -> None:
    x = leaf([2.0, 3.0])
    y = x * 2
    z = y + 1  # of y as it was
    y.add_(z)
    (y * y).sum().backward()  # (4 x + 1)²
    assert x.grad is not None
    assert x.grad.tolist() == [72.0, 104.0]


@pytest.mark.parametrize("values", [[1.0, float("inf")], [float("nan"), 2.0]])
def test_what_is_overwritten_gets_no_gradient(values: list[float]) -> None:
    x = leaf(values)
    y = x.clone().fill_(3.0)
    assert y.requires_grad
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "write", [lambda h: h.zero_(), lambda h: h.copy_(tensor([1.0, 2.0])), lambda h: h.fill_(3.0)]
)
def test_an_infinite_gradient_does_not_reach_what_was_overwritten(
    write: Callable[[Tensor], Tensor],
) -> None:
    x = tensor([1.0, -1.0], requires_grad=True)
    h = x * 1
    (write(h) * inf + x).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [1.0, 1.0]
