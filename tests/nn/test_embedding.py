"""Tables of vectors: how they start, what is refused, and frequencies."""

from __future__ import annotations

from math import sqrt

import pytest

import minitorch
from minitorch import nn, tensor
from minitorch.nn import functional as F


@pytest.mark.parametrize("layer", [nn.Embedding, nn.EmbeddingBag])
def test_a_table_starts_normal_with_a_row_of_zeros(layer: type[nn.Embedding]) -> None:
    minitorch.manual_seed(0)
    weight = layer(200, 100, padding_idx=3).weight.detach()
    assert weight[3].tolist() == [0.0] * 100
    others = minitorch.cat([weight[:3], weight[4:]])
    n = others.numel()
    assert abs(float(others.mean())) < 5 / sqrt(n)
    assert abs(float(others.var()) - 1) < 5 * sqrt(2 / n)
    assert abs(float((others**4).mean()) - 3) < 5 * sqrt(96 / n)


@pytest.mark.parametrize("layer", [nn.Embedding, nn.EmbeddingBag])
def test_a_given_table_is_shared_and_frozen(layer: type[nn.Embedding]) -> None:
    table = minitorch.arange(6.0).reshape(3, 2)
    frozen = layer.from_pretrained(table)
    assert not frozen.weight.requires_grad
    assert layer.from_pretrained(table, freeze=False).weight.requires_grad
    table[0, 0] = 7.0
    assert frozen.weight[0, 0].item() == 7.0
    with pytest.raises(AssertionError, match="Embeddings parameter is expected to be 2-dimen"):
        layer.from_pretrained(minitorch.zeros(2))


def test_large_rows_shrink_in_the_table() -> None:
    layer = nn.Embedding.from_pretrained(tensor([[3.0, 4.0], [0.3, 0.4], [6.0, 8.0]]), max_norm=1.0)
    layer(tensor([0, 1, 0]))
    assert layer.weight[0].tolist() == pytest.approx([0.6, 0.8])
    assert layer.weight[1:].tolist() == [pytest.approx([0.3, 0.4]), [6.0, 8.0]]


def test_sparse_gradients_are_refused() -> None:
    with pytest.raises(
        NotImplementedError, match=r"^Embedding: sparse gradients are not supported"
    ):
        nn.Embedding(3, 2, sparse=True)
    with pytest.raises(NotImplementedError, match=r"^EmbeddingBag: sparse gradients are not"):
        nn.EmbeddingBag(3, 2, sparse=True)
    with pytest.raises(
        NotImplementedError, match=r"^embedding: sparse gradients are not supported"
    ):
        F.embedding(tensor([0]), minitorch.zeros(3, 2), sparse=True)


def test_frequencies_are_of_the_row_itself() -> None:
    # Torch divides by those of another row.
    weight = minitorch.ones(4, 1, requires_grad=True)
    F.embedding_bag(
        tensor([[1, 3, 1], [0, 2, 2]]), weight, mode="sum", scale_grad_by_freq=True
    ).sum().backward()
    assert weight.grad is not None
    assert weight.grad.tolist() == [[1.0], [1.0], [1.0], [1.0]]


def test_offsets_have_to_rise() -> None:
    with pytest.raises(
        RuntimeError, match=r"^embedding_bag: offsets have to rise from bag to bag$"
    ):
        F.embedding_bag(tensor([0, 1]), minitorch.zeros(3, 2), tensor([0, 2, 1]))


@pytest.mark.parametrize("mode", ["sum", "mean", "max"])
def test_empty_bags_are_zeros(mode: str) -> None:
    none = minitorch.zeros(0, dtype=minitorch.int64)
    bags = F.embedding_bag(none, minitorch.ones(3, 2), tensor([0, 0]), mode=mode)
    assert bags.tolist() == [[0.0, 0.0], [0.0, 0.0]]
    assert F.embedding_bag(none, minitorch.ones(3, 2), none, mode=mode).shape == (0, 2)
