"""The functions beneath the modules: no state, all arguments explicit.

Fused operations use `record`, the seam that autograd's own operations use: the value is computed
with recording off, and each input has a rule of its own.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html
"""

from ._activation import leaky_relu, relu, sigmoid, tanh
from ._class_loss import cross_entropy, nll_loss
from ._dropout import dropout
from ._linear import linear
from ._regression_loss import mse_loss
from ._softmax import log_softmax, softmax

__all__ = [
    # activations
    "leaky_relu",
    "relu",
    "sigmoid",
    "tanh",
    # along a dimension
    "log_softmax",
    "softmax",
    # linear maps
    "linear",
    # dropping elements
    "dropout",
    # losses
    "cross_entropy",
    "mse_loss",
    "nll_loss",
]
