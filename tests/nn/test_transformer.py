"""Transformers: what is dropped, how parameters begin, what is warned of, and custom parts."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, sqrt
from typing import Any

import pytest
from tests.nn.values import numbers

import minitorch
from minitorch import Tensor, nn

E, P, LENGTH = 8, 0.3, 2_000


ENCODER, DECODER = nn.TransformerEncoderLayer, nn.TransformerDecoderLayer


@pytest.mark.parametrize(
    ("kind", "place", "before"),
    [
        (ENCODER, "dropout", "linear1.bias"),
        (ENCODER, "dropout1", "self_attn.out_proj.bias"),
        (ENCODER, "dropout2", "linear2.bias"),
        (DECODER, "dropout", "linear1.bias"),
        (DECODER, "dropout1", "self_attn.out_proj.bias"),
        (DECODER, "dropout2", "multihead_attn.out_proj.bias"),
        (DECODER, "dropout3", "linear2.bias"),
    ],
)
def test_each_part_of_a_layer_drops_by_the_probability(
    kind: Callable[..., Any], place: str, before: str
) -> None:
    """All parameters are zeros, but a bias: its ones go through one dropout, and out."""
    minitorch.manual_seed(0)
    layer = kind(E, 1, E, dropout=P, norm_first=True)
    for name, part in layer.named_modules():
        if isinstance(part, nn.Dropout) and name != place:
            part.p = 0.0
    for parameter in layer.parameters():
        nn.init.zeros_(parameter)
    nn.init.ones_(layer.get_parameter(before))
    if before == "linear1.bias":
        nn.init.eye_(layer.linear2.weight)
    inputs = [minitorch.zeros(1, LENGTH, E)] * (1 if kind is ENCODER else 2)
    y = layer(*inputs)
    dropped = float((y == 0).to(minitorch.float32).mean())
    assert abs(dropped - P) < 5 * sqrt(P * (1 - P) / (LENGTH * E))
    assert minitorch.unique(y).tolist() == pytest.approx([0.0, 1 / (1 - P)])
    assert set(numbers(layer.eval()(*inputs))) == {1.0}


def test_a_layer_hands_its_probability_to_its_parts() -> None:
    encoder, decoder = ENCODER(4, 2, dropout=0.2), DECODER(4, 2, dropout=0.2)
    for attention in (encoder.self_attn, decoder.self_attn, decoder.multihead_attn):
        assert attention.dropout == 0.2
    drops = [
        part for layer in (encoder, decoder) for part in layer.modules() if type(part) is nn.Dropout
    ]
    assert [part.p for part in drops] == [0.2] * 7


def test_dropout_follows_the_seed_and_the_mode() -> None:
    model = nn.Transformer(4, 2, 1, 1, 3, dropout=0.5)
    x = minitorch.ones(3, 2, 4)

    def drawn(seed: int) -> list[float]:
        minitorch.manual_seed(seed)
        return numbers(model(x, x))

    assert drawn(0) == drawn(0) != drawn(1)
    model.eval()
    assert drawn(0) == drawn(1)


def test_matrices_begin_by_the_uniform_distribution_of_glorot() -> None:
    minitorch.manual_seed(0)
    model = nn.Transformer(64, 4, 1, 1, 128)
    for name, parameter in model.named_parameters():
        w = parameter.detach()
        if len(w.shape) > 1:
            bound = sqrt(6 / sum(w.shape))
            assert 0.99 * bound < float(w.abs().max()) <= bound, name
            assert float(w.std()) == pytest.approx(bound / sqrt(3), rel=0.05), name
            assert abs(float(w.mean())) < 5 * bound / sqrt(3 * w.numel()), name
        elif "norm" in name:
            assert set(numbers(w)) == {float(name.endswith("weight"))}, name
        elif "attn" in name:
            assert set(numbers(w)) == {0.0}, name
        else:  # a bias of a linear layer, as that begins
            assert float(w.abs().max()) <= 1 / sqrt(128 if "linear2" in name else 64), name


def test_copies_of_a_layer_begin_alike_and_go_their_own_ways() -> None:
    stack = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 3), 2)
    first, second = stack.layers
    assert first.linear1.weight.tolist() == second.linear1.weight.tolist()
    assert first.linear1.weight is not second.linear1.weight


def test_masks_of_two_types_are_warned_of() -> None:
    x = minitorch.zeros(3, 2, 4)
    hidden, added = minitorch.zeros(2, 3) > 0, minitorch.zeros(3, 3)
    layer = nn.TransformerEncoderLayer(4, 2, 3)
    text = "Support for mismatched {} and {} is deprecated. Use same type for both instead."
    with pytest.warns(UserWarning, match=text.format("src_key_padding_mask", "src_mask")):
        layer(x, added, hidden)
    with pytest.warns(UserWarning, match=text.format("src_key_padding_mask", "mask")) as warned:
        nn.TransformerEncoder(layer, 2)(x, added, hidden)
    assert len(warned) == 1
    with pytest.warns(UserWarning, match=text.format("key_padding_mask", "attn_mask")):
        nn.TransformerDecoderLayer(4, 2, 3)(x, x, added, None, hidden)
    nn.Transformer(4, 2, 1, 1, 3)(x, x, added, added, None, added[:2], added[:2])


class Twice(nn.Module):
    """A custom part, which remembers what it was given by name."""

    given: set[str]

    def forward(self, *inputs: Any, **options: Any) -> Tensor:
        self.given = {name for name, option in options.items() if option is not None}
        x: Tensor = inputs[0]
        return x * 2.0


def test_custom_parts() -> None:
    encoder, decoder = Twice(), Twice()
    model = nn.Transformer(4, 2, custom_encoder=encoder, custom_decoder=decoder)
    x, mask = minitorch.ones(3, 2, 4), minitorch.zeros(3, 3)
    assert numbers(model(x, x, mask, src_is_causal=True, memory_mask=mask)) == [2.0] * 24
    assert encoder.given == {"mask", "is_causal"}
    assert decoder.given == {"memory_mask", "memory_is_causal"}
    assert not list(model.parameters())


def test_an_empty_custom_part_is_kept() -> None:
    encoder, decoder = nn.Sequential(), nn.Sequential()
    model = nn.Transformer(4, 2, custom_encoder=encoder, custom_decoder=decoder)  # type: ignore[arg-type]
    assert model.encoder is encoder  # type: ignore[comparison-overlap]
    assert model.decoder is decoder  # type: ignore[comparison-overlap]


def test_the_causal_mask() -> None:
    mask = nn.Transformer.generate_square_subsequent_mask(3)
    assert mask.tolist() == [[0.0, -inf, -inf], [0.0, 0.0, -inf], [0.0, 0.0, 0.0]]
    assert mask.dtype is minitorch.float32
    half = nn.Transformer.generate_square_subsequent_mask(1, dtype=minitorch.float16)
    assert half.dtype is minitorch.float16
    assert half.tolist() == [[0.0]]


def test_no_element_learns_of_those_behind_it() -> None:
    minitorch.manual_seed(0)
    model = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 3, 0.0), 2)
    x = minitorch.randn(5, 1, 4).requires_grad_()
    mask = nn.Transformer.generate_square_subsequent_mask(5)
    model(x, mask, is_causal=True)[2].square().sum().backward()
    assert x.grad is not None
    touched = [bool(one.any()) for one in x.grad]
    assert touched == [True, True, True, False, False]


def test_an_activation_is_a_text_or_a_function() -> None:
    minitorch.manual_seed(0)
    x = minitorch.randn(3, 1, 4)
    layers = [
        nn.TransformerEncoderLayer(4, 2, 3, 0.0, activation)
        for activation in ("gelu", nn.functional.gelu, nn.GELU())
    ]
    for layer in layers[1:]:
        layer.load_state_dict(layers[0].state_dict())
        assert layer(x).tolist() == layers[0](x).tolist()
    with pytest.raises(RuntimeError, match="activation should be relu/gelu, not silu"):
        nn.TransformerDecoderLayer(4, 2, activation="silu")  # type: ignore[arg-type]
