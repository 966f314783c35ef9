"""MiniTorch's optimizers, and the schedules of their learning rates.

Built on the autograd layer through the contract in `requires.py`. Names are torch's; the update
rules by themselves are in `minitorch_optim.rules`. A docstring that names no page of torch's has
the one of the same name, such as `torch.optim.Adam.html`.
"""

from . import lr_scheduler, rules
from .engine.extensions import check_calls
from .engine.groups import ParamsT, StateDict
from .engine.optimizer import Optimizer
from .optimizers.adadelta import Adadelta
from .optimizers.adafactor import Adafactor
from .optimizers.adagrad import Adagrad
from .optimizers.adam import Adam
from .optimizers.adamax import Adamax
from .optimizers.adamw import AdamW
from .optimizers.asgd import ASGD
from .optimizers.lbfgs.lbfgs import LBFGS
from .optimizers.muon import Muon
from .optimizers.nadam import NAdam
from .optimizers.radam import RAdam
from .optimizers.rmsprop import RMSprop
from .optimizers.rprop import Rprop
from .optimizers.sgd import SGD

__all__ = [
    # optimizers
    "ASGD",
    "LBFGS",
    "SGD",
    "Adadelta",
    "Adafactor",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Muon",
    "NAdam",
    "RAdam",
    "RMSprop",
    "Rprop",
    # what they have in common
    "Optimizer",
    "ParamsT",
    "StateDict",
    # modules
    "lr_scheduler",
    "rules",
]

check_calls(globals(), __all__)
