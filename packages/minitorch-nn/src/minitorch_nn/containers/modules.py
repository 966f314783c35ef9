"""The modules of containers."""

from ..common.publishing import publish as _publish
from .module_list import *
from .parameter_list import *
from .sequential import *

_publish(globals())
