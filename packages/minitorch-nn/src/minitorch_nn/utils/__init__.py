"""What helps with modules: gradients, vectors of parameters, parametrizations, sequences.

Source: https://docs.pytorch.org/docs/stable/nn.html#utilities
"""

from ..common.publishing import publish as _publish
from . import parametrizations as parametrizations
from . import parametrize as parametrize
from . import rnn as rnn
from . import stateless as stateless
from .clip_grad import *
from .convert_parameters import *
from .fusion import *
from .init import *
from .norm_hooks import *

_publish(globals(), "parametrizations", "parametrize", "rnn", "stateless")
