"""Attention of several heads, each of which looks at a part of the features."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from minitorch_autograd import Tensor, zeros

from ..activation.softmaxes import softmax
from ..common.extensions import shaping
from ..dropout.functional import dropout
from ..linear.functional import linear
from ..padding.functional import pad
from .masks import additive_mask
from .scaled_dot_product import scaled_dot_product_attention
from .shapes import (
    check_mask,
    check_padding,
    check_projection,
    check_static,
    check_width,
    is_batched,
)

__all__ = ["multi_head_attention_forward"]


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
        is_causal: a hint that `attn_mask` is the causal one. It is believed where neither padding
            nor weights ask for the mask itself; keys added at the end are then behind a query,
            as in torch.

    Returns:
        (L, N, E), and the weights (N, L, S), or (N, H, L, S), or None; without N as the input.

    Raises:
        AssertionError, RuntimeError: if the shapes don't fit.

    Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.2
    """
    batched = is_batched(query, key, value, key_padding_mask, attn_mask, num_heads)
    if not batched:
        query, key, value = change_each(lambda x: x.unsqueeze(1), query, key, value)
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    check_width(query, embed_dim_to_check, num_heads)
    mask, padding, believed = _masks(
        query, key, attn_mask, key_padding_mask, num_heads, is_causal, need_weights
    )
    if use_separate_proj_weight:
        matrices = q_proj_weight, k_proj_weight, v_proj_weight
        projected = _separately((query, key, value), matrices, in_proj_bias)
    else:
        projected = _together((query, key, value), in_proj_weight, in_proj_bias)
    q, k, v = _heads(
        _with_biases(projected, (bias_k, bias_v), (static_k, static_v)),
        (static_k, static_v),
        num_heads,
    )
    if add_zero_attn:
        nothing = zeros((*k.shape[:2], 1, k.shape[3]), dtype=k.dtype)
        k, v = (shaping.cat([one, nothing], 2) for one in (k, v))
    more = (bias_k is not None) + add_zero_attn
    mask = _merged(mask, padding, (q.shape[0], num_heads, k.shape[2]), more)
    p = dropout_p if training else 0.0
    if need_weights:
        output, weights = _attend(q, k, v, mask, p)
    else:
        output, weights = scaled_dot_product_attention(q, k, v, mask, p, believed), None
    output = shaping.permute(output, (2, 0, 1, 3)).reshape(query.shape)
    output = linear(output, out_proj_weight, out_proj_bias)
    if weights is not None and average_attn_weights:
        weights = weights.mean(1)
    if batched:
        return output, weights
    return output.squeeze(1), None if weights is None else weights.squeeze(0)


def change_each(change: Callable[[Tensor], Tensor], *tensors: Tensor) -> tuple[Tensor, ...]:
    """Change tensors. What is one tensor stays one, and is projected in one product."""
    distinct = {id(x): x for x in tensors}
    changed = {key: change(x) for key, x in distinct.items()}
    return tuple(changed[id(x)] for x in tensors)


def _masks(
    query: Tensor,
    key: Tensor,
    mask: Tensor | None,
    padding: Tensor | None,
    heads: int,
    is_causal: bool,
    need_weights: bool,
) -> tuple[Tensor | None, Tensor | None, bool]:
    """Return both masks as numbers, and whether the hint is believed in place of the first."""
    padding = additive_mask(padding, query, "key_padding_mask", mask, "attn_mask")
    if is_causal and mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module "
            "method `generate_square_subsequent_mask` to create this mask."
        )
    mask = additive_mask(mask, query, "attn_mask")
    if is_causal and padding is None and not need_weights:
        return None, None, True
    if mask is not None:
        check_mask(mask, (query.shape[0], key.shape[0]), query.shape[1] * heads)
    return mask, padding, False


def _together(
    given: tuple[Tensor, ...], matrix: Tensor | None, bias: Tensor | None
) -> tuple[Tensor, ...]:
    """Project by one matrix: in one product where queries, keys and values are the same."""
    query, key, value = given
    if key.shape != value.shape:
        raise AssertionError(f"key shape {key.shape} does not match value shape {value.shape}")
    if matrix is None:
        raise AssertionError("use_separate_proj_weight is False but in_proj_weight is None")
    if query is key and key is value:
        return shaping.chunk(linear(query, matrix, bias), 3, -1)
    matrices = shaping.chunk(matrix, 3, 0)
    biases = (None,) * 3 if bias is None else shaping.chunk(bias, 3, 0)
    return tuple(linear(x, w, b) for x, w, b in zip(given, matrices, biases, strict=True))


def _separately(
    given: tuple[Tensor, ...], matrices: tuple[Tensor | None, ...], bias: Tensor | None
) -> tuple[Tensor, ...]:
    """Project by three matrices, of keys and values that may have other sizes than queries."""
    query, key, value = given
    if key.shape[:2] != value.shape[:2]:
        raise AssertionError(
            f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}"
        )
    biases = (None,) * 3 if bias is None else shaping.chunk(bias, 3, 0)
    projected = []
    for name, x, w, b in zip(("query", "key", "value"), given, matrices, biases, strict=True):
        if w is None:
            raise AssertionError(
                f"use_separate_proj_weight is True but {name[0]}_proj_weight is None"
            )
        check_projection(name, x, w, b, query.shape[2])
        projected.append(linear(x, w, b))
    return tuple(projected)


def _with_biases(
    projected: tuple[Tensor, ...],
    biases: tuple[Tensor | None, Tensor | None],
    static: tuple[Tensor | None, Tensor | None],
) -> tuple[Tensor, ...]:
    """Add a learnt key and value at the end."""
    q, k, v = projected
    bias_k, bias_v = biases
    if bias_k is None and bias_v is None:
        return q, k, v
    if bias_k is None or bias_v is None:
        given, missing = ("bias_v", "bias_k") if bias_k is None else ("bias_k", "bias_v")
        raise AssertionError(f"{given} is set but {missing} is None")
    for name, one in zip(("key", "value"), static, strict=True):
        if one is not None:
            raise AssertionError(f"bias cannot be added to static {name}.")
    shape = (1, *k.shape[1:])
    return (
        q,
        shaping.cat([k, shaping.broadcast_to(bias_k, shape)]),
        shaping.cat([v, shaping.broadcast_to(bias_v, shape)]),
    )


def _heads(
    projected: tuple[Tensor, ...], static: tuple[Tensor | None, Tensor | None], heads: int
) -> tuple[Tensor, ...]:
    """Return queries, keys and values as (N, H, L, E / H), static ones in place of projected."""
    _, batch, width = projected[0].shape
    found = []
    for name, x, given in zip("qkv", projected, (None, *static), strict=True):
        if given is None:
            split = x.reshape((x.shape[0], batch, heads, width // heads))
            found.append(shaping.permute(split, (1, 2, 0, 3)))
        else:
            check_static(f"static_{name}", given, batch * heads, width // heads)
            found.append(given.reshape((batch, heads, *given.shape[1:])))
    return tuple(found)


def _merged(
    mask: Tensor | None, padding: Tensor | None, sizes: tuple[int, int, int], more: int
) -> Tensor | None:
    """Add both masks up, to be broadcast to (N, H, L, S), for `sizes` of N, H and S.

    So many of the S keys, at the end, are `more` than the masks know of, and in everyone's sight.
    """
    batch, heads, keys = sizes
    if more:
        mask, padding = (one if one is None else pad(one, (0, more)) for one in (mask, padding))
    if mask is not None and len(mask.shape) == 3:
        mask = mask.reshape((batch, heads, *mask.shape[1:]))
    if padding is None:
        return mask
    check_padding(padding, batch, keys)
    padding = padding.reshape((batch, 1, 1, keys))
    return padding if mask is None else mask + padding


def _attend(
    q: Tensor, k: Tensor, v: Tensor, mask: Tensor | None, p: float
) -> tuple[Tensor, Tensor]:
    """Attend in steps, and return the weights as well."""
    scores = (q * sqrt(1.0 / q.shape[-1])) @ shaping.transpose(k, 2, 3)
    weights = softmax(scores if mask is None else scores + mask, -1)
    weights = dropout(weights, p) if p > 0 else weights
    return weights @ v, weights
