"""The modules of pooling."""

from ..common.publishing import publish as _publish
from .adaptive_modules import *
from .average_modules import *
from .fractional_modules import *
from .maximum_modules import *

_publish(globals())
