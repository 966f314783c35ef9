"""The modules of images."""

from ..common.publishing import publish as _publish
from .pixel_modules import *
from .upsampling_modules import *

_publish(globals())
