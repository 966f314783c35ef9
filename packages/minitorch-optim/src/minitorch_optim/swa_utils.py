"""The schedule of averaging; what averages a model is with the modules, in nn."""

from ._swa_lr import SWALR

__all__ = ["SWALR"]
