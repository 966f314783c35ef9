"""The functions of attention."""

from ..common.publishing import publish as _publish
from .multi_head import *
from .scaled_dot_product import *

_publish(globals(), check=True)
