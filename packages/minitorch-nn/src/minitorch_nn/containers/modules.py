"""The modules of containers."""

from ..common.publishing import publish
from .module_list import *
from .parameter_list import *
from .sequential import *

publish(globals())
