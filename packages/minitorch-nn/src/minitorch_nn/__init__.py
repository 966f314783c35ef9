"""MiniTorch's layers: modules, losses, and the functions beneath them.

Built on the autograd layer through the contract in `requires.py`. Names are torch's, and a
docstring that names no source has torch's page of the same name, such as `torch.nn.Linear.html`.
"""

from . import functional, init, modules, utils
from ._adaptive_pooling import (
    AdaptiveAvgPool1d,
    AdaptiveAvgPool2d,
    AdaptiveAvgPool3d,
    AdaptiveMaxPool1d,
    AdaptiveMaxPool2d,
    AdaptiveMaxPool3d,
)
from ._adaptive_softmax import AdaptiveLogSoftmaxWithLoss
from ._attention import MultiheadAttention
from ._average_pooling import AvgPool1d, AvgPool2d, AvgPool3d, LPPool1d, LPPool2d, LPPool3d
from ._batch_norm import BatchNorm1d, BatchNorm2d, BatchNorm3d
from ._binary_loss import BCELoss, BCEWithLogitsLoss
from ._calls import check_calls
from ._class_loss import CrossEntropyLoss, NLLLoss
from ._container import Identity, Layer, Sequential
from ._convolution import Conv1d, Conv2d, Conv3d
from ._ctc_loss import CTCLoss
from ._distance import CosineSimilarity, PairwiseDistance
from ._distribution_loss import GaussianNLLLoss, KLDivLoss, PoissonNLLLoss
from ._dropout import (
    AlphaDropout,
    Dropout,
    Dropout1d,
    Dropout2d,
    Dropout3d,
    FeatureAlphaDropout,
)
from ._embedding import Embedding, EmbeddingBag
from ._exponential_units import CELU, ELU, SELU
from ._flatten import Flatten, Unflatten
from ._folding import Fold, Unfold
from ._fractional_pooling import FractionalMaxPool2d, FractionalMaxPool3d
from ._gates import GELU, GLU, Hardswish, Mish, SiLU
from ._group_norm import GroupNorm
from ._instance_norm import InstanceNorm1d, InstanceNorm2d, InstanceNorm3d
from ._layer_norm import LayerNorm
from ._lazy import LazyLinear
from ._lazy_convolution import (
    LazyConv1d,
    LazyConv2d,
    LazyConv3d,
    LazyConvTranspose1d,
    LazyConvTranspose2d,
    LazyConvTranspose3d,
)
from ._lazy_norm import (
    LazyBatchNorm1d,
    LazyBatchNorm2d,
    LazyBatchNorm3d,
    LazyInstanceNorm1d,
    LazyInstanceNorm2d,
    LazyInstanceNorm3d,
)
from ._linear import Bilinear, Linear
from ._local_response_norm import CrossMapLRN2d, LocalResponseNorm
from ._margin_loss import (
    MultiLabelMarginLoss,
    MultiLabelSoftMarginLoss,
    MultiMarginLoss,
    SoftMarginLoss,
)
from ._max_pooling import (
    MaxPool1d,
    MaxPool2d,
    MaxPool3d,
    MaxUnpool1d,
    MaxUnpool2d,
    MaxUnpool3d,
)
from ._module import Module
from ._module_list import ModuleDict, ModuleList
from ._padding import (
    CircularPad1d,
    CircularPad2d,
    CircularPad3d,
    ConstantPad1d,
    ConstantPad2d,
    ConstantPad3d,
    ReflectionPad1d,
    ReflectionPad2d,
    ReflectionPad3d,
    ReplicationPad1d,
    ReplicationPad2d,
    ReplicationPad3d,
    ZeroPad1d,
    ZeroPad2d,
    ZeroPad3d,
)
from ._parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter
from ._parameter_list import ParameterDict, ParameterList
from ._pixels import ChannelShuffle, PixelShuffle, PixelUnshuffle
from ._ranking_loss import (
    CosineEmbeddingLoss,
    HingeEmbeddingLoss,
    MarginRankingLoss,
    TripletMarginLoss,
    TripletMarginWithDistanceLoss,
)
from ._rectifiers import Hardtanh, LeakyReLU, PReLU, ReLU, ReLU6, RReLU, Threshold
from ._regression_loss import HuberLoss, L1Loss, MSELoss, SmoothL1Loss
from ._rms_norm import RMSNorm
from ._rnn import GRU, LSTM, RNN
from ._rnn_base import RNNBase
from ._rnn_cells import GRUCell, LSTMCell, RNNCell, RNNCellBase
from ._shrinking import Hardshrink, Softshrink, Tanhshrink
from ._sigmoids import Hardsigmoid, LogSigmoid, Sigmoid, Softplus, Softsign, Tanh
from ._softmax import LogSoftmax, Softmax, Softmax2d, Softmin
from ._transformer import Transformer, TransformerDecoder, TransformerEncoder
from ._transformer_layers import TransformerDecoderLayer, TransformerEncoderLayer
from ._transposed_convolution import ConvTranspose1d, ConvTranspose2d, ConvTranspose3d
from ._upsampling import Upsample, UpsamplingBilinear2d, UpsamplingNearest2d

__all__ = [
    # the base
    "Layer",
    "Module",
    "Buffer",
    "Parameter",
    "UninitializedBuffer",
    "UninitializedParameter",
    # containers
    "Identity",
    "ModuleDict",
    "ModuleList",
    "ParameterDict",
    "ParameterList",
    "Sequential",
    # layers
    # convolutions
    "Conv1d",
    "Conv2d",
    "Conv3d",
    "ConvTranspose1d",
    "ConvTranspose2d",
    "ConvTranspose3d",
    # normalisation
    "BatchNorm1d",
    "BatchNorm2d",
    "BatchNorm3d",
    "CrossMapLRN2d",
    "GroupNorm",
    "LayerNorm",
    "InstanceNorm1d",
    "InstanceNorm2d",
    "InstanceNorm3d",
    "LocalResponseNorm",
    "RMSNorm",
    # images
    "ChannelShuffle",
    "Fold",
    "PixelShuffle",
    "PixelUnshuffle",
    "Unfold",
    "Upsample",
    "UpsamplingBilinear2d",
    "UpsamplingNearest2d",
    # pooling
    "AdaptiveAvgPool1d",
    "AdaptiveAvgPool2d",
    "AdaptiveAvgPool3d",
    "AdaptiveMaxPool1d",
    "AdaptiveMaxPool2d",
    "AdaptiveMaxPool3d",
    "AvgPool1d",
    "AvgPool2d",
    "AvgPool3d",
    "FractionalMaxPool2d",
    "FractionalMaxPool3d",
    "LPPool1d",
    "LPPool2d",
    "LPPool3d",
    "MaxPool1d",
    "MaxPool2d",
    "MaxPool3d",
    "MaxUnpool1d",
    "MaxUnpool2d",
    "MaxUnpool3d",
    # padding
    "CircularPad1d",
    "CircularPad2d",
    "CircularPad3d",
    "ConstantPad1d",
    "ConstantPad2d",
    "ConstantPad3d",
    "ReflectionPad1d",
    "ReflectionPad2d",
    "ReflectionPad3d",
    "ReplicationPad1d",
    "ReplicationPad2d",
    "ReplicationPad3d",
    "ZeroPad1d",
    "ZeroPad2d",
    "ZeroPad3d",
    # linear layers and tables
    "Bilinear",
    "Embedding",
    "EmbeddingBag",
    "Flatten",
    "Linear",
    "Unflatten",
    # distances
    "CosineSimilarity",
    "PairwiseDistance",
    # activations
    "CELU",
    "ELU",
    "GELU",
    "GLU",
    "Hardshrink",
    "Hardsigmoid",
    "Hardswish",
    "Hardtanh",
    "LeakyReLU",
    "LogSigmoid",
    "LogSoftmax",
    "Mish",
    "PReLU",
    "RReLU",
    "ReLU",
    "ReLU6",
    "SELU",
    "SiLU",
    "Sigmoid",
    "Softmax",
    "Softmax2d",
    "Softmin",
    "Softplus",
    "Softshrink",
    "Softsign",
    "Tanh",
    "Tanhshrink",
    "Threshold",
    # dropping elements
    "AlphaDropout",
    "Dropout",
    "Dropout1d",
    "Dropout2d",
    "Dropout3d",
    "FeatureAlphaDropout",
    # recurrent networks
    "GRU",
    "GRUCell",
    "LSTM",
    "LSTMCell",
    "RNN",
    "RNNBase",
    "RNNCell",
    "RNNCellBase",
    # attention
    "MultiheadAttention",
    "Transformer",
    "TransformerDecoder",
    "TransformerDecoderLayer",
    "TransformerEncoder",
    "TransformerEncoderLayer",
    # lazy ones
    "LazyBatchNorm1d",
    "LazyBatchNorm2d",
    "LazyBatchNorm3d",
    "LazyConv1d",
    "LazyConv2d",
    "LazyConv3d",
    "LazyConvTranspose1d",
    "LazyConvTranspose2d",
    "LazyConvTranspose3d",
    "LazyInstanceNorm1d",
    "LazyInstanceNorm2d",
    "LazyInstanceNorm3d",
    "LazyLinear",
    # losses
    "AdaptiveLogSoftmaxWithLoss",
    "BCELoss",
    "BCEWithLogitsLoss",
    "CTCLoss",
    "CosineEmbeddingLoss",
    "CrossEntropyLoss",
    "GaussianNLLLoss",
    "HingeEmbeddingLoss",
    "HuberLoss",
    "KLDivLoss",
    "L1Loss",
    "MSELoss",
    "MarginRankingLoss",
    "MultiLabelMarginLoss",
    "MultiLabelSoftMarginLoss",
    "MultiMarginLoss",
    "NLLLoss",
    "PoissonNLLLoss",
    "SmoothL1Loss",
    "SoftMarginLoss",
    "TripletMarginLoss",
    "TripletMarginWithDistanceLoss",
    # modules
    "functional",
    "init",
    "modules",
    "utils",
]

check_calls(globals(), __all__)
