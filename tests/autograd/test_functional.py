"""What derivatives at a place promise beyond torch's values, which tests/parity compares."""

from __future__ import annotations

from minitorch_autograd import Tensor, exp, float64, functional, tensor


def t(*values: float) -> Tensor:
    return tensor(values, dtype=float64)


def test_nothing_is_tracked_unless_asked_for() -> None:
    x, w = t(1.0, 2.0).requires_grad_(), t(3.0).requires_grad_()
    for found in functional.vjp(lambda x: x**2 * w, x, t(1.0, 1.0)):
        assert isinstance(found, Tensor)
        assert not found.requires_grad
    assert x.grad is None
    assert w.grad is None


def test_create_graph_leads_to_what_is_tracked() -> None:
    x, w = t(1.0, 2.0).requires_grad_(), t(3.0).requires_grad_()
    _, found = functional.vjp(lambda x: x**2 * w, x, t(1.0, 1.0), create_graph=True)
    assert isinstance(found, Tensor)
    found.sum().backward()  # of 2 x w
    assert x.grad is not None
    assert w.grad is not None
    assert (x.grad.tolist(), w.grad.tolist()) == ([6.0, 6.0], [6.0])


def test_create_graph_without_anything_tracked() -> None:
    found = functional.jacobian(exp, t(0.0), create_graph=True)
    assert isinstance(found, Tensor)
    assert not found.requires_grad


def test_jacobians_nest() -> None:
    found = functional.jacobian(
        lambda x: functional.jacobian(lambda y: y**3, x, create_graph=True), t(2.0)
    )
    assert isinstance(found, Tensor)
    assert found.tolist() == [[[12.0]]]


def test_both_products_with_the_hessian_are_the_hessian_times_v() -> None:
    x, v = t(1.0, 2.0), t(3.0, -1.0)
    whole = functional.hessian(lambda x: (x**3).sum() * x[0], x)
    assert isinstance(whole, Tensor)
    for product in (functional.hvp, functional.vhp):
        _, found = product(lambda x: (x**3).sum() * x[0], x, v)
        assert isinstance(found, Tensor)
        assert found.tolist() == (whole @ v).tolist()
