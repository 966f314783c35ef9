"""Parametrizations: `import minitorch.nn.utils.parametrize as parametrize`."""

from minitorch_nn.utils.parametrize import *  # noqa: F403
