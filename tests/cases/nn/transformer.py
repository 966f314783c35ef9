"""Transformers."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, quietly, refused, truth
from tests.cases.nn.attention_heads import PADDING, SQUARE, X, Y
from tests.cases.nn.module import module

CASES: list[Case] = []


def plain(nn: Any) -> Any:
    """Return a transformer in which nothing is dropped."""
    return nn.Transformer(4, 2, 1, 1, 3, dropout=0.0)


def encoder(nn: Any, **options: Any) -> Any:
    return nn.TransformerEncoderLayer(4, 2, 3, dropout=0.0, **options)


def decoder(nn: Any, **options: Any) -> Any:
    return nn.TransformerDecoderLayer(4, 2, 3, dropout=0.0, **options)


MODULES = [
    module("TransformerEncoderLayer", encoder, X),
    module("TransformerEncoderLayer", lambda nn: encoder(nn, norm_first=True), X),
    module(
        "TransformerEncoderLayer",
        lambda nn: encoder(nn, activation="gelu", batch_first=True, bias=False),
        (2, 3, 4),
        SQUARE,
        PADDING,
        call=quietly(lambda m, x, mask, pad: m(x, mask, pad)),
    ),
    module("TransformerEncoderLayer", lambda nn: nn.TransformerEncoderLayer(4, 2, 3), X),
    module("TransformerEncoderLayer", lambda nn: encoder(nn, activation=nn.SiLU()), X),
    module(
        "TransformerEncoderLayer",
        encoder,
        (3, 4),
        (3, 3),
        truth([False, False, True]),
        call=quietly(lambda m, x, mask, pad: m(x, mask, pad, is_causal=True)),
    ),
    module("TransformerDecoderLayer", decoder, Y, X),
    module(
        "TransformerDecoderLayer",
        lambda nn: decoder(nn, activation="gelu"),
        Y,
        X,
        truth([[False, True, True], [False, False, True]]),
        PADDING,
        call=lambda m, y, x, mask, pad: m(y, x, None, mask, None, pad),
    ),
    module(
        "TransformerDecoderLayer",
        decoder,
        Y,
        X,
        (2, 3),
        call=lambda m, y, x, mask: m(y, x, memory_mask=mask, memory_is_causal=True),
    ),
    module(
        "TransformerDecoderLayer",
        lambda nn: decoder(nn, norm_first=True, batch_first=True),
        (2, 3, 4),
        (2, 2, 4),
        SQUARE,
        call=lambda m, x, y, mask: m(x, y, mask, tgt_is_causal=True),
    ),
    module(
        "TransformerEncoder",
        lambda nn: nn.TransformerEncoder(encoder(nn), 2, nn.LayerNorm(4), False),
        X,
        SQUARE,
        call=lambda m, x, mask: m(x, mask, is_causal=True),
    ),
    module(
        "TransformerEncoder",
        lambda nn: nn.TransformerEncoder(encoder(nn), 1, enable_nested_tensor=False),
        X,
        (3, 3),
        PADDING,
        call=quietly(lambda m, x, mask, pad: m(x, mask, pad)),
    ),
    module("TransformerDecoder", lambda nn: nn.TransformerDecoder(decoder(nn), 2), Y, X),
    module("Transformer", quietly(plain), X, Y),
    module(
        "Transformer",
        quietly(lambda nn: nn.Transformer(4, 2, 1, 1, 3, 0.0, "gelu", batch_first=True)),
        (2, 2, 4),
        (2, 3, 4),
        SQUARE,
        call=quietly(lambda m, x, y, mask: m(x, y, tgt_mask=mask)),
    ),
    module("Transformer", quietly(plain), (3, 4), (2, 4)),
    module(
        "Transformer",
        quietly(plain),
        X,
        X,
        SQUARE,
        PADDING,
        call=lambda m, x, y, mask, pad: m(x, y, mask, mask, mask, pad, pad, pad),
    ),
    module(
        "Transformer",
        quietly(lambda nn: nn.Transformer(4, 2, 1, 1, 3, 0.0, nn.functional.silu, norm_first=True)),
        X,
        Y,
        call=lambda m, x, y: m(
            x,
            y,
            m.generate_square_subsequent_mask(3, dtype=x.dtype),
            m.generate_square_subsequent_mask(2, dtype=x.dtype),
            tgt_is_causal=True,
        ),
    ),
]


ERRORS = [
    *[
        refused(
            name,
            lambda t, name=name: getattr(t.nn, name)(4, 2, activation="tanh"),
            "activation should be relu/gelu, not tanh",
        )
        for name in ("TransformerEncoderLayer", "TransformerDecoderLayer", "Transformer")
    ],
    refused(
        "TransformerEncoderLayer",
        lambda t: encoder(t.nn)(t.zeros(X), t.zeros(3, 3, dtype=t.int64)),
        "only bool and floating types of src_mask are supported",
        AssertionError,
    ),
    refused(
        "TransformerEncoderLayer",
        lambda t: encoder(t.nn)(t.zeros(X), None, t.zeros(2, 3, dtype=t.int64)),
        "only bool and floating types of src_key_padding_mask are supported",
        AssertionError,
    ),
    refused(
        "TransformerEncoder",
        quietly(
            lambda t: t.nn.TransformerEncoder(encoder(t.nn), 1)(
                t.zeros(X), t.zeros(3, 3, dtype=t.int64)
            )
        ),
        "only bool and floating types of mask are supported",
        AssertionError,
    ),
    refused(
        "TransformerEncoderLayer",
        lambda t: encoder(t.nn)(t.zeros(X), is_causal=True),
        "Need attn_mask if specifying the is_causal hint.",
    ),
    refused(
        "Transformer",
        quietly(lambda t: plain(t.nn)(t.zeros(2, 2, 4), t.zeros(2, 3, 4))),
        "the batch number of src and tgt must be equal",
    ),
    refused(
        "Transformer",
        quietly(lambda t: plain(t.nn)(t.zeros(2, 2, 5), t.zeros(2, 2, 4))),
        "the feature number of src and tgt must be equal to d_model",
    ),
]
