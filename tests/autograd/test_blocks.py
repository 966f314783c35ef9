"""Copies of many tensors at once."""

from __future__ import annotations

import pytest

from minitorch_autograd import Tensor, exp, foreach_copy_, no_grad, tensor, zeros


def test_each_gets_its_own() -> None:
    x, y = zeros(2), zeros(1, 3)
    with no_grad():
        foreach_copy_([x, y[0]], [tensor([1.0, 2.0]), tensor([3, 4, 5])])
    assert x.tolist() == [1.0, 2.0]
    assert y.tolist() == [[3.0, 4.0, 5.0]]


def test_a_rule_that_needs_the_old_value_is_told() -> None:
    x = tensor([1.0], requires_grad=True)
    y = exp(x)
    with no_grad():
        foreach_copy_([y], [tensor([2.0])])
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        y.sum().backward()


def test_it_is_not_recorded() -> None:
    x: Tensor = tensor([1.0], requires_grad=True)
    with pytest.raises(RuntimeError, match=r"^foreach_copy_ is not recorded: call it under"):
        foreach_copy_([zeros(1)], [x])


def test_not_as_many() -> None:
    with no_grad(), pytest.raises(ValueError, match="shorter"):
        foreach_copy_([zeros(1), zeros(1)], [zeros(1)])
