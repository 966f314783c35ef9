"""Parameters as one vector, and back."""

from minitorch_nn.utils.convert_parameters import *  # noqa: F403
