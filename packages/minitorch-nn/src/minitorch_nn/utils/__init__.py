"""What helps with modules: gradients, vectors of parameters, sequences of several lengths.

Source: https://docs.pytorch.org/docs/stable/nn.html#utilities
"""

from . import rnn

__all__ = ["rnn"]
