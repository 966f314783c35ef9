"""The modules of linear maps."""

from ..common.publishing import publish
from .flatten_modules import *
from .linear_modules import *

publish(globals())
