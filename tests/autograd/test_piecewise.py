"""Gradients that are constants by parts, and derivatives of slopes where there is a kink."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.cases.case import make_inputs, results
from tests.cases.empty import tried
from tests.cases.table import CASES

import minitorch
from minitorch_autograd import Tensor, float64, grad, linalg, norm, tensor
from minitorch_autograd.engine.node import Node
from minitorch_autograd.engine.piecewise import PIECEWISE
from minitorch_nn import functional as F

pytestmark = [pytest.mark.relies_on("tensor"), pytest.mark.relies_on("nn")]  # rows of theirs


def nodes(outputs: list[Any]) -> Iterator[Node]:
    """Yield the nodes that outputs were computed by."""
    pending = [one.grad_fn for one in outputs if getattr(one, "grad_fn", None) is not None]
    seen = set(pending)
    while pending:
        node = pending.pop()
        yield node
        for other, _ in node.next_functions:
            if other not in seen:
                seen.add(other)
                pending.append(other)


def test_each_name_is_of_an_operation() -> None:
    names: set[str] = set()
    for case in CASES:
        made, _ = tried(results, minitorch, case, make_inputs(minitorch, case, "float64", True))
        names.update(node.name() for node in nodes(made or []))
    assert names >= PIECEWISE


@pytest.mark.parametrize("name", ["relu", "hardtanh", "leaky_relu", "abs"])
def test_a_penalty_on_slopes_has_a_derivative_of_zero(name: str) -> None:
    function: Callable[[Tensor], Tensor] = Tensor.abs if name == "abs" else getattr(F, name)
    x = tensor([-2.0, 0.5, 3.0], requires_grad=True)
    (slope,) = grad(function(x).sum(), [x], create_graph=True)
    (slope * slope).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [0.0, 0.0, 0.0]


def test_what_is_differentiated_once_tracks_nothing() -> None:
    x = tensor([-2.0, 0.5], requires_grad=True)
    F.relu(x).sum().backward()
    assert x.grad is not None
    assert not x.grad.requires_grad


def test_the_first_gradient_given_is_not_changed() -> None:
    x = tensor([0.5], requires_grad=True)
    given = tensor([2.0])
    (slope,) = grad(F.relu(x), [x], given, create_graph=True)
    assert slope.requires_grad
    assert not given.requires_grad


@pytest.mark.parametrize("function", [linalg.vector_norm, norm])
@pytest.mark.parametrize("p", [0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
def test_a_zero_beside_does_not_spoil_the_second_derivative_of_a_norm(
    function: Callable[..., Tensor], p: float
) -> None:
    curves = []
    for values in ([0.0, 1.0, -2.0], [1.0, -2.0]):
        x = tensor(values, dtype=float64, requires_grad=True)
        (slope,) = grad(function(x, p), [x], create_graph=True)
        (curve,) = grad((slope[-2:] * tensor([1.0, 3.0], dtype=float64)).sum(), [x])
        curves.append(curve[-2:].tolist())
    assert curves[0] == pytest.approx(curves[1], abs=1e-14)


@pytest.mark.parametrize("p", [1.0, 2.5, 3.0, 4.0])
def test_the_second_derivative_of_the_norm_of_zeros(p: float) -> None:
    x = tensor([0.0, 0.0], requires_grad=True)
    (slope,) = grad(linalg.vector_norm(x, p), [x], create_graph=True)
    (curve,) = grad(slope.sum(), [x])
    assert curve.tolist() == [0.0, 0.0]
