"""MiniTorch's optimizers, and the schedules of their learning rates.

Built on the autograd layer through the contract in `requires.py`. Names are torch's; the update
rules by themselves are in `minitorch_optim.rules`. A docstring that names no page of torch's has
the one of the same name, such as `torch.optim.Adam.html`.
"""

from . import lr_scheduler, rules
from ._adadelta import Adadelta
from ._adafactor import Adafactor
from ._adagrad import Adagrad
from ._adam import Adam
from ._adamax import Adamax
from ._adamw import AdamW
from ._asgd import ASGD
from ._calls import check_calls
from ._groups import ParamsT, StateDict
from ._lbfgs import LBFGS
from ._muon import Muon
from ._nadam import NAdam
from ._optimizer import Optimizer
from ._radam import RAdam
from ._rmsprop import RMSprop
from ._rprop import Rprop
from ._sgd import SGD

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
