"""The graph: `from minitorch.autograd.graph import Node`."""

from minitorch_autograd import *  # noqa: F403
