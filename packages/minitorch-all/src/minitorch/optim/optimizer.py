"""What all optimizers have in common: `from minitorch.optim.optimizer import Optimizer`."""

from minitorch_optim.optimizer import *  # noqa: F403
