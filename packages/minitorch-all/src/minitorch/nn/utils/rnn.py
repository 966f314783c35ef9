"""Sequences of several lengths: `from minitorch.nn.utils.rnn import pad_sequence`."""

from minitorch_nn.utils.rnn import *  # noqa: F403
