"""The functions of attention."""

from ..common.publishing import publish
from .multi_head import *
from .scaled_dot_product import *

publish(globals(), check=True)
