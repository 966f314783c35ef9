"""Convolutions and linear maps that take a batch normalisation in."""

from minitorch_nn.utils.fusion import *  # noqa: F403
