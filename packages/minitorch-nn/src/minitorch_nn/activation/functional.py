"""The functions of activations."""

from ..common.publishing import publish as _publish
from .exponential import *
from .gates import *
from .rectifiers import *
from .shrinking import *
from .sigmoids import *
from .softmaxes import *

_publish(globals(), check=True)
