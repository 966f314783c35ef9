"""The modules of images."""

from ..common.publishing import publish
from .pixel_modules import *
from .upsampling_modules import *

publish(globals())
