"""The functions beneath the modules: `import minitorch.nn.functional as F`."""

from minitorch_nn.functional import *  # noqa: F403
