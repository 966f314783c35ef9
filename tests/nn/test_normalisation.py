"""Normalisation: what a table of calls does not show."""

from __future__ import annotations

import pytest

import minitorch
from minitorch import nn

F = nn.functional


def test_a_large_mean_leaves_the_digits_of_a_small_spread() -> None:
    x = minitorch.arange(64).to(minitorch.float32).reshape(32, 2) % 8 + 4096.0
    y = F.batch_norm(x, None, None, training=True)
    exact = F.batch_norm(x.double(), None, None, training=True)
    assert (y.double() - exact).abs().max().item() < 1e-3


def test_many_rows_are_normalised_as_few_are() -> None:
    minitorch.manual_seed(0)
    x = minitorch.randn(8, 4, 100, 100, dtype=minitorch.float64, requires_grad=True)
    weight = minitorch.randn(4, dtype=minitorch.float64, requires_grad=True)
    g = minitorch.randn(8, 4, 100, 100, dtype=minitorch.float64)
    y = F.batch_norm(x, None, None, weight, training=True)
    y.backward(g)
    # The formula, in ordinary operations.
    z, w = x.detach().requires_grad_(), weight.detach().requires_grad_()
    centred = z - z.mean((0, 2, 3), keepdim=True)
    variance = (centred * centred).mean((0, 2, 3), keepdim=True)
    by_hand = centred * (variance + 1e-5).rsqrt() * w.reshape(4, 1, 1)
    by_hand.backward(g)
    for one, other in ((y, by_hand), (x.grad, z.grad), (weight.grad, w.grad)):
        assert one is not None
        assert other is not None
        assert minitorch.allclose(one, other, rtol=1e-10, atol=1e-12)


def test_each_backward_pass_has_its_own_sums() -> None:
    minitorch.manual_seed(0)
    x = minitorch.randn(4, 3, requires_grad=True)
    weight = minitorch.ones(3, requires_grad=True)
    y = F.batch_norm(x, None, None, weight, training=True)
    g = minitorch.randn(4, 3)
    once = minitorch.autograd.grad(y, (x, weight), g, retain_graph=True)
    twice = minitorch.autograd.grad(y, (x, weight), g * 2.0)
    for one, other in zip(once, twice, strict=True):
        assert minitorch.allclose(one * 2.0, other)


def test_without_a_momentum_the_running_statistics_are_means_over_all_batches() -> None:
    norm = nn.BatchNorm1d(1, momentum=None)
    for mean in (1.0, 2.0, 6.0):
        norm(minitorch.tensor([[mean - 1], [mean + 1]]))
    assert norm.running_mean is not None
    assert norm.running_var is not None
    assert norm.running_mean.tolist() == pytest.approx([3.0])
    assert norm.running_var.tolist() == pytest.approx([2.0])
    assert norm.num_batches_tracked is not None
    assert norm.num_batches_tracked.item() == 3


def test_reset_parameters_forgets_the_batches() -> None:
    norm = nn.BatchNorm1d(2)
    fresh = {key: one.clone() for key, one in norm.state_dict().items()}
    norm(minitorch.randn(4, 2))
    with minitorch.no_grad():
        for parameter in norm.parameters():
            parameter.mul_(3.0)
    norm.reset_parameters()
    for key, one in norm.state_dict().items():
        assert minitorch.equal(one, fresh[key])


def test_a_state_dict_from_before_the_count_is_loaded() -> None:
    model = nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))
    state = model.state_dict()
    del state["1.num_batches_tracked"]
    assert repr(model.load_state_dict(state)) == "<All keys matched successfully>"
    del state["1.running_mean"]
    with pytest.raises(RuntimeError, match=r'Missing key\(s\) in state_dict: "1.running_mean"'):
        model.load_state_dict(state)


def test_an_unused_number_of_features_is_warned_of() -> None:
    with pytest.warns(UserWarning, match="input's size at dim=0 does not match num_features"):
        y = nn.InstanceNorm1d(3)(minitorch.randn(4, 2))
    assert y.shape == (4, 2)
