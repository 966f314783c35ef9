"""The modules of recurrent networks."""

from ..common.publishing import publish as _publish
from .base import *
from .cell_modules import *
from .layers import *

_publish(globals())
