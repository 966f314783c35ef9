"""The functions of images."""

from ..common.publishing import publish as _publish
from .affine import *
from .grid_sampling import *
from .pixels import *
from .upsampling import *

_publish(globals(), check=True)
