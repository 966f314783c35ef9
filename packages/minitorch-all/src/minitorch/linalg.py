"""Linear algebra, as `torch.linalg` has it."""

from minitorch_autograd.linalg import *  # noqa: F403
