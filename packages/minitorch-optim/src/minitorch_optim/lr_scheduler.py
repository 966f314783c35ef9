"""Schedules: how the learning rates of an optimizer change from epoch to epoch."""

from ._calls import check_calls
from ._composed_lr import ChainedScheduler, SequentialLR
from ._cosine_lr import CosineAnnealingLR, CosineAnnealingWarmRestarts
from ._cyclic_lr import CyclicLR
from ._lambda_lr import LambdaLR, MultiplicativeLR
from ._lr_scheduler import LRScheduler
from ._one_cycle_lr import OneCycleLR
from ._plateau import ReduceLROnPlateau
from ._ramp_lr import ConstantLR, LinearLR, PolynomialLR
from ._step_lr import ExponentialLR, MultiStepLR, StepLR

__all__ = [
    "LRScheduler",
    # by a function
    "LambdaLR",
    "MultiplicativeLR",
    # in steps
    "ExponentialLR",
    "MultiStepLR",
    "StepLR",
    # for a number of epochs
    "ConstantLR",
    "LinearLR",
    "PolynomialLR",
    # by a cosine
    "CosineAnnealingLR",
    "CosineAnnealingWarmRestarts",
    # up and down, with the momentum
    "CyclicLR",
    "OneCycleLR",
    # by a metric
    "ReduceLROnPlateau",
    # of several
    "ChainedScheduler",
    "SequentialLR",
]

check_calls(globals(), __all__)
