"""Functions of functions, and of modules: `from minitorch.func import grad, functional_call`."""

from importlib.util import find_spec

from minitorch_autograd.func import *  # noqa: F403

if find_spec("minitorch_nn.func") is not None:  # which another nn may lack
    from minitorch_nn.func import functional_call as functional_call
