"""Attention and transformers."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, quietly, refused, truth
from tests.cases.nn.module import F, ModuleCase, module

Q, K, V = (1, 2, 3), (1, 4, 3), (1, 4, 2)
MASK = truth([[True, False, True, True], [True, True, True, False]])


def attention(
    *more: Any,
    shapes: tuple[tuple[int, ...], ...] = (Q, K, V),
    second: bool = True,
    **options: Any,
) -> Case:
    """Make the case of attention with options."""
    return case(
        F + "scaled_dot_product_attention",
        lambda t, q, k, v, *mask: t.nn.functional.scaled_dot_product_attention(
            q, k, v, *mask, **options
        ),
        *shapes,
        *more,
        second=second,
    )


CASES = [
    attention(),
    attention(scale=0.3),
    attention(is_causal=True),
    attention(MASK),
    attention((2, 4)),
    attention((1, 1, 4)),
    attention(shapes=((2, 3), (2, 3), (2, 3)), is_causal=True),
    # Of four dimensions torch has no second derivative.
    attention(shapes=((1, 2, 2, 2), (1, 2, 3, 2), (1, 2, 3, 2)), second=False),
    attention(shapes=((1, 4, 2, 1), (1, 2, 2, 1), (1, 2, 2, 1)), enable_gqa=True, second=False),
    case(
        F + "scaled_dot_product_attention",
        lambda t, q, k, v, m: t.nn.functional.scaled_dot_product_attention(q, k, v, m),
        (2, 3),
        (2, 3),
        (2, 1),
        truth([[False, False], [True, False]]),
        second=False,
    ),
]

X, Y = (3, 2, 4), (2, 2, 4)
SQUARE = truth([[False, True, True], [False, False, True], [False, False, False]])
PADDING = truth([[False, False, True], [False, False, False]])


def attending(
    *options: Any,
    inputs: tuple[Any, ...] = (X,),
    call: Any = lambda m, x: m(x, x, x),
    **named: Any,
) -> ModuleCase:
    """Make the case of an attention of four features and two heads."""
    return module(
        "MultiheadAttention",
        lambda nn: nn.MultiheadAttention(4, 2, *options, **named),
        *inputs,
        call=quietly(call),
    )


def plain(nn: Any) -> Any:
    """Return a transformer in which nothing is dropped."""
    return nn.Transformer(4, 2, 1, 1, 3, dropout=0.0)


def encoder(nn: Any, **options: Any) -> Any:
    return nn.TransformerEncoderLayer(4, 2, 3, dropout=0.0, **options)


def decoder(nn: Any, **options: Any) -> Any:
    return nn.TransformerDecoderLayer(4, 2, 3, dropout=0.0, **options)


MODULES = [
    attending(),
    attending(bias=False, batch_first=True),
    attending(inputs=((3, 4),)),
    attending(inputs=(Y, X), call=lambda m, q, k: m(q, k, k, average_attn_weights=False)),
    attending(inputs=(X,), call=lambda m, x: m(x, x, x, need_weights=False)[0]),
    attending(
        inputs=(X, SQUARE),
        call=lambda m, x, mask: m(x, x, x, attn_mask=mask, need_weights=False, is_causal=True)[0],
    ),
    attending(inputs=(X, SQUARE), call=lambda m, x, mask: m(x, x, x, attn_mask=mask)),
    attending(inputs=(X, (3, 3)), call=lambda m, x, mask: m(x, x, x, attn_mask=mask)),
    attending(inputs=(X, (4, 3, 3)), call=lambda m, x, mask: m(x, x, x, attn_mask=mask)),
    attending(inputs=(X, PADDING), call=lambda m, x, mask: m(x, x, x, mask)),
    attending(
        inputs=(X, PADDING, SQUARE), call=lambda m, x, pad, mask: m(x, x, x, pad, False, mask)[0]
    ),
    attending(
        inputs=(X, PADDING, (3, 3)), call=lambda m, x, pad, mask: m(x, x, x, pad, True, mask)
    ),
    attending(
        0.0,
        True,
        True,
        True,
        inputs=(X, PADDING, SQUARE),
        call=lambda m, x, pad, mask: m(x, x, x, pad, True, mask),
    ),
    attending(
        kdim=3,
        vdim=1,
        inputs=(X, (2, 2, 3), (2, 2, 1)),
        call=lambda m, q, k, v: m(q, k, v),
    ),
    attending(add_zero_attn=True, inputs=(X,), call=lambda m, x: m(x, x, x, None, False)[0]),
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
    module(
        "TransformerEncoderLayer", lambda nn: nn.TransformerEncoderLayer(4, 2, 3), X, random=True
    ),
    module("TransformerDecoderLayer", decoder, Y, X),
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
]


def attend(t: Any, *shapes: tuple[int, ...], **options: Any) -> Any:
    return t.nn.functional.scaled_dot_product_attention(*map(t.zeros, shapes), **options)


def attended(t: Any, shape: tuple[int, ...], **options: Any) -> Any:
    x = t.zeros(shape)
    return t.nn.MultiheadAttention(4, 2)(x, x, x, **options)


ERRORS = [
    refused(
        "scaled_dot_product_attention",
        lambda t: attend(t, (2,), (2,), (2,)),
        "Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: 1",
    ),
    refused(
        "scaled_dot_product_attention",
        lambda t: attend(t, (2, 2), (2, 2), (2, 2), attn_mask=t.zeros(2, 2), is_causal=True),
        "Explicit attn_mask should not be set when is_causal=True",
    ),
    refused(
        "scaled_dot_product_attention",
        lambda t: attend(t, (1, 4, 2, 1), (1, 3, 2, 1), (1, 3, 2, 1), enable_gqa=True),
        "must divide the number of heads in",
    ),
    refused(
        "MultiheadAttention",
        lambda t: t.nn.MultiheadAttention(5, 2),
        "embed_dim must be divisible by num_heads",
        AssertionError,
    ),
    refused(
        "MultiheadAttention",
        lambda t: t.nn.MultiheadAttention(0, 2),
        "embed_dim and num_heads must be greater than 0, got embed_dim=0 and num_heads=2 instead",
        ValueError,
    ),
    *[
        refused("MultiheadAttention", quietly(call), phrase, kind)
        for call, phrase, kind in [
            (
                lambda t: attended(t, (3, 2, 5)),
                "was expecting embedding dimension of 4, but got 5",
                AssertionError,
            ),
            (
                lambda t: attended(t, (1, 3, 2, 4)),
                "query should be unbatched 2D or batched 3D tensor but received 4-D query tensor",
                AssertionError,
            ),
            (
                lambda t: attended(t, X, attn_mask=t.zeros(2, 2)),
                "The shape of the 2D attn_mask is torch.Size([2, 2]), but should be (3, 3).",
                RuntimeError,
            ),
            (
                lambda t: attended(t, X, attn_mask=t.zeros(2, 2, 2)),
                "The shape of the 3D attn_mask is torch.Size([2, 2, 2]), but should be (4, 3, 3).",
                RuntimeError,
            ),
            (
                lambda t: attended(t, X, is_causal=True),
                "Need attn_mask if specifying the is_causal hint.",
                RuntimeError,
            ),
            (
                lambda t: attended(t, X, key_padding_mask=t.zeros(3, 3) == 1),
                "Expected key_padded_mask.shape[0] to be 2, but got 3",
                AssertionError,
            ),
            (
                lambda t: attended(t, X, key_padding_mask=t.zeros(2, 9) == 1),
                "Expected key_padded_mask.shape[1] to be 3, but got 9",
                AssertionError,
            ),
            (
                lambda t: attended(t, X, key_padding_mask=t.zeros(3) == 1),
                "expected `key_padding_mask` to be `None` or 2-D but found 1-D tensor instead",
                AssertionError,
            ),
            (
                lambda t: attended(t, X, attn_mask=t.zeros(1, 1, 1, 1)),
                "expected `attn_mask` to be `None`, 2-D or 3-D but found 4-D tensor instead",
                AssertionError,
            ),
            (
                lambda t: attended(t, (3, 4), attn_mask=t.zeros(1, 3, 3)),
                "Expected `attn_mask` shape to be (2, 3, 3) but got",
                AssertionError,
            ),
            (
                lambda t: attended(t, X, attn_mask=t.zeros(3, 3, dtype=t.int64)),
                "only bool and floating types of attn_mask are supported",
                AssertionError,
            ),
            (
                lambda t: t.nn.MultiheadAttention(4, 2)(t.zeros(X), t.zeros(Y), t.zeros(X)),
                "does not match value shape",
                AssertionError,
            ),
            (
                lambda t: t.nn.MultiheadAttention(4, 2)(t.zeros(X), t.zeros(3, 4), t.zeros(3, 4)),
                "expected `key` and `value` to be 3-D but found 2-D and 2-D tensors respectively",
                AssertionError,
            ),
        ]
    ],
    refused(
        "TransformerEncoderLayer",
        lambda t: t.nn.TransformerEncoderLayer(4, 2, activation="tanh"),
        "activation should be relu/gelu, not tanh",
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
