"""Optimizers, as `torch.optim` has them."""

from minitorch_optim import *  # noqa: F403
