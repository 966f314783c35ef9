"""Activations: what is drawn at random, and what is written in place."""

from __future__ import annotations

import math

import pytest
from tests.nn.values import numbers

import minitorch
from minitorch import nn
from minitorch.nn import functional as F


def test_random_slopes_are_uniform() -> None:
    minitorch.manual_seed(0)
    y = F.rrelu(-minitorch.ones(20_000), 0.2, 0.6, training=True)
    slopes = (-y).sort().values
    # The empirical distribution of 20,000 numbers strays from the true one by less than 0.01.
    expected = minitorch.linspace(0.2, 0.6, 20_000)
    assert float((slopes - expected).abs().max()) < 0.01


def test_random_slopes_are_those_of_the_gradient() -> None:
    x = -minitorch.ones(100)
    x.requires_grad = True
    y = nn.RReLU()(x)
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == (-y).tolist()


def test_in_place_is_the_same_tensor() -> None:
    x = minitorch.tensor([-1.0, 2.0])
    assert F.leaky_relu_(x, 0.5) is x
    assert x.tolist() == [-0.5, 2.0]


def test_a_write_over_what_is_needed_is_refused() -> None:
    x = minitorch.tensor([1.0], requires_grad=True)
    y = x.exp()
    total = (F.silu(y, inplace=True)).sum()
    with pytest.raises(RuntimeError, match="modified by an inplace operation"):
        total.backward()


@pytest.mark.parametrize("hard", [False, True])
def test_gumbel_softmax_draws_by_the_probabilities(hard: bool) -> None:
    minitorch.manual_seed(0)
    p = [0.1, 0.2, 0.7]
    logits = minitorch.tensor([[math.log(one) for one in p]] * 20_000)
    drawn = F.gumbel_softmax(logits, tau=0.5, hard=hard)
    assert float((drawn.sum(1) - 1).abs().max()) < 1e-5
    shares = numbers(F.one_hot(drawn.argmax(1), 3).to(minitorch.float32).mean(0))
    # five standard deviations
    for share, expected in zip(shares, p, strict=True):
        assert abs(share - expected) < 5 * math.sqrt(expected * (1 - expected) / 20_000)
    if hard:
        assert set(numbers(drawn.round(decimals=5))) == {0.0, 1.0}


def test_hard_gumbel_softmax_has_the_soft_gradient() -> None:
    gradients = []
    for hard in (False, True):
        minitorch.manual_seed(3)
        x = minitorch.tensor([0.5, -1.0, 2.0], requires_grad=True)
        (F.gumbel_softmax(x, hard=hard) * minitorch.tensor([1.0, 2.0, 3.0])).sum().backward()
        assert x.grad is not None
        gradients.append(x.grad.tolist())
    assert gradients[0] == gradients[1]


def test_an_implicit_dimension_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="Implicit dimension choice for softmax"):
        F.softmax(minitorch.zeros(2, 2))
    with pytest.warns(UserWarning, match="`eps` parameter is deprecated"):
        F.gumbel_softmax(minitorch.zeros(2), eps=1e-3)
