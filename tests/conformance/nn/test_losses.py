"""Losses, as modules and as functions."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import FLOAT32, assert_equation, assert_raises, shown

if TYPE_CHECKING:
    from tests.conformance.nn.contract import Autograd, Layer, Nested, Reduction

X: Nested = [[1.0, 2.0], [3.0, 5.0]]
Y: Nested = [[1.0, 0.0], [6.0, 1.0]]  # the squares of the differences: 0, 4, 9, 16

LOGITS: Nested = [[2.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
CLASSES = [0, 2]
EACH = [math.log(1 + math.exp(-1) + math.exp(-2)), math.log(3)]  # -log softmax at the class


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [("mean", 29 / 4), ("sum", 29.0), ("none", [[0.0, 4.0], [9.0, 16.0]])],
    ids=shown,
)
def test_mse(nn: Layer, below: Autograd, reduction: Reduction, expected: Nested) -> None:
    x, y = below.tensor(X), below.tensor(Y)
    left = f"mse_loss({X}, {Y}, reduction={reduction!r})"
    loss = nn.functional.mse_loss(x, y, reduction=reduction)
    assert_equation(left, loss.tolist(), expected, FLOAT32)
    loss = nn.MSELoss(reduction=reduction)(x, y)
    assert_equation(f"MSELoss: {left}", loss.tolist(), expected, FLOAT32)


@pytest.mark.parametrize(
    ("reduction", "expected"),
    [("mean", sum(EACH) / 2), ("sum", sum(EACH)), ("none", EACH)],
    ids=shown,
)
def test_cross_entropy(nn: Layer, below: Autograd, reduction: Reduction, expected: Nested) -> None:
    x, y = below.tensor(LOGITS), below.tensor(CLASSES)
    left = f"cross_entropy({LOGITS}, {CLASSES}, reduction={reduction!r})"
    loss = nn.functional.cross_entropy(x, y, reduction=reduction)
    assert_equation(left, loss.tolist(), expected, FLOAT32)
    loss = nn.CrossEntropyLoss(reduction=reduction)(x, y)
    assert_equation(f"CrossEntropyLoss: {left}", loss.tolist(), expected, FLOAT32)


def test_losses_take_the_mean_unless_told_otherwise(nn: Layer, below: Autograd) -> None:
    x, y = below.tensor(X), below.tensor(Y)
    assert_equation("MSELoss()", nn.MSELoss()(x, y).item(), 29 / 4, FLOAT32)
    x, y = below.tensor(LOGITS), below.tensor(CLASSES)
    assert_equation(
        "CrossEntropyLoss()", nn.CrossEntropyLoss()(x, y).item(), sum(EACH) / 2, FLOAT32
    )


def test_cross_entropy_of_one_sample(nn: Layer, below: Autograd) -> None:
    loss = nn.functional.cross_entropy(below.tensor([2.0, 1.0, 0.0]), below.tensor(0))
    assert_equation("cross_entropy([2, 1, 0], 0)", loss.tolist(), EACH[0], FLOAT32)


@pytest.mark.parametrize(("target", "expected"), [(0, 0.0), (1, 2000.0)])
def test_cross_entropy_far_out(nn: Layer, below: Autograd, target: int, expected: float) -> None:
    x = below.tensor([[1000.0, -1000.0]], requires_grad=True)
    loss = nn.functional.cross_entropy(x, below.tensor([target]))
    assert_equation(f"cross_entropy([[1000, -1000]], [{target}])", loss.item(), expected)
    loss.backward()
    slope = float(target)
    left = f"cross_entropy([[1000, -1000]], [{target}]): the gradient"
    assert_equation(left, gradient(x).tolist(), [[slope, -slope]])


def test_gradients_of_the_means(nn: Layer, below: Autograd) -> None:
    x = below.tensor(X, requires_grad=True)
    nn.MSELoss()(x, below.tensor(Y)).backward()
    assert_equation("MSELoss(): the gradient", gradient(x).tolist(), [[0.0, 1.0], [-1.5, 2.0]])

    x = below.tensor([[0.0, 0.0], [0.0, 0.0]], requires_grad=True)
    nn.CrossEntropyLoss()(x, below.tensor([0, 1])).backward()
    expected: Nested = [[-0.25, 0.25], [0.25, -0.25]]
    assert_equation("CrossEntropyLoss(): the gradient", gradient(x).tolist(), expected, FLOAT32)


def test_an_unknown_reduction(nn: Layer, below: Autograd) -> None:
    x, y, phrase = below.tensor(X), below.tensor(Y), "is not a valid value for reduction"
    average: Any = "average"  # no type checker lets it through
    what = "mse_loss(x, y, reduction='average')"
    assert_raises(what, lambda: nn.functional.mse_loss(x, y, reduction=average), ValueError, phrase)


def test_a_class_that_is_not_there(nn: Layer, below: Autograd) -> None:
    x, y = below.tensor(LOGITS), below.tensor([0, 3])
    what = "cross_entropy of 3 classes for the class 3"
    assert_raises(what, lambda: nn.functional.cross_entropy(x, y), IndexError, "out of")


def test_a_target_of_another_size(nn: Layer, below: Autograd) -> None:
    x, y = below.tensor(LOGITS), below.tensor([0, 1, 2])
    phrase = "to match target batch_size"
    what = "cross_entropy of 2 samples for 3 classes"
    assert_raises(what, lambda: nn.functional.cross_entropy(x, y), ValueError, phrase)
