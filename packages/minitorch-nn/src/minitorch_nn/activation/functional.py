"""The functions of activations."""

from ..common.publishing import publish
from .exponential import *
from .gates import *
from .rectifiers import *
from .shrinking import *
from .sigmoids import *
from .softmaxes import *

publish(globals(), check=True)
