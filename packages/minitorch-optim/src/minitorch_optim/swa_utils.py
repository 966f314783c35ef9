"""The schedule of averaging; what averages a model is with the modules, in nn."""

from .schedules.swa_lr import SWALR

__all__ = ["SWALR"]
