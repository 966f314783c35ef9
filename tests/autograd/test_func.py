"""What functions of functions promise beyond torch's values, which tests/parity compares."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from minitorch_autograd import Tensor, float64, func, no_grad, rand, tensor
from minitorch_autograd.transforms.trees import each, form, leaves, spread


class Pair(NamedTuple):
    one: object
    other: object


def t(*values: float) -> Tensor:
    return tensor(values, dtype=float64)


def test_levels_are_not_confused() -> None:
    # d/dx (x * d/dy (x * y)) = d/dx x^2: y's gradient mentions x, not a constant.
    slope = func.grad(lambda x: x * func.grad(lambda y: x * y)(tensor(1.0)))
    assert slope(tensor(3.0)).item() == 6.0
    # d/dy (x + y) does not depend on x.
    assert func.grad(lambda x: x * func.grad(lambda y: x + y)(x))(tensor(2.0)).item() == 1.0


def test_derivatives_to_the_fourth() -> None:
    f = lambda x: x**4  # noqa: E731
    for expected in (32.0, 48.0, 48.0, 24.0):
        f = func.grad(f)
        assert f(tensor(2.0)).item() == expected


def test_nothing_is_left_on_the_arguments() -> None:
    x = t(1.0, 2.0)
    func.hessian(lambda x: (x**3).sum())(x)
    assert x.grad is None
    assert not x.requires_grad
    w = t(3.0).requires_grad_()
    func.grad(lambda x: (x * w).sum())(x)
    assert w.grad is None


def test_results_are_tracked_only_by_what_is_outside() -> None:
    w, x = t(3.0).requires_grad_(), t(1.0, 2.0)
    assert not func.grad(lambda x: (x**2).sum())(x).requires_grad
    slope = func.grad(lambda x: (x**2 * w).sum())(x)
    slope.sum().backward()
    assert w.grad is not None
    assert w.grad.item() == 6.0  # of 2 x w, summed
    with no_grad():
        assert not func.grad(lambda x: (x**2 * w).sum())(x).requires_grad


def test_a_vjp_is_called_again() -> None:
    _, back = func.vjp(lambda x: x**2, t(1.0, 3.0))
    assert back(t(1.0, 1.0))[0].tolist() == [2.0, 6.0]
    assert back(t(0.0, 2.0))[0].tolist() == [0.0, 12.0]


def test_a_vjp_by_tracked_cotangents() -> None:
    v = t(1.0, 1.0).requires_grad_()
    _, back = func.vjp(lambda x: x**2, t(1.0, 3.0))
    back(v)[0].sum().backward()
    assert v.grad is not None
    assert v.grad.tolist() == [2.0, 6.0]


def test_jacobians_of_nothing() -> None:
    assert func.jacrev(lambda x: x[:0])(t(1.0, 2.0)).shape == (0, 2)
    assert func.jacfwd(lambda x: x[:0])(t(1.0, 2.0)).shape == (0, 2)
    assert func.jacfwd(lambda x: x * 2)(t(1.0)[:0]).shape == (0, 0)


def test_jacfwd_draws_once() -> None:
    assert func.jacfwd(lambda x: x * rand(2), randomness="same")(t(1.0, 2.0)).shape == (2, 2)


def test_vmap_takes_branches_and_numbers() -> None:
    mapped = func.vmap(lambda x: x * 2 if x.item() > 0 else -x)
    assert mapped(t(1.0, -3.0)).tolist() == [2.0, 3.0]


def test_vmap_leaves_random_numbers_alone_where_none_are_drawn() -> None:
    for randomness in ("error", "same", "different"):
        assert func.vmap(lambda x: x, randomness=randomness)(t(1.0)).tolist() == [1.0]


def test_what_has_no_batch_is_given_once() -> None:
    c = t(1.0, 2.0)
    x, same = func.vmap(lambda x: (x, c * 2), out_dims=(0, None))(t(3.0, 4.0))
    assert (x.tolist(), same.tolist()) == ([3.0, 4.0], [2.0, 4.0])


@pytest.mark.parametrize(
    ("prefix", "tree", "found"),
    [
        (0, 3, [0]),
        (0, (1, [2]), [0, 0]),
        ((0, None), ([1, 2], 3), [0, 0, None]),
        ({"b": 1, "a": 0}, {"a": 5, "b": (6, 7)}, [0, 1, 1]),
        ((0,), [5], None),
        ((0, 1), (5,), None),
        (((0, 1),), (5,), None),
        ({"a": 0}, {"b": 5}, None),
    ],
)
def test_prefixes_of_nests(prefix: object, tree: object, found: list[object] | None) -> None:
    assert spread(prefix, tree) == found


def test_nests() -> None:
    tree = {"a": (1, [2]), "b": Pair(3, ())}
    assert leaves(tree) == [1, 2, 3]
    assert each(lambda x: x * 2, tree) == {"a": (2, [4]), "b": Pair(6, ())}
    assert form(tree) == "dict('a': tuple(*, list(*)), 'b': Pair(*, tuple()))"
