"""The functions of embeddings."""

from ..common.publishing import publish as _publish
from .bags import *
from .rows import *

_publish(globals(), check=True)
