"""What optimizers have in common, as `torch.optim.optimizer` has it."""

from minitorch_optim import (
    Optimizer,
    ParamsT,
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

__all__ = [
    "Optimizer",
    "ParamsT",
    "register_optimizer_step_post_hook",
    "register_optimizer_step_pre_hook",
]
