"""Modules under the path that PyTorch has them at, too."""

from minitorch_nn import *  # noqa: F403

from . import module as module
