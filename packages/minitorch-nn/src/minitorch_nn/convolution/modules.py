"""The modules of convolutions."""

from ..common.publishing import publish
from .convolution_modules import *
from .folding_modules import *
from .lazy_modules import *
from .transposed_modules import *

publish(globals())
