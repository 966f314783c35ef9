"""Functions of functions: `from minitorch.func import grad, vmap`."""

from minitorch_autograd.func import *  # noqa: F403
