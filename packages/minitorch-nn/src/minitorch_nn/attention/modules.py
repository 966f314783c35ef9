"""The modules of attention."""

from ..common.publishing import publish
from .multi_head_modules import *
from .transformer import *
from .transformer_layers import *

publish(globals())
