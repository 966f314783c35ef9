"""Modules under the path that PyTorch has them at, too."""

from minitorch_nn import *

from . import module as module
