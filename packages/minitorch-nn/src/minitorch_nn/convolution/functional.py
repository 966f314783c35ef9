"""The functions of convolutions."""

from ..common.publishing import publish
from .convolution import *
from .folding import *
from .transposed import *

publish(globals(), check=True)
