"""Transformers: stacks of layers that attend."""

from __future__ import annotations

import copy
from math import inf
from typing import Protocol

from minitorch_autograd import Tensor, dtype

from .. import init
from ..activation.functional import relu
from ..common.extensions import creation, shaping
from ..containers.module_list import ModuleList
from ..containers.sequential import Layer
from ..core.factory import Device, refuse_other_devices
from ..core.module import Module
from ..normalisation.layer_modules import LayerNorm
from .masks import additive_mask
from .transformer_layers import Activation, TransformerDecoderLayer, TransformerEncoderLayer

__all__ = ["TransformerEncoder", "TransformerDecoder", "Transformer"]


class Encoder(Protocol):
    """What `Transformer` asks of its encoder."""

    def __call__(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor: ...


class Decoder(Protocol):
    """What `Transformer` asks of its decoder."""

    def __call__(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor: ...


class TransformerEncoder(Module):
    """Run sequences through a stack of copies of an encoder layer.

    Args:
        encoder_layer: what is copied.
        num_layers: how often.
        norm: a layer for what comes out; none by default.
        enable_nested_tensor: as in torch; no effect, since there are no nested tensors.
        mask_check: as in torch; no effect.
    """

    def __init__(
        self,
        encoder_layer: TransformerEncoderLayer,
        num_layers: int,
        norm: Layer | None = None,
        enable_nested_tensor: bool = True,
        mask_check: bool = True,
    ) -> None:
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(encoder_layer) for _ in range(num_layers)])
        self.num_layers = num_layers
        self.norm = norm
        self.enable_nested_tensor = enable_nested_tensor
        self.mask_check = mask_check

    def forward(
        self,
        src: Tensor,
        mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        is_causal: bool | None = None,
    ) -> Tensor:
        """Return what all layers make of `src`; see `TransformerEncoderLayer`."""
        padding = additive_mask(src_key_padding_mask, src, "src_key_padding_mask", mask, "mask")
        mask = additive_mask(mask, src, "mask")
        x = src
        for layer in self.layers:
            x = layer(x, src_mask=mask, is_causal=bool(is_causal), src_key_padding_mask=padding)
        return x if self.norm is None else self.norm(x)


class TransformerDecoder(Module):
    """Run sequences through a stack of copies of a decoder layer.

    Args:
        decoder_layer: what is copied.
        num_layers: how often.
        norm: a layer for what comes out; none by default.
    """

    def __init__(
        self,
        decoder_layer: TransformerDecoderLayer,
        num_layers: int,
        norm: Layer | None = None,
    ) -> None:
        super().__init__()
        self.layers = ModuleList([copy.deepcopy(decoder_layer) for _ in range(num_layers)])
        self.num_layers = num_layers
        self.norm = norm

    def forward(
        self,
        tgt: Tensor,
        memory: Tensor,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what all layers make of `tgt`; see `TransformerDecoderLayer`."""
        x = tgt
        for layer in self.layers:
            x = layer(
                x,
                memory,
                tgt_mask=tgt_mask,
                memory_mask=memory_mask,
                tgt_key_padding_mask=tgt_key_padding_mask,
                memory_key_padding_mask=memory_key_padding_mask,
                tgt_is_causal=bool(tgt_is_causal),
                memory_is_causal=memory_is_causal,
            )
        return x if self.norm is None else self.norm(x)


class Transformer(Module):
    """Run a source through an encoder, and a target, with the encoder's output, through a decoder.

    Args:
        d_model: E, the size of elements.
        nhead: the number of heads.
        num_encoder_layers: how many layers the encoder has.
        num_decoder_layers: how many the decoder.
        dim_feedforward: the size between the linear layers of each layer.
        dropout: the probability by which attention weights, and the outputs of each part, are
            dropped.
        activation: "relu", "gelu" or a function.
        custom_encoder: another encoder.
        custom_decoder: another decoder.
        layer_norm_eps: what the norms add to the variance.
        batch_first: whether inputs are (N, L, E) and not (L, N, E).
        norm_first: whether norms come first in each layer.
        bias: whether linear layers and norms have biases.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Matrices are drawn by Glorot's uniform distribution.

    Source: Vaswani et al., "Attention Is All You Need", 2017
    """

    def __init__(
        self,
        d_model: int = 512,
        nhead: int = 8,
        num_encoder_layers: int = 6,
        num_decoder_layers: int = 6,
        dim_feedforward: int = 2048,
        dropout: float = 0.1,
        activation: Activation = relu,
        custom_encoder: Encoder | None = None,
        custom_decoder: Decoder | None = None,
        layer_norm_eps: float = 1e-5,
        batch_first: bool = False,
        norm_first: bool = False,
        bias: bool = True,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        options = (
            d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first,
            norm_first, bias, device, dtype,
        )  # fmt: skip

        def norm() -> LayerNorm:
            return LayerNorm(d_model, layer_norm_eps, True, bias, device, dtype)

        # A custom one may be empty, as a list is: it is still what was asked for.
        self.encoder: Encoder = (
            TransformerEncoder(TransformerEncoderLayer(*options), num_encoder_layers, norm())
            if custom_encoder is None
            else custom_encoder
        )
        self.decoder: Decoder = (
            TransformerDecoder(TransformerDecoderLayer(*options), num_decoder_layers, norm())
            if custom_decoder is None
            else custom_decoder
        )
        for parameter in self.parameters():
            if len(parameter.shape) > 1:
                init.xavier_uniform_(parameter)
        self.d_model = d_model
        self.nhead = nhead
        self.batch_first = batch_first

    def forward(
        self,
        src: Tensor,
        tgt: Tensor,
        src_mask: Tensor | None = None,
        tgt_mask: Tensor | None = None,
        memory_mask: Tensor | None = None,
        src_key_padding_mask: Tensor | None = None,
        tgt_key_padding_mask: Tensor | None = None,
        memory_key_padding_mask: Tensor | None = None,
        src_is_causal: bool | None = None,
        tgt_is_causal: bool | None = None,
        memory_is_causal: bool = False,
    ) -> Tensor:
        """Return what the decoder makes of `tgt` and of what the encoder makes of `src`.

        Args:
            src: (S, N, E), (N, S, E) if `batch_first`, or (S, E).
            tgt: (T, N, E), (N, T, E), or (T, E).
            src_mask: and the others: see `TransformerDecoderLayer`.

        Raises:
            RuntimeError: if the shapes don't fit.
        """
        batch = 0 if self.batch_first else 1
        if len(src.shape) == 3 and src.shape[batch] != tgt.shape[batch]:
            raise RuntimeError("the batch number of src and tgt must be equal")
        if src.shape[-1] != self.d_model or tgt.shape[-1] != self.d_model:
            raise RuntimeError("the feature number of src and tgt must be equal to d_model")
        memory = self.encoder(
            src,
            mask=src_mask,
            src_key_padding_mask=src_key_padding_mask,
            is_causal=src_is_causal,
        )
        return self.decoder(
            tgt,
            memory,
            tgt_mask=tgt_mask,
            memory_mask=memory_mask,
            tgt_key_padding_mask=tgt_key_padding_mask,
            memory_key_padding_mask=memory_key_padding_mask,
            tgt_is_causal=tgt_is_causal,
            memory_is_causal=memory_is_causal,
        )

    @staticmethod
    def generate_square_subsequent_mask(
        sz: int, device: Device = None, dtype: dtype | None = None
    ) -> Tensor:
        """Return the causal mask (sz, sz): -inf above the diagonal, 0 elsewhere."""
        refuse_other_devices(device)
        return shaping.triu(creation.full((sz, sz), -inf, dtype=dtype), 1)
