"""What attention refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.cases.case import Case, quietly, refused
from tests.cases.nn.attention_heads import X, Y, given
from tests.cases.nn.module import ModuleCase

# A call, the phrase that it is refused with, and the type of the exception.
Refusal: TypeAlias = tuple[Callable[..., Any], str, type[Exception]]

CASES: list[Case] = []
MODULES: list[ModuleCase] = []


def attend(t: Any, *shapes: tuple[int, ...], **options: Any) -> Any:
    """Call attention with zeros of these shapes."""
    return t.nn.functional.scaled_dot_product_attention(*map(t.zeros, shapes), **options)


PRODUCTS = [
    refused("scaled_dot_product_attention", call, phrase, kind)
    for call, phrase, kind in [
        (
            lambda t: attend(t, (2,), (2,), (2,)),
            "Expected query, key, and value to all be  at least 2 dimensional, but got query",
            RuntimeError,
        ),
        (
            lambda t: t.nn.functional.scaled_dot_product_attention(
                t.zeros(2, 2), t.zeros(2, 2, dtype=t.float64), t.zeros(2, 2)
            ),
            "Expected query, key, and value to have the same dtype, but got query.dtype: ",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (2, 2), (2, 2), (2, 2), attn_mask=t.zeros(2, 2), is_causal=True),
            "Explicit attn_mask should not be set when is_causal=True",
            RuntimeError,
        ),
        *[
            (
                lambda t, kind=kind: attend(
                    t, (2, 2), (2, 2), (2, 2), attn_mask=t.ones(2, 2, dtype=getattr(t, kind))
                ),
                "Expected attn_mask dtype to be bool or float or to match query dtype, but got",
                RuntimeError,
            )
            for kind in ("int64", "float16")
        ],
        (
            lambda t: attend(t, (2, 2), (3, 2), (3, 2), attn_mask=t.zeros(2, 2)),
            "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dim",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (2, 2), (2, 3), (2, 2)),
            "mat1 and mat2 shapes cannot be multiplied",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (2, 2), (4, 2), (3, 2)),
            "mat1 and mat2 shapes cannot be multiplied (2x4 and 3x2)",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (2, 2), (2, 2), (2, 2), dropout_p=2),
            "dropout probability has to be between 0 and 1, but got 2",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (1, 4, 2, 1), (1, 3, 2, 1), (1, 3, 2, 1), enable_gqa=True),
            "must divide the number of heads in",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (1, 4, 2, 1), (1, 2, 2, 1), (1, 3, 2, 1), enable_gqa=True),
            "must divide the number of heads in",
            RuntimeError,
        ),
        (
            lambda t: attend(t, (2, 1), (2, 1), (2, 1), enable_gqa=True),
            "Dimension out of range (expected to be in range of [-2, 1], but got -3)",
            IndexError,
        ),
    ]
]


def attended(t: Any, shape: tuple[int, ...], **options: Any) -> Any:
    """Call a module of four features and two heads with zeros."""
    x = t.zeros(shape)
    return t.nn.MultiheadAttention(4, 2)(x, x, x, **options)


def zeros(t: Any, *shapes: tuple[int, ...], **options: Any) -> Any:
    """Call the function with zeros, options that are shapes among them."""
    tensors = {
        name: t.zeros(one) if isinstance(one, tuple) else one for name, one in options.items()
    }
    inputs = shapes or ((2, 1, 2),) * 3
    return given(t, *map(t.zeros, inputs), t.zeros(6, 2), t.zeros(2, 2), **tensors)


def separate(t: Any, q: Any, k: Any, v: Any, **options: Any) -> Any:
    """Call the function with matrices of these shapes, for inputs of 2, 3 and 1 features."""
    return zeros(
        t,
        (2, 1, 2),
        (2, 1, 3),
        (2, 1, 1),
        use_separate_proj_weight=True,
        q_proj_weight=q,
        k_proj_weight=k,
        v_proj_weight=v,
        **options,
    )


MADE: list[Refusal] = [
    (
        lambda t: t.nn.MultiheadAttention(5, 2),
        "embed_dim must be divisible by num_heads",
        AssertionError,
    ),
    *[
        (
            lambda t, sizes=sizes: t.nn.MultiheadAttention(*sizes),
            f"embed_dim and num_heads must be greater than 0, got embed_dim={sizes[0]} and "
            f"num_heads={sizes[1]} instead",
            ValueError,
        )
        for sizes in ((0, 2), (4, -1))
    ],
]
CALLED: list[Refusal] = [
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
    (
        lambda t: attended(
            t, X, attn_mask=t.zeros(3, 3, dtype=t.int64), is_causal=True, need_weights=False
        ),
        "only bool and floating types of attn_mask are supported",
        AssertionError,
    ),
    (
        lambda t: attended(t, X, key_padding_mask=t.zeros(2, 3, dtype=t.int64)),
        "only bool and floating types of key_padding_mask are supported",
        AssertionError,
    ),
    (
        lambda t: t.nn.MultiheadAttention(4, 2)(t.zeros(X), *[t.zeros(3, 3, 4)] * 2),
        "is invalid for input of size 36",
        RuntimeError,
    ),
    (
        lambda t: t.nn.MultiheadAttention(4, 2, 2.0)(*[t.zeros(X)] * 3),
        "dropout probability has to be between 0 and 1, but got 2",
        ValueError,
    ),
    (
        lambda t: t.nn.MultiheadAttention(4, 2, 2.0)(*[t.zeros(X)] * 3, need_weights=False),
        "dropout probability has to be between 0 and 1, but got 2",
        RuntimeError,
    ),
]
FORWARD = [
    (
        lambda t: t.nn.functional.multi_head_attention_forward(
            *[t.zeros(2, 1, 3)] * 3, 3, 2, None, None, None, None, False, 0.0, None, None
        ),
        "embed_dim 3 not divisible by num_heads 2",
    ),
    (
        lambda t: given(t, *[t.zeros(2, 1, 2)] * 3, None, t.zeros(2, 2)),
        "use_separate_proj_weight is False but in_proj_weight is None",
    ),
    (lambda t: zeros(t, bias_k=(1, 1, 2)), "bias_k is set but bias_v is None"),
    (lambda t: zeros(t, bias_v=(1, 1, 2)), "bias_v is set but bias_k is None"),
    *[
        (
            lambda t, one=one: zeros(
                t, bias_k=(1, 1, 2), bias_v=(1, 1, 2), **{f"static_{one[0]}": (2, 2, 1)}
            ),
            f"bias cannot be added to static {one}.",
        )
        for one in ("key", "value")
    ],
    (lambda t: zeros(t, static_k=(3, 2, 1)), "expecting static_k.size(0) of 2, but got 3"),
    (lambda t: zeros(t, static_k=(2, 2, 4)), "expecting static_k.size(2) of 1, but got 4"),
    (lambda t: zeros(t, static_v=(3, 2, 1)), "expecting static_v.size(0) of 2, but got 3"),
    (lambda t: zeros(t, static_v=(2, 2, 4)), "expecting static_v.size(2) of 1, but got 4"),
    (
        lambda t: zeros(t, static_k=(2, 4, 1), static_v=(2, 4, 1), key_padding_mask=(1, 2)),
        "Expected key_padded_mask.shape[1] to be 4, but got 2",
    ),
    (
        lambda t: zeros(t, (2, 1, 2), (2, 1, 3), (4, 1, 1), use_separate_proj_weight=True),
        "key's sequence and batch dims",
    ),
    *[
        (
            lambda t, missing=missing: separate(
                t,
                *[
                    None if name == missing else (2, n)
                    for name, n in zip("qkv", (2, 3, 1), strict=True)
                ],
            ),
            f"use_separate_proj_weight is True but {missing}_proj_weight is None",
        )
        for missing in "qkv"
    ],
    (
        lambda t: separate(t, (3, 2), (2, 3), (2, 1)),
        "expecting query weights shape of (2, 2), but got",
    ),
    (
        lambda t: separate(t, (2, 2), (2, 2), (2, 1)),
        "expecting key weights shape of (2, 3), but got",
    ),
    (
        lambda t: separate(t, (2, 2), (2, 3), (2, 3)),
        "expecting value weights shape of (2, 1), but got",
    ),
    (
        lambda t: separate(t, (2, 2), (2, 3), (2, 1), in_proj_bias=(9,)),
        "expecting query bias shape of (2,), but got",
    ),
]
ERRORS = [
    *PRODUCTS,
    *[refused("MultiheadAttention", call, phrase, kind) for call, phrase, kind in MADE],
    *[refused("MultiheadAttention", quietly(call), phrase, kind) for call, phrase, kind in CALLED],
    *[
        refused("multi_head_attention_forward", call, text, AssertionError)
        for call, text in FORWARD
    ],
]
