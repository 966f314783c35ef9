"""The functions of losses."""

from ..common.publishing import publish
from .binary import *
from .classification import *
from .ctc import *
from .distribution import *
from .margin import *
from .ranking import *
from .regression import *

publish(globals(), check=True)
