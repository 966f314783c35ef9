"""MiniTorch's layers: modules, losses, and the functions beneath them.

Built on the autograd layer through the contract in `requires.py`. Names are torch's.
"""

from . import functional, init
from ._activation import LeakyReLU, ReLU, Sigmoid, Tanh
from ._container import Layer, Sequential
from ._dropout import Dropout
from ._linear import Linear
from ._loss import CrossEntropyLoss, MSELoss
from ._module import Module
from ._parameter import Parameter

__all__ = [
    # the base
    "Layer",
    "Module",
    "Parameter",
    # containers
    "Sequential",
    # layers
    "Dropout",
    "LeakyReLU",
    "Linear",
    "ReLU",
    "Sigmoid",
    "Tanh",
    # losses
    "CrossEntropyLoss",
    "MSELoss",
    # modules
    "functional",
    "init",
]
