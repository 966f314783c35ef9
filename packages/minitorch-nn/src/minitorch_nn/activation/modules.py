"""The modules of activations."""

from ..common.publishing import publish as _publish
from .exponential_modules import *
from .gate_modules import *
from .rectifier_modules import *
from .shrinking_modules import *
from .sigmoid_modules import *
from .softmax_modules import *

_publish(globals())
