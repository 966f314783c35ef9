"""The modules of linear maps."""

from ..common.publishing import publish as _publish
from .flatten_modules import *
from .linear_modules import *

_publish(globals())
