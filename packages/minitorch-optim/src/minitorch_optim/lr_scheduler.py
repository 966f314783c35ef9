"""Schedules: how the learning rates of an optimizer change from epoch to epoch."""

from ._lr_scheduler import LRScheduler
from ._step_lr import StepLR

__all__ = ["LRScheduler", "StepLR"]
