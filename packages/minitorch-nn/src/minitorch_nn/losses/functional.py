"""The functions of losses."""

from ..common.publishing import publish as _publish
from .binary import *
from .classification import *
from .ctc import *
from .distribution import *
from .margin import *
from .ranking import *
from .regression import *

_publish(globals(), check=True)
