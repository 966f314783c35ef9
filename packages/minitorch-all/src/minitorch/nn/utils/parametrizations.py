"""Weights by direction and length, of limited norm, or orthogonal."""

from minitorch_nn.utils.parametrizations import *  # noqa: F403
