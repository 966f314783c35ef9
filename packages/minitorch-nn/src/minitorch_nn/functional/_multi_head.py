"""Attention of several heads, each of which looks at a part of the features."""

from __future__ import annotations

import warnings
from math import inf, sqrt

from minitorch_autograd import Tensor, no_grad, zeros

from .._extensions import indexing, shaping
from ._attention import scaled_dot_product_attention
from ._dropout import dropout
from ._linear import linear
from ._padding import pad
from ._softmax import softmax


def multi_head_attention_forward(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    embed_dim_to_check: int,
    num_heads: int,
    in_proj_weight: Tensor | None,
    in_proj_bias: Tensor | None,
    bias_k: Tensor | None,
    bias_v: Tensor | None,
    add_zero_attn: bool,
    dropout_p: float,
    out_proj_weight: Tensor,
    out_proj_bias: Tensor | None,
    training: bool = True,
    key_padding_mask: Tensor | None = None,
    need_weights: bool = True,
    attn_mask: Tensor | None = None,
    use_separate_proj_weight: bool = False,
    q_proj_weight: Tensor | None = None,
    k_proj_weight: Tensor | None = None,
    v_proj_weight: Tensor | None = None,
    static_k: Tensor | None = None,
    static_v: Tensor | None = None,
    average_attn_weights: bool = True,
    is_causal: bool = False,
) -> tuple[Tensor, Tensor | None]:
    """Project queries, keys and values, attend with each head, and project what they found.

    Args:
        query: (L, N, E) or (L, E)
        key: (S, N, E_k) or (S, E_k)
        value: (S, N, E_v) or (S, E_v)
        embed_dim_to_check: E
        num_heads: H, a divisor of E.
        in_proj_weight: (3 E, E), for queries, keys and values, unless they are separate.
        in_proj_bias: (3 E,)
        bias_k: (1, 1, E), a key that is added at the end.
        bias_v: (1, 1, E), its value.
        add_zero_attn: whether a key and a value of zeros are added at the end.
        dropout_p: the probability by which weights are dropped in training.
        out_proj_weight: (E, E)
        out_proj_bias: (E,)
        training: whether to drop.
        key_padding_mask: (N, S) or (S,): bools of which the True ones are not looked at, or
            numbers that are added to the scores.
        need_weights: whether to return the weights.
        attn_mask: (L, S) or (N H, L, S), in the same two ways.
        use_separate_proj_weight: whether there are three weights in place of one.
        q_proj_weight: (E, E)
        k_proj_weight: (E, E_k)
        v_proj_weight: (E, E_v)
        static_k: (N H, S, E / H): keys in place of the projected ones.
        static_v: of that shape: values.
        average_attn_weights: whether the weights are the mean over heads.
        is_causal: a hint that `attn_mask` is the causal one.

    Returns:
        (L, N, E), and the weights (N, L, S), or (N, H, L, S), or None; without N as the input.

    Raises:
        AssertionError, RuntimeError: if the shapes don't fit.

    Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.2;
    https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.multi_head_attention_forward.html
    """
    batched = _is_batched(query, key, value, key_padding_mask, attn_mask, num_heads)
    same = query is key, key is value
    if not batched:
        query, key, value = (one.unsqueeze(1) for one in (query, key, value))
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    length, batch, width = query.shape
    if width != embed_dim_to_check:
        raise AssertionError(
            f"was expecting embedding dimension of {embed_dim_to_check}, but got {width}"
        )
    if width % num_heads:
        raise AssertionError(f"embed_dim {width} not divisible by num_heads {num_heads}")
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module "
            "method `generate_square_subsequent_mask` to create this mask."
        )
    if use_separate_proj_weight:
        weights = q_proj_weight, k_proj_weight, v_proj_weight
        q, k, v = _separately((query, key, value), weights, in_proj_bias)
    else:
        if key.shape != value.shape:
            raise AssertionError(f"key shape {key.shape} does not match value shape {value.shape}")
        assert in_proj_weight is not None
        q, k, v = _together((query, key, value), same, in_proj_weight, in_proj_bias)
    mask = _float_mask(attn_mask, query, "attn_mask")
    padding = _float_mask(key_padding_mask, query, "key_padding_mask")
    if mask is not None:
        _check_mask(mask, (length, key.shape[0]), batch * num_heads)
    causal = is_causal and padding is None and not need_weights

    more: list[tuple[Tensor, Tensor]] = []  # keys and values at the end
    if bias_k is not None and bias_v is not None:
        shape = (1, batch, width)
        k = shaping.cat([k, shaping.broadcast_to(bias_k, shape)])
        v = shaping.cat([v, shaping.broadcast_to(bias_v, shape)])
        mask, padding = (one if one is None else pad(one, (0, 1)) for one in (mask, padding))
    q = _heads(q, num_heads)
    k = _heads(k, num_heads) if static_k is None else _given(static_k, batch, num_heads)
    v = _heads(v, num_heads) if static_v is None else _given(static_v, batch, num_heads)
    if add_zero_attn:
        nothing = zeros((*k.shape[:2], 1, k.shape[3]), dtype=k.dtype)
        more.append((nothing, nothing))
        mask, padding = (one if one is None else pad(one, (0, 1)) for one in (mask, padding))
    for one_key, one_value in more:
        k, v = shaping.cat([k, one_key], 2), shaping.cat([v, one_value], 2)
    whole = _merged(mask, padding, batch, num_heads)
    p = dropout_p if training else 0.0
    found: Tensor | None = None
    if need_weights:
        scores = (q * sqrt(1.0 / q.shape[-1])) @ shaping.transpose(k, 2, 3)
        found = softmax(scores if whole is None else scores + whole, -1)
        found = dropout(found, p) if p > 0 else found
        output = found @ v
    else:
        only_causal = causal and not more and bias_k is None
        whole = None if only_causal else whole
        output = scaled_dot_product_attention(q, k, v, whole, p, only_causal)
    output = shaping.permute(output, (2, 0, 1, 3)).reshape((length, batch, width))
    output = linear(output, out_proj_weight, out_proj_bias)
    if found is not None and average_attn_weights:
        found = found.mean(1)
    if batched:
        return output, found
    return output.squeeze(1), None if found is None else found.squeeze(0)


def _heads(x: Tensor, heads: int) -> Tensor:
    """See (L, N, E) as (N, H, L, E / H)."""
    length, batch, width = x.shape
    return shaping.permute(x.reshape((length, batch, heads, width // heads)), (1, 2, 0, 3))


def _given(x: Tensor, batch: int, heads: int) -> Tensor:
    return x.reshape((batch, heads, *x.shape[1:]))


def _together(
    given: tuple[Tensor, Tensor, Tensor], same: tuple[bool, bool], w: Tensor, b: Tensor | None
) -> tuple[Tensor, ...]:
    """Project by one matrix: in one product where queries, keys and values are the same."""
    if all(same):
        return shaping.chunk(linear(given[0], w, b), 3, -1)
    matrices = shaping.chunk(w, 3, 0)
    biases = (None,) * 3 if b is None else shaping.chunk(b, 3, 0)
    return tuple(linear(x, w, b) for x, w, b in zip(given, matrices, biases, strict=True))


def _separately(
    given: tuple[Tensor, Tensor, Tensor],
    weights: tuple[Tensor | None, Tensor | None, Tensor | None],
    b: Tensor | None,
) -> tuple[Tensor, ...]:
    biases = (None,) * 3 if b is None else shaping.chunk(b, 3, 0)
    projected = []
    for name, x, w, own in zip("qkv", given, weights, biases, strict=True):
        if w is None:
            raise AssertionError(f"use_separate_proj_weight is True but {name}_proj_weight is None")
        projected.append(linear(x, w, own))
    return tuple(projected)


def _float_mask(mask: Tensor | None, like: Tensor, name: str) -> Tensor | None:
    """Return numbers to add to scores: of bools, -inf for the True ones."""
    if mask is None or mask.dtype.is_floating_point:
        return mask
    with no_grad():
        truth = mask == 1
        if mask.dtype is not truth.dtype:
            raise AssertionError(f"only bool and floating types of {name} are supported")
        return indexing.masked_fill(zeros(mask.shape, dtype=like.dtype), mask, -inf)


def _merged(mask: Tensor | None, padding: Tensor | None, batch: int, heads: int) -> Tensor | None:
    """Add both masks up, to be broadcast to (N, H, L, S)."""
    if mask is not None and len(mask.shape) == 3:
        mask = mask.reshape((batch, heads, *mask.shape[1:]))
    if padding is None:
        return mask
    padding = padding.reshape((batch, 1, 1, padding.shape[1]))
    return padding if mask is None else mask + padding


def _check_mask(mask: Tensor, scores: tuple[int, int], heads: int) -> None:
    wanted: tuple[int, ...] = scores if len(mask.shape) == 2 else (heads, *scores)
    if mask.shape != wanted:
        raise RuntimeError(
            f"The shape of the {len(mask.shape)}D attn_mask is torch.Size({list(mask.shape)}), but "
            f"should be {wanted}."
        )


def _is_batched(
    query: Tensor,
    key: Tensor,
    value: Tensor,
    padding: Tensor | None,
    mask: Tensor | None,
    heads: int,
) -> bool:
    ndim = len(query.shape)
    if ndim not in (2, 3):
        raise AssertionError(
            f"query should be unbatched 2D or batched 3D tensor but received {ndim}-D query tensor"
        )
    what = "batched (3-D)" if ndim == 3 else "unbatched (2-D)"
    if len(key.shape) != ndim or len(value.shape) != ndim:
        raise AssertionError(
            f"For {what} `query`, expected `key` and `value` to be {ndim}-D but found "
            f"{len(key.shape)}-D and {len(value.shape)}-D tensors respectively"
        )
    if padding is not None:
        if len(padding.shape) != ndim - 1:
            raise AssertionError(
                f"For {what} `query`, expected `key_padding_mask` to be `None` or {ndim - 1}-D but "
                f"found {len(padding.shape)}-D tensor instead"
            )
        if ndim == 3 and padding.shape[0] != key.shape[1]:
            raise AssertionError(
                f"Expected key_padded_mask.shape[0] to be {key.shape[1]}, but got "
                f"{padding.shape[0]}"
            )
        if padding.shape[-1] != key.shape[0]:
            raise AssertionError(
                f"Expected key_padded_mask.shape[1] to be {key.shape[0]}, but got "
                f"{padding.shape[-1]}"
            )
        if mask is not None and padding.dtype is not mask.dtype:
            warnings.warn(
                "Support for mismatched key_padding_mask and attn_mask is deprecated. Use same "
                "type for both instead.",
                stacklevel=4,
            )
    if mask is not None and len(mask.shape) not in (2, 3):
        raise AssertionError(
            f"For {what} `query`, expected `attn_mask` to be `None`, 2-D or 3-D but found "
            f"{len(mask.shape)}-D tensor instead"
        )
    if mask is not None and ndim == 2 and len(mask.shape) == 3:
        wanted = (heads, query.shape[0], key.shape[0])
        if mask.shape != wanted:
            raise AssertionError(f"Expected `attn_mask` shape to be {wanted} but got {mask.shape}")
    return ndim == 3
