"""The base of modules and hooks of all modules, as `torch.nn.modules.module` has them."""

from minitorch_nn.modules.module import *  # noqa: F403
