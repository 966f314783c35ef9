"""The modules of convolutions."""

from ..common.publishing import publish as _publish
from .convolution_modules import *
from .folding_modules import *
from .lazy_modules import *
from .transposed_modules import *

_publish(globals())
