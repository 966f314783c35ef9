"""The functions of pooling."""

from ..common.publishing import publish as _publish
from .adaptive import *
from .average import *
from .fractional import *
from .maximum import *
from .power import *
from .unpooling import *

_publish(globals(), check=True)
