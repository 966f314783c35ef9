"""The functions of embeddings."""

from ..common.publishing import publish
from .bags import *
from .rows import *

publish(globals(), check=True)
