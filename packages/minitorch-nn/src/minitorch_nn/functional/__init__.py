"""The functions beneath the modules: no state, all arguments explicit.

Fused operations use `record`, the seam that autograd's own operations use: the value is computed
with recording off, and each input has a rule of its own.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html
"""

from .._calls import check_calls
from ._adaptive_pooling import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_avg_pool3d,
    adaptive_max_pool1d,
    adaptive_max_pool2d,
    adaptive_max_pool3d,
)
from ._affine_grid import affine_grid
from ._attention import scaled_dot_product_attention
from ._average_pooling import avg_pool1d, avg_pool2d, avg_pool3d
from ._batch_norm import batch_norm, instance_norm
from ._binary_loss import binary_cross_entropy, binary_cross_entropy_with_logits
from ._class_loss import cross_entropy, nll_loss
from ._convolution import conv1d, conv2d, conv3d
from ._ctc_loss import ctc_loss
from ._distance import cosine_similarity, normalize, pairwise_distance, pdist
from ._distribution_loss import gaussian_nll_loss, kl_div, poisson_nll_loss
from ._dropout import (
    alpha_dropout,
    dropout,
    dropout1d,
    dropout2d,
    dropout3d,
    feature_alpha_dropout,
)
from ._embedding import embedding, one_hot
from ._embedding_bag import embedding_bag
from ._exponential_units import celu, celu_, elu, elu_, selu, selu_
from ._folding import fold, unfold
from ._fractional_pooling import fractional_max_pool2d, fractional_max_pool3d
from ._gates import gelu, glu, hardswish, mish, silu
from ._grid import grid_sample
from ._layer_norm import layer_norm
from ._linear import bilinear, linear
from ._lp_pooling import lp_pool1d, lp_pool2d, lp_pool3d
from ._margin_loss import (
    multi_margin_loss,
    multilabel_margin_loss,
    multilabel_soft_margin_loss,
    soft_margin_loss,
)
from ._max_pooling import max_pool1d, max_pool2d, max_pool3d
from ._max_unpooling import max_unpool1d, max_unpool2d, max_unpool3d
from ._multi_head import multi_head_attention_forward
from ._normalisation import group_norm, local_response_norm, rms_norm
from ._padding import pad
from ._pixels import channel_shuffle, pixel_shuffle, pixel_unshuffle
from ._ranking_loss import (
    cosine_embedding_loss,
    hinge_embedding_loss,
    margin_ranking_loss,
    triplet_margin_loss,
    triplet_margin_with_distance_loss,
)
from ._rectifiers import (
    hardtanh,
    hardtanh_,
    leaky_relu,
    leaky_relu_,
    prelu,
    relu,
    relu6,
    relu_,
    rrelu,
    rrelu_,
    threshold,
    threshold_,
)
from ._regression_loss import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from ._shrinking import hardshrink, softshrink, tanhshrink
from ._sigmoids import hardsigmoid, logsigmoid, sigmoid, softplus, softsign, tanh
from ._softmax import gumbel_softmax, log_softmax, softmax, softmin
from ._transposed_convolution import conv_transpose1d, conv_transpose2d, conv_transpose3d
from ._upsampling import interpolate, upsample, upsample_bilinear, upsample_nearest

__all__ = [
    # activations
    "celu",
    "celu_",
    "elu",
    "elu_",
    "gelu",
    "glu",
    "hardshrink",
    "hardsigmoid",
    "hardswish",
    "hardtanh",
    "hardtanh_",
    "leaky_relu",
    "leaky_relu_",
    "logsigmoid",
    "mish",
    "prelu",
    "relu",
    "relu6",
    "relu_",
    "rrelu",
    "rrelu_",
    "selu",
    "selu_",
    "sigmoid",
    "silu",
    "softplus",
    "softshrink",
    "softsign",
    "tanh",
    "tanhshrink",
    "threshold",
    "threshold_",
    # along a dimension
    "gumbel_softmax",
    "log_softmax",
    "softmax",
    "softmin",
    # linear maps
    "bilinear",
    "linear",
    # rows of a table
    "embedding",
    "embedding_bag",
    "one_hot",
    # distances
    "cosine_similarity",
    "normalize",
    "pairwise_distance",
    "pdist",
    # convolutions
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    # pooling
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_avg_pool3d",
    "adaptive_max_pool1d",
    "adaptive_max_pool2d",
    "adaptive_max_pool3d",
    "avg_pool1d",
    "avg_pool2d",
    "avg_pool3d",
    "fractional_max_pool2d",
    "fractional_max_pool3d",
    "lp_pool1d",
    "lp_pool2d",
    "lp_pool3d",
    "max_pool1d",
    "max_pool2d",
    "max_pool3d",
    "max_unpool1d",
    "max_unpool2d",
    "max_unpool3d",
    # padding
    "pad",
    # normalisation
    "batch_norm",
    "group_norm",
    "instance_norm",
    "local_response_norm",
    "layer_norm",
    "rms_norm",
    # images
    "affine_grid",
    "channel_shuffle",
    "fold",
    "grid_sample",
    "interpolate",
    "upsample",
    "upsample_bilinear",
    "upsample_nearest",
    "pixel_shuffle",
    "pixel_unshuffle",
    "unfold",
    # dropping elements
    "alpha_dropout",
    "dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "feature_alpha_dropout",
    # attention
    "multi_head_attention_forward",
    "scaled_dot_product_attention",
    # losses
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cosine_embedding_loss",
    "cross_entropy",
    "ctc_loss",
    "gaussian_nll_loss",
    "hinge_embedding_loss",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "margin_ranking_loss",
    "mse_loss",
    "multi_margin_loss",
    "multilabel_margin_loss",
    "multilabel_soft_margin_loss",
    "nll_loss",
    "poisson_nll_loss",
    "smooth_l1_loss",
    "soft_margin_loss",
    "triplet_margin_loss",
    "triplet_margin_with_distance_loss",
]

check_calls(globals(), __all__)
