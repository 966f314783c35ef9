"""The functions of pooling."""

from ..common.publishing import publish
from .adaptive import *
from .average import *
from .fractional import *
from .maximum import *
from .power import *
from .unpooling import *

publish(globals(), check=True)
