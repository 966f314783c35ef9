"""The functions of images."""

from ..common.publishing import publish
from .affine import *
from .grid_sampling import *
from .pixels import *
from .upsampling import *

publish(globals(), check=True)
