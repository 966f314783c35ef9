"""The functions of normalisation."""

from ..common.publishing import publish as _publish
from .batch import *
from .group import *
from .layer import *

_publish(globals(), check=True)
