"""The functions of convolutions."""

from ..common.publishing import publish as _publish
from .convolution import *
from .folding import *
from .transposed import *

_publish(globals(), check=True)
