"""The base of modules, and hooks of all modules.

Source: https://docs.pytorch.org/docs/stable/nn.html#module
"""

from ..common.publishing import publish as _publish
from ..core.global_hooks import *
from ..core.module import *

_publish(globals())
