"""Attention: what is dropped, what is warned of, and how parameters begin."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import pytest
from tests.nn.values import numbers

import minitorch
from minitorch import Tensor, nn
from minitorch.nn import functional as F

S = 100  # keys


def share_of_zeros(x: Tensor) -> float:
    return float((x == 0).to(minitorch.float32).mean())


def dropped_weights(p: float) -> Tensor:
    """Return the weights of as many queries as keys, which all are alike, after dropout."""
    q, one_hot = minitorch.zeros(S, 4), minitorch.eye(S)
    return F.scaled_dot_product_attention(q, q, one_hot, dropout_p=p)


@pytest.mark.parametrize("p", [0.1, 0.5, 0.8])
def test_weights_are_dropped_by_the_probability(p: float) -> None:
    minitorch.manual_seed(0)
    weights = dropped_weights(p)
    assert abs(share_of_zeros(weights) - p) < 5 * sqrt(p * (1 - p)) / S
    assert minitorch.unique(weights).tolist() == pytest.approx([0.0, 1 / S / (1 - p)])


def test_weights_are_dropped_each_on_its_own() -> None:
    minitorch.manual_seed(0)
    dropped = (dropped_weights(0.5) == 0).to(minitorch.float32)
    for sums in (dropped.sum(0), dropped.sum(1)):  # binomial, of a variance of S / 4
        assert abs(float(sums.var()) - S / 4) < 5 * S / 4 * sqrt(2 / S)


def test_every_head_of_every_example_drops_other_weights() -> None:
    minitorch.manual_seed(0)
    q, one_hot = minitorch.zeros(2, 2, S, 4), minitorch.eye(S).expand(2, 2, S, S)
    weights = F.scaled_dot_product_attention(q, q, one_hot, dropout_p=0.5).reshape(4, -1)
    for i in range(4):
        for j in range(i):
            assert abs(float((weights[i] == weights[j]).to(minitorch.float32).mean()) - 0.5) < 0.03


def test_gradients_go_where_the_weights_went() -> None:
    minitorch.manual_seed(0)
    q = minitorch.zeros(1, 4)
    value = minitorch.eye(S).requires_grad_()
    keys = minitorch.zeros(S, 4)
    found = F.scaled_dot_product_attention(q, keys, value, dropout_p=0.5)
    found.sum().backward()
    assert value.grad is not None
    assert value.grad[:, 0].tolist() == found[0].tolist()


def test_a_module_drops_in_training_only() -> None:
    minitorch.manual_seed(0)
    layer = nn.MultiheadAttention(4, 2, dropout=0.3)
    x = minitorch.zeros(S, 1, 4)
    _, weights = layer(x, x, x, average_attn_weights=False)
    assert weights is not None
    assert abs(share_of_zeros(weights) - 0.3) < 5 * sqrt(0.21 / 2) / S
    assert minitorch.unique(weights).tolist() == pytest.approx([0.0, 1 / S / 0.7])
    _, weights = layer.eval()(x, x, x)
    assert weights is not None
    assert numbers(weights) == pytest.approx([1 / S] * (S * S))


def test_the_fused_way_drops_as_the_plain_one_on_average() -> None:
    minitorch.manual_seed(0)
    layer = nn.MultiheadAttention(4, 2, dropout=0.4)
    x = minitorch.randn(5, 400, 4)[:, :1].expand(5, 400, 4)  # one sequence, many times
    kept, _ = layer.eval()(x, x, x, need_weights=False)
    fused, none = layer.train()(x, x, x, need_weights=False)
    plain, _ = layer(x, x, x)
    assert none is None
    for found in (fused, plain):
        spread = found.std(1) / sqrt(400)
        assert bool(((found.mean(1) - kept[:, 0]).abs() < 5 * spread).all())
    assert numbers(fused.std(1)) == pytest.approx(numbers(plain.std(1)), rel=0.2)


def test_parameters_begin_as_torch_has_them() -> None:
    minitorch.manual_seed(0)
    layer = nn.MultiheadAttention(256, 4, add_bias_kv=True, kdim=64)
    for weight in (layer.q_proj_weight, layer.k_proj_weight, layer.v_proj_weight):
        assert weight is not None
        bound = sqrt(6 / sum(weight.shape))
        assert 0.99 * bound < float(weight.detach().abs().max()) <= bound
        assert float(weight.detach().std()) == pytest.approx(bound / sqrt(3), rel=0.03)
    for bias in (layer.in_proj_bias, layer.out_proj.bias):
        assert bias is not None
        assert not bool(bias.any())
    for learnt in (layer.bias_k, layer.bias_v):
        assert learnt is not None
        assert float(learnt.detach().std()) == pytest.approx(1 / 16, rel=0.25)


def test_masks_of_two_types_are_warned_of() -> None:
    layer = nn.MultiheadAttention(4, 2)
    x = minitorch.zeros(3, 2, 4)
    hidden, added = minitorch.zeros(2, 3) > 0, minitorch.zeros(3, 3)
    text = "Support for mismatched key_padding_mask and attn_mask is deprecated. Use same type"
    with pytest.warns(UserWarning, match=text):
        layer(x, x, x, hidden, attn_mask=added)
    with pytest.warns(UserWarning, match=text):
        layer(x, x, x, added[:2], attn_mask=added > 0)
    layer(x, x, x, hidden, attn_mask=added > 0)  # other warnings are errors


def test_a_mask_of_one_dimension_holds_for_all_queries_and_heads() -> None:
    minitorch.manual_seed(0)
    q, k, v = (minitorch.randn(2, 2, 3, 4) for _ in range(3))
    seen = minitorch.tensor([True, False, True])
    found = F.scaled_dot_product_attention(q, k, v, seen)
    keys = minitorch.tensor([0, 2])
    among = F.scaled_dot_product_attention(q, k.index_select(2, keys), v.index_select(2, keys))
    assert numbers(found) == pytest.approx(numbers(among), rel=1e-5)


def test_half_precision_takes_a_mask_of_single_precision() -> None:
    x = minitorch.ones(2, 3, dtype=minitorch.float16)
    mask = minitorch.tensor([[0.0, 1.0], [2.0, 0.0]])
    assert F.scaled_dot_product_attention(x, x, x, mask).dtype is minitorch.float16


@pytest.fixture
def threads() -> Iterator[None]:
    before = minitorch.get_num_threads()
    yield
    minitorch.set_num_threads(before)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("shape", [(200, 260), (3, 1, 260), (4, 1, 200, 260)])
def test_many_heads_are_as_each_by_the_formula(shape: tuple[int, ...], number: int) -> None:
    minitorch.set_num_threads(number)
    minitorch.manual_seed(0)
    sizes = [(4, 3, 200, 16), (4, 3, 260, 16), (4, 3, 260, 8), shape]
    inputs = [minitorch.randn(*size, dtype=minitorch.float64).requires_grad_() for size in sizes]
    q, k, v, mask = inputs
    found = F.scaled_dot_product_attention(q, k, v, mask)
    expected = F.softmax(q @ k.transpose(-2, -1) / 4 + mask, dim=-1) @ v
    g = minitorch.randn(*found.shape, dtype=minitorch.float64)
    gradients = [minitorch.autograd.grad(y, inputs, g) for y in (found, expected)]
    for one, other in zip((found, *gradients[0]), (expected, *gradients[1]), strict=True):
        assert float((one - other).abs().max()) < 1e-13
