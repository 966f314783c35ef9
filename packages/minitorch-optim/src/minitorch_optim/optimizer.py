"""What all optimizers have in common."""

from .engine.groups import ParamsT
from .engine.hooks import register_optimizer_step_post_hook, register_optimizer_step_pre_hook
from .engine.optimizer import Optimizer

__all__ = [
    "Optimizer",
    "ParamsT",
    "register_optimizer_step_post_hook",
    "register_optimizer_step_pre_hook",
]
