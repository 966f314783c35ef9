"""Attention of several heads as a layer."""

from __future__ import annotations

from minitorch_autograd import Tensor, dtype

from .. import init
from ..common.extensions import shaping
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from ..linear.linear_modules import Linear
from . import functional as F
from .multi_head import change_each

__all__ = ["MultiheadAttention"]


class NonDynamicallyQuantizableLinear(Linear):
    """A `Linear` under the name that torch shows for it here."""


class MultiheadAttention(Module):
    """Attend with several heads, each of which looks at a part of the features.

    Args:
        embed_dim: E, the size of queries and of the output.
        num_heads: H, a divisor of E.
        dropout: the probability by which weights are dropped in training.
        bias: whether the projections have biases.
        add_bias_kv: whether a key and a value are learnt that are added at the end.
        add_zero_attn: whether a key and a value of zeros are added at the end.
        kdim: the size of keys; E by default.
        vdim: the size of values; E by default.
        batch_first: whether inputs are (N, L, E) and not (L, N, E).
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Parameters: `in_proj_weight` (3 E, E), or `q_proj_weight` (E, E), `k_proj_weight` (E, kdim) and
    `v_proj_weight` (E, vdim) where these sizes differ, by Glorot's uniform distribution;
    `in_proj_bias` (3 E,), zeros; `out_proj`, a `Linear`; `bias_k` and `bias_v` (1, 1, E).

    Raises:
        ValueError: if a size is not positive.
        AssertionError: if the heads do not divide E.

    Source: Vaswani et al., "Attention Is All You Need", 2017, section 3.2.2
    """

    in_proj_weight: Parameter | None
    q_proj_weight: Parameter | None
    k_proj_weight: Parameter | None
    v_proj_weight: Parameter | None
    in_proj_bias: Parameter | None
    bias_k: Parameter | None
    bias_v: Parameter | None

    def __init__(
        self,
        embed_dim: int,
        num_heads: int,
        dropout: float = 0.0,
        bias: bool = True,
        add_bias_kv: bool = False,
        add_zero_attn: bool = False,
        kdim: int | None = None,
        vdim: int | None = None,
        batch_first: bool = False,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                "embed_dim and num_heads must be greater than 0, got "
                f"embed_dim={embed_dim} and num_heads={num_heads} instead"
            )
        if embed_dim % num_heads:
            raise AssertionError(
                f"embed_dim must be divisible by num_heads, got {embed_dim} and {num_heads}"
            )
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        self.add_zero_attn = add_zero_attn
        together = self.kdim == self.vdim == embed_dim
        sizes = {
            "q_proj_weight": None if together else (embed_dim, embed_dim),
            "k_proj_weight": None if together else (embed_dim, self.kdim),
            "v_proj_weight": None if together else (embed_dim, self.vdim),
            "in_proj_weight": (3 * embed_dim, embed_dim) if together else None,
            "in_proj_bias": (3 * embed_dim,) if bias else None,
            "bias_k": (1, 1, embed_dim) if add_bias_kv else None,
            "bias_v": (1, 1, embed_dim) if add_bias_kv else None,
        }
        for name, size in sizes.items():
            self.register_parameter(name, size and new_parameter(size, device, dtype))
        self.out_proj = NonDynamicallyQuantizableLinear(
            embed_dim, embed_dim, bias=bias, device=device, dtype=dtype
        )
        self._reset_parameters()

    def _reset_parameters(self) -> None:
        for weight in (
            self.in_proj_weight,
            self.q_proj_weight,
            self.k_proj_weight,
            self.v_proj_weight,
        ):
            if weight is not None:
                init.xavier_uniform_(weight)
        for bias in (self.in_proj_bias, self.out_proj.bias):
            if bias is not None:
                init.zeros_(bias)
        for one in (self.bias_k, self.bias_v):
            if one is not None:
                init.xavier_normal_(one)

    def forward(
        self,
        query: Tensor,
        key: Tensor,
        value: Tensor,
        key_padding_mask: Tensor | None = None,
        need_weights: bool = True,
        attn_mask: Tensor | None = None,
        average_attn_weights: bool = True,
        is_causal: bool = False,
    ) -> tuple[Tensor, Tensor | None]:
        """Return what the heads found, and their weights if they are needed.

        See `functional.multi_head_attention_forward` for the arguments.
        """
        turn = self.batch_first and len(query.shape) == 3
        if turn:
            query, key, value = change_each(lambda x: shaping.transpose(x, 0, 1), query, key, value)
        output, weights = F.multi_head_attention_forward(
            query,
            key,
            value,
            self.embed_dim,
            self.num_heads,
            self.in_proj_weight,
            self.in_proj_bias,
            self.bias_k,
            self.bias_v,
            self.add_zero_attn,
            self.dropout,
            self.out_proj.weight,
            self.out_proj.bias,
            self.training,
            key_padding_mask,
            need_weights,
            attn_mask,
            self.in_proj_weight is None,
            self.q_proj_weight,
            self.k_proj_weight,
            self.v_proj_weight,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
        )
        return (shaping.transpose(output, 0, 1) if turn else output), weights
