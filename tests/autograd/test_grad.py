"""`grad`: gradients by what is asked for, leaves or not, without a trace in `.grad`."""

from __future__ import annotations

from minitorch_autograd import Tensor, float64, grad, record, tensor


def leaf(values: float | list[float]) -> Tensor:
    return tensor(values, dtype=float64, requires_grad=True)


def test_grad_leaves_the_gradients_of_leaves_alone() -> None:
    x = leaf([1.0, 2.0])
    (dx,) = grad((x * x).sum(), x)
    assert dx.tolist() == [2.0, 4.0]
    assert not dx.requires_grad
    assert x.grad is None


def test_grad_by_each_of_several_inputs_in_their_order() -> None:
    x, y = leaf(3.0), leaf(5.0)
    z = x * y
    assert [one.tolist() for one in grad(z, [y, x, y], retain_graph=True)] == [3.0, 5.0, 3.0]
    assert [one.tolist() for one in grad(z, (x,))] == [5.0]


def test_grad_of_the_sum_of_several_outputs() -> None:
    x = leaf([1.0, 2.0])
    a, b = x * 3, x * x
    (dx,) = grad([a, b], x, [tensor([1.0, 0.0]), tensor([1.0, 1.0])])
    assert dx.tolist() == [5.0, 4.0]
    assert dx.dtype is float64  # as x: what it began with was cast


def test_grad_begins_with_one_where_nothing_is_given() -> None:
    x = leaf(2.0)
    (dx,) = grad([x * x, x * 3], x, [None, tensor(10.0)])
    assert dx.tolist() == 34.0


def test_grad_by_what_was_computed() -> None:
    x = leaf(2.0)
    y = x * x
    z = y * y
    dy, dx, dz = grad(z, [y, x, z])
    assert [one.tolist() for one in (dy, dx, dz)] == [8.0, 32.0, 1.0]


def test_grad_walks_only_what_leads_to_an_input() -> None:
    x, y = leaf(2.0), leaf(3.0)

    def never(g: Tensor) -> Tensor:
        raise AssertionError

    z = record("Product", x.detach() * y.detach(), (x, lambda g: g * y), (y, never))
    (dx,) = grad(z, x, retain_graph=True)
    assert dx.tolist() == 3.0


def test_grad_by_what_has_no_part() -> None:
    x, y = leaf(2.0), leaf([3.0, 4.0])
    z = x * x
    assert grad(z, [y], retain_graph=True, allow_unused=True) == (None,)
    dx, dy = grad(z, [x, y], materialize_grads=True)
    assert (dx.tolist(), dy.tolist(), dy.dtype) == (4.0, [0.0, 0.0], float64)


def test_grad_of_grad_of_grad() -> None:
    y = x = leaf(2.0)
    y = x * x * x * x
    for expected in (32.0, 48.0, 48.0, 24.0):
        (y,) = grad(y, x, create_graph=True)
        assert y.tolist() == expected


def test_grad_by_what_was_computed_leaves_what_is_behind_it() -> None:
    x = leaf(2.0)
    y = x * x
    assert [one.tolist() for one in grad(y * 3, y)] == [3.0]
    assert [one.tolist() for one in grad(y * 5, x)] == [20.0]  # its rules were not called
