"""Schedules: how the learning rates of an optimizer change from epoch to epoch."""

from .engine.extensions import check_calls
from .schedules.cosine_lr import CosineAnnealingLR, CosineAnnealingWarmRestarts
from .schedules.cyclic_lr import CyclicLR
from .schedules.lambda_lr import LambdaLR, MultiplicativeLR
from .schedules.one_cycle_lr import OneCycleLR
from .schedules.polynomial_lr import ConstantLR, LinearLR, PolynomialLR
from .schedules.reduce_on_plateau import ReduceLROnPlateau
from .schedules.scheduler import LRScheduler
from .schedules.sequential_lr import ChainedScheduler, SequentialLR
from .schedules.step_lr import ExponentialLR, MultiStepLR, StepLR

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
