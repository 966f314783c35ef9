"""MiniTorch's optimizers, and the schedules of their learning rates.

Built on the autograd layer through the contract in `requires.py`. Names are torch's; the update
rules by themselves are in `minitorch_optim.rules`.
"""

from . import lr_scheduler, rules
from ._adam import Adam
from ._adamw import AdamW
from ._groups import ParamsT, StateDict
from ._hooks import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
from ._optimizer import Optimizer
from ._sgd import SGD

__all__ = [
    # optimizers
    "SGD",
    "Adam",
    "AdamW",
    # what they have in common
    "Optimizer",
    "ParamsT",
    "StateDict",
    "register_optimizer_step_post_hook",
    "register_optimizer_step_pre_hook",
    # modules
    "lr_scheduler",
    "rules",
]
