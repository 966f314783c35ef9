"""What is exported: layers, and networks of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.front.onnx_running import Case, case, of

import minitorch as torch
from minitorch import Tensor, nn
from minitorch.nn import functional as F

IMAGE: Final = (2, 4, 6, 5)

CONVOLUTIONS: Final[list[Case]] = [
    case("Linear", lambda: nn.Linear(3, 4), (2, 3)),
    case("Bilinear", lambda: nn.Bilinear(3, 4, 2), (2, 3), (2, 4)),
    case("Conv1d", lambda: nn.Conv1d(4, 2, 3, stride=2), (2, 4, 8)),
    case("Conv1d same", lambda: nn.Conv1d(4, 2, 4, padding="same", dilation=1), (2, 4, 8)),
    case(
        "Conv1d circular", lambda: nn.Conv1d(4, 2, 3, padding=2, padding_mode="circular"), (1, 4, 8)
    ),
    case("Conv2d", lambda: nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), bias=False), IMAGE),
    case("Conv2d groups", lambda: nn.Conv2d(4, 6, 3, groups=2), IMAGE),
    case("Conv2d depthwise", lambda: nn.Conv2d(4, 8, 3, groups=4, padding="valid"), IMAGE),
    case("Conv2d reflect", lambda: nn.Conv2d(4, 2, 3, padding=1, padding_mode="reflect"), IMAGE),
    case("Conv2d of one image", lambda: nn.Conv2d(4, 2, 3), IMAGE[1:]),
    case("Conv3d", lambda: nn.Conv3d(2, 3, 2, padding=1), (1, 2, 3, 3, 2)),
    case("ConvTranspose1d", lambda: nn.ConvTranspose1d(4, 2, 3, 2, 1, 1), (2, 4, 5)),
    case("ConvTranspose2d", lambda: nn.ConvTranspose2d(4, 2, 3, 2, 1, bias=False), IMAGE),
    case("ConvTranspose2d of one", lambda: nn.ConvTranspose2d(4, 2, 3, dilation=2), IMAGE[1:]),
    case("ConvTranspose3d", lambda: nn.ConvTranspose3d(2, 3, 2), (1, 2, 3, 3, 2)),
]

POOLING: Final[list[Case]] = [
    case("MaxPool1d", lambda: nn.MaxPool1d(2), (2, 3, 7)),
    case("MaxPool2d", lambda: nn.MaxPool2d(3, 2, 1), IMAGE),
    case("MaxPool2d dilated", lambda: nn.MaxPool2d(2, 1, dilation=2), IMAGE),
    case("MaxPool2d ceil", lambda: nn.MaxPool2d(2, ceil_mode=True), IMAGE),
    case("MaxPool2d of one image", lambda: nn.MaxPool2d((2, 1)), IMAGE[1:]),
    case("MaxPool3d", lambda: nn.MaxPool3d(2), (1, 2, 4, 4, 2)),
    case("AvgPool1d", lambda: nn.AvgPool1d(3, 2, 1), (2, 3, 7)),
    case("AvgPool2d", lambda: nn.AvgPool2d(3, 2, 1, count_include_pad=False), IMAGE),
    case("AvgPool2d ceil", lambda: nn.AvgPool2d(2, ceil_mode=True), IMAGE),
    case("AvgPool2d ceil, padded", lambda: nn.AvgPool2d(2, 2, 1, ceil_mode=True), IMAGE),
    case("AvgPool3d", lambda: nn.AvgPool3d(2), (1, 2, 4, 4, 2)),
    case("LPPool2d", lambda: nn.LPPool2d(2.0, 2), IMAGE),
    case("AdaptiveAvgPool1d", lambda: nn.AdaptiveAvgPool1d(3), (2, 3, 6)),
    case("AdaptiveAvgPool2d", lambda: nn.AdaptiveAvgPool2d(1), IMAGE),
    case("AdaptiveAvgPool2d odd", lambda: nn.AdaptiveAvgPool2d((4, None)), IMAGE),
    case("AdaptiveMaxPool1d", lambda: nn.AdaptiveMaxPool1d(3), (2, 3, 6)),
    case("AdaptiveMaxPool2d", lambda: nn.AdaptiveMaxPool2d((4, 2)), IMAGE),
    case("AdaptiveMaxPool2d of one", lambda: nn.AdaptiveMaxPool2d((4, 2)), IMAGE[1:]),
]


def _trained(layer: nn.Module, *shape: int) -> nn.Module:
    """Return a layer whose running mean and variance are not those that it begins with."""
    for _ in range(3):
        layer(torch.randn(*shape) * 2 + 1)
    for one in layer.parameters():
        nn.init.uniform_(one, 0.5, 1.5)
    return layer


NORMALISATION: Final[list[Case]] = [
    case("BatchNorm1d", lambda: _trained(nn.BatchNorm1d(4), 5, 4), (2, 4)),
    case("BatchNorm2d", lambda: _trained(nn.BatchNorm2d(4), *IMAGE), IMAGE),
    case("BatchNorm2d plain", lambda: nn.BatchNorm2d(4, affine=False, eps=0.1), IMAGE),
    case("BatchNorm3d", lambda: nn.BatchNorm3d(2), (1, 2, 2, 2, 2)),
    case("LayerNorm", lambda: _trained(nn.LayerNorm(5), *IMAGE), IMAGE),
    case("LayerNorm of two", lambda: nn.LayerNorm((6, 5), elementwise_affine=False), IMAGE),
    case("LayerNorm, no bias", lambda: _trained(nn.LayerNorm(5, bias=False), 2, 5), (2, 5)),
    case("GroupNorm", lambda: _trained(nn.GroupNorm(2, 4), *IMAGE), IMAGE),
    case("GroupNorm plain", lambda: nn.GroupNorm(4, 4, affine=False), (2, 4, 3)),
    case("InstanceNorm1d", lambda: nn.InstanceNorm1d(3), (2, 3, 5)),
    case("InstanceNorm2d", lambda: _trained(nn.InstanceNorm2d(4, affine=True), *IMAGE), IMAGE),
    case(
        "InstanceNorm2d running",
        lambda: _trained(nn.InstanceNorm2d(4, track_running_stats=True), *IMAGE),
        IMAGE,
    ),
    case("RMSNorm", lambda: _trained(nn.RMSNorm(5), *IMAGE), IMAGE),
    case("LocalResponseNorm", lambda: nn.LocalResponseNorm(3, 0.5), IMAGE),
    case("LocalResponseNorm even", lambda: nn.LocalResponseNorm(2, 0.5), IMAGE),
    case("CrossMapLRN2d", lambda: nn.CrossMapLRN2d(3, 0.5), IMAGE),
]

IMAGES: Final[list[Case]] = [
    case("PixelShuffle", lambda: nn.PixelShuffle(2), (2, 8, 3, 2)),
    case("PixelUnshuffle", lambda: nn.PixelUnshuffle(2), (2, 2, 4, 6)),
    case("ChannelShuffle", lambda: nn.ChannelShuffle(2), (2, 4, 3)),
    case("Unfold", lambda: nn.Unfold((2, 3), (1, 2), 1, (2, 1)), IMAGE),
    case("Fold", lambda: nn.Fold((4, 5), (2, 3), padding=1), (2, 12, 25)),
    case("Upsample", lambda: nn.Upsample(scale_factor=2), IMAGE),
    case("Upsample linear", lambda: nn.Upsample(scale_factor=2.5, mode="linear"), (1, 2, 4)),
    case("Upsample bilinear", lambda: nn.Upsample((3, 9), mode="bilinear"), IMAGE),
    case("Upsample trilinear", lambda: nn.Upsample(4, mode="trilinear"), (1, 1, 3, 2, 3)),
    case("Upsample bicubic", lambda: nn.Upsample((9, 7), mode="bicubic"), IMAGE),
    *(
        of(
            f"interpolate {mode}, corners",
            lambda x, mode=mode: F.interpolate(x, (9, 4), mode=mode, align_corners=True),
            IMAGE,
        )
        for mode in ("bilinear", "bicubic")
    ),
    of("interpolate to one", lambda x: F.interpolate(x, 1, mode="bilinear"), IMAGE),
    of("interpolate nearest", lambda x: F.interpolate(x, (4, 7)), IMAGE),
    of("interpolate nearest by", lambda x: F.interpolate(x, scale_factor=(0.5, 1.4)), IMAGE),
    of("interpolate exact", lambda x: F.interpolate(x, (4, 7), mode="nearest-exact"), IMAGE),
    of(
        "interpolate recomputed",
        lambda x: F.interpolate(x, scale_factor=1.5, mode="bilinear", recompute_scale_factor=True),
        IMAGE,
    ),
    *(
        of(
            f"grid_sample {mode} {padding}",
            lambda x, g, mode=mode, padding=padding: F.grid_sample(x, g, mode, padding, False),
            IMAGE,
            (2, 3, 2, 2),
        )
        for mode in ("bilinear", "nearest", "bicubic")
        for padding in ("zeros", "border", "reflection")
        # There the evaluator reads one element from another place than torch and we.
        if (mode, padding) != ("bicubic", "border")
    ),
    of(
        "grid_sample corners",
        lambda x, g: F.grid_sample(x, g, align_corners=True),
        IMAGE,
        (2, 3, 2, 2),
    ),
    of("affine_grid", lambda x: F.affine_grid(x, (2, 1, 3, 2), False), (2, 2, 3)),
    of("interpolate area", lambda x: F.interpolate(x, (3, 5), mode="area"), IMAGE),
]

Q: Final = (2, 2, 3, 4)
MASK: Final = torch.tensor([[True, False, True], [True, True, False], [False, False, False]])


def _attention(**options: Any) -> Callable[..., Tensor]:
    return lambda q, k, v, *mask: F.scaled_dot_product_attention(q, k, v, *mask, **options)


ATTENTION: Final[list[Case]] = [
    of("attention", _attention(), Q, (2, 2, 5, 4), (2, 2, 5, 3)),
    of("attention causal", _attention(is_causal=True), Q, (2, 2, 5, 4), (2, 2, 5, 3)),
    of("attention scale", _attention(scale=0.3), Q, Q, Q),
    of("attention mask", _attention(), Q, Q, Q, (2, 1, 3, 3)),
    of("attention choice", _attention(), Q, Q, Q, MASK),
    of("attention groups", _attention(enable_gqa=True), (1, 4, 3, 2), (1, 2, 3, 2), (1, 2, 3, 2)),
    case(
        "MultiheadAttention", lambda: nn.MultiheadAttention(4, 2), (3, 2, 4), (5, 2, 4), (5, 2, 4)
    ),
    case("MultiheadAttention of one", lambda: _OfOne(), (3, 4)),
    case("TransformerEncoderLayer", lambda: nn.TransformerEncoderLayer(4, 2, 8), (3, 2, 4)),
    case(
        "TransformerDecoderLayer",
        lambda: nn.TransformerDecoderLayer(4, 2, 8, batch_first=True, norm_first=True),
        (2, 3, 4),
        (2, 5, 4),
    ),
    case("Transformer", lambda: nn.Transformer(4, 2, 1, 1, 8), (3, 2, 4), (2, 2, 4)),
]


class _OfOne(nn.Module):
    """Attention of a sequence to itself, with a causal mask."""

    mask: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.MultiheadAttention(4, 2)
        self.register_buffer("mask", nn.Transformer.generate_square_subsequent_mask(3))

    def forward(self, x: Tensor) -> object:
        return self.attention(x, x, x, attn_mask=self.mask)


SEQUENCE: Final = (5, 2, 3)
RECURRENT: Final[list[Case]] = [
    case("RNN", lambda: nn.RNN(3, 4), SEQUENCE),
    case("RNN without bias", lambda: nn.RNN(3, 4, bias=False), SEQUENCE),
    case("LSTM", lambda: nn.LSTM(3, 4), SEQUENCE),
    case("LSTM deep", lambda: nn.LSTM(3, 4, 2, bidirectional=True, batch_first=True), (2, 5, 3)),
    case("GRU", lambda: nn.GRU(3, 4), SEQUENCE),
    case("GRU deep", lambda: nn.GRU(3, 4, 2, bidirectional=True, bias=False), SEQUENCE),
    case("GRU with a state", lambda: nn.GRU(3, 4, 2), SEQUENCE, (2, 2, 4)),
    case("GRU of one sequence", lambda: nn.GRU(3, 4, bidirectional=True), (5, 3), (2, 4)),
    case("cells", lambda: _Cells(), (2, 3)),
    case("Embedding", lambda: nn.Embedding(5, 3), torch.tensor([[1, 4], [0, 2]])),
]


class _Cells(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.gru = nn.GRUCell(3, 4)
        self.lstm = nn.LSTMCell(4, 2)

    def forward(self, x: Tensor) -> object:
        return self.lstm(self.gru(x))
