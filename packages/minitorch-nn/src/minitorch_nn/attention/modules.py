"""The modules of attention."""

from ..common.publishing import publish as _publish
from .multi_head_modules import *
from .transformer import *
from .transformer_layers import *

_publish(globals())
