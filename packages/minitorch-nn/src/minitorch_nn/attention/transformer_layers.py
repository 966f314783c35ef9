"""The layers that transformers are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from minitorch_autograd import Tensor, dtype

from ..activation.functional import gelu, relu
from ..core.factory import Device
from ..core.module import Module
from ..dropout.modules import Dropout
from ..linear.linear_modules import Linear
from ..normalisation.layer_modules import LayerNorm
from .masks import additive_mask
from .multi_head_modules import MultiheadAttention

__all__ = ["TransformerEncoderLayer", "TransformerDecoderLayer"]

Activation: TypeAlias = "Literal['relu', 'gelu'] | Callable[[Tensor], Tensor]"

BY_NAME: Final[dict[str, Callable[[Tensor], Tensor]]] = {"relu": relu, "gelu": gelu}


def activation_of(activation: Activation) -> Callable[[Tensor], Tensor]:
    """Return the function that an activation names.

    Raises:
        RuntimeError: if there is none.
    """
    if not isinstance(activation, str):
        return activation
    if activation not in BY_NAME:
        raise RuntimeError(f"activation should be relu/gelu, not {activation}")
    return BY_NAME[activation]


class TransformerEncoderLayer(Module):
    """Attend to oneself, then take each element through two linear layers.

        x = norm1(x + attention(x))        x = norm2(x + linear2(activation(linear1(x))))

    With `norm_first` the norms are of what goes in: ``x + attention(norm1(x))``, and so on.

    Args:
        d_model: E, the size of elements.
        nhead: the number of heads.
        dim_feedforward: the size between the linear layers.
        dropout: the probability by which attention weights, and the outputs of each part, are
            dropped.
        activation: "relu", "gelu" or a function.
        layer_norm_eps: what the norms add to the variance.
        batch_first: whether inputs are (N, L, E) and not (L, N, E).
        norm_first: whether the norms come first.
        bias: whether linear layers and norms have biases.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Source: Vaswani et al., "Attention Is All You Need", 2017, figure 1; Xiong et al., "On Layer
    Normalization in the Transformer Architecture", 2020, for norms that come first
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.self_attn = MultiheadAttention(
            d_model, nhead, dropout, bias, batch_first=batch_first, device=device, dtype=dtype
        )
        self.linear1 = Linear(d_model, dim_feedforward, bias, device, dtype)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias, device, dtype)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)
        self.norm2 = LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.activation = activation_of(activation)

    def forward(
        self,
        src: Tensor,
        src_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool = False,
    ) -> Tensor:
        """Return the elements of `src` with what they learnt of each other.

        Args:
            src: (L, N, E), (N, L, E) if `batch_first`, or (L, E).
            src_mask: which elements each may look at; see `MultiheadAttention`.
            src_key_padding_mask: which elements are not looked at.
            is_causal: a hint that `src_mask` is the causal one.

        Raises:
            AssertionError, RuntimeError: if the masks don't fit.
        """
        padding = additive_mask(
            src_key_padding_mask, src, "src_key_padding_mask", src_mask, "src_mask"
        )
        masks = additive_mask(src_mask, src, "src_mask"), padding, is_causal
        x = src
        if self.norm_first:
            x = x + self._attend(self.norm1(x), *masks)
            return x + self._feed(self.norm2(x))
        x = self.norm1(x + self._attend(x, *masks))
        return self.norm2(x + self._feed(x))

    def _attend(
        self, x: Tensor, mask: Tensor | None, padding: Tensor | None, is_causal: bool
    ) -> Tensor:
        found, _ = self.self_attn(x, x, x, padding, False, mask, is_causal=is_causal)
        return self.dropout1(found)

    def _feed(self, x: Tensor) -> Tensor:
        return self.dropout2(self.linear2(self.dropout(self.activation(self.linear1(x)))))


class TransformerDecoderLayer(Module):
    """Attend to oneself, then to the memory, then take each element through two linear layers.

        x = norm1(x + attention(x))              x = norm2(x + attention(x, memory))
        x = norm3(x + linear2(activation(linear1(x))))

    Arguments are those of `TransformerEncoderLayer`.

    Source: Vaswani et al., 2017, figure 1
    """

    def __init__(
        self,
        d_model: int,
        nhead: int,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = relu,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        self.self_attn = MultiheadAttention(
            d_model, nhead, dropout, bias, batch_first=batch_first, device=device, dtype=dtype
        )
        self.multihead_attn = MultiheadAttention(
            d_model, nhead, dropout, bias, batch_first=batch_first, device=device, dtype=dtype
        )
        self.linear1 = Linear(d_model, dim_feedforward, bias, device, dtype)
        self.dropout = Dropout(dropout)
        self.linear2 = Linear(dim_feedforward, d_model, bias, device, dtype)
        self.norm_first = norm_first
        self.norm1 = LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)
        self.norm2 = LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)
        self.norm3 = LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)
        self.dropout1 = Dropout(dropout)
        self.dropout2 = Dropout(dropout)
        self.dropout3 = Dropout(dropout)
        self.activation = activation_of(activation)

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool = False,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return the elements of `tgt` with what they learnt of each other and of the memory.

        Args:
            tgt: (T, N, E), (N, T, E) if `batch_first`, or (T, E).
            memory: (S, N, E), or as `tgt`: what an encoder returned.
            tgt_mask: which elements of `tgt` each may look at; see `MultiheadAttention`.
            memory_mask: which of `memory`.
            tgt_key_padding_mask: which elements of `tgt` are not looked at.
            memory_key_padding_mask: which of `memory`.
            tgt_is_causal: a hint that `tgt_mask` is the causal one.
            memory_is_causal: a hint that `memory_mask` is.
        """
        own = tgt_mask, tgt_key_padding_mask, tgt_is_causal
        other = memory_mask, memory_key_padding_mask, memory_is_causal
        x = tgt
        if self.norm_first:
            x = x + self._attend(self.norm1(x), *own)
            x = x + self._look(self.norm2(x), memory, *other)
            return x + self._feed(self.norm3(x))
        x = self.norm1(x + self._attend(x, *own))
        x = self.norm2(x + self._look(x, memory, *other))
        return self.norm3(x + self._feed(x))

    def _attend(
        self, x: Tensor, mask: Tensor | None, padding: Tensor | None, is_causal: bool
    ) -> Tensor:
        found, _ = self.self_attn(x, x, x, padding, False, mask, is_causal=is_causal)
        return self.dropout1(found)

    def _look(
        self,
        x: Tensor,
        memory: Tensor,
        mask: Tensor | None,
        padding: Tensor | None,
        is_causal: bool,
    ) -> Tensor:
        found, _ = self.multihead_attn(x, memory, memory, padding, False, mask, is_causal=is_causal)
        return self.dropout2(found)

    def _feed(self, x: Tensor) -> Tensor:
        return self.dropout3(self.linear2(self.dropout(self.activation(self.linear1(x)))))
