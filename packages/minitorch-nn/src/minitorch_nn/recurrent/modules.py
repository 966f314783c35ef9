"""The modules of recurrent networks."""

from ..common.publishing import publish
from .base import *
from .cell_modules import *
from .layers import *

publish(globals())
