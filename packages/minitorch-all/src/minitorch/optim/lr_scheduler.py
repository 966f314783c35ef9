"""Schedules of learning rates: `from minitorch.optim.lr_scheduler import StepLR`."""

from minitorch_optim.lr_scheduler import *  # noqa: F403
