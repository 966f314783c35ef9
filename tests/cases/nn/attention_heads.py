"""Attention of several heads, as a module and as a function."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, ErrorCase, case, quietly, truth
from tests.cases.nn.module import F, ModuleCase, module

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


def given(t: Any, *tensors: Any, **options: Any) -> Any:
    """Call the function with query, key, value, both matrices, and options."""
    q, k, v, projection, out = tensors
    usual: dict[str, Any] = {
        "in_proj_bias": None,
        "bias_k": None,
        "bias_v": None,
        "add_zero_attn": False,
        "dropout_p": 0.0,
        "out_proj_bias": None,
    }
    return t.nn.functional.multi_head_attention_forward(
        q, k, v, q.shape[-1], 2, in_proj_weight=projection, out_proj_weight=out, **usual | options
    )


def heads(name: str, *more: Any, second: bool = True, **options: Any) -> Case:
    """Make the case of the function, of two features, with more tensors by name."""
    names = name.split()
    return case(
        F + "multi_head_attention_forward",
        lambda t, *x: given(t, *x[:5], **options, **dict(zip(names, x[5:], strict=True))),
        (2, 1, 2),
        (2, 1, 2),
        (2, 1, 2),
        (6, 2),
        (2, 2),
        *more,
        second=second,
    )


SEEN = truth([[False, True, False]])

CASES = [
    heads("static_k static_v", (2, 3, 1), (2, 3, 1)),
    heads(
        "static_k static_v key_padding_mask",
        (2, 3, 1),
        (2, 3, 1),
        SEEN,
        need_weights=False,
        second=False,
    ),
    heads("static_k", (2, 2, 1), add_zero_attn=True),
    heads("bias_k bias_v in_proj_bias out_proj_bias", (1, 1, 2), (1, 1, 2), (6,), (2,)),
]

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
    # The hint that a mask is causal is believed, also of keys that were added at the end.
    *[
        attending(
            inputs=(X, SQUARE),
            call=lambda m, x, mask: m(x, x, x, attn_mask=mask, need_weights=False, is_causal=True)[
                0
            ],
            **{option: True},
        )
        for option in ("add_bias_kv", "add_zero_attn")
    ],
    attending(
        add_bias_kv=True,
        inputs=(X, SQUARE),
        call=lambda m, x, mask: m(x, x, x, attn_mask=mask, is_causal=True),
    ),
    attending(
        inputs=(X, (2, 3), SQUARE),
        call=lambda m, x, pad, mask: m(x, x, x, pad, False, mask, is_causal=True)[0],
    ),
    attending(
        inputs=((3, 4), truth([False, False, True]), SQUARE),
        call=lambda m, x, pad, mask: m(x, x, x, pad, True, mask, False),
    ),
    attending(
        inputs=((3, 4), (3,), (2, 3, 3)),
        call=lambda m, x, pad, mask: m(x, x, x, pad, False, mask)[0],
    ),
    attending(
        batch_first=True,
        inputs=((3, 4), (2, 3, 3)),
        call=lambda m, x, mask: m(x, x, x, attn_mask=mask),
    ),
    attending(inputs=(X, (0, 2, 4)), call=lambda m, q, k: m(q, k, k)),
    attending(inputs=((0, 2, 4),)),
    attending(inputs=((0, 2, 4),), call=lambda m, x: m(x, x, x, need_weights=False)[0]),
    attending(vdim=1, bias=False, inputs=(X, (3, 2, 1)), call=lambda m, x, v: m(x, x, v)),
    attending(
        kdim=3,
        add_bias_kv=True,
        batch_first=True,
        inputs=((2, 3, 4), (2, 2, 3), (2, 2, 4)),
        call=lambda m, q, k, v: m(q, k, v),
    ),
]

ERRORS: list[ErrorCase] = []
