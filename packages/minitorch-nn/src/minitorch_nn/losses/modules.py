"""The modules of losses."""

from ..common.publishing import publish as _publish
from .adaptive_softmax import *
from .classification_modules import *
from .margin_modules import *
from .regression_modules import *

_publish(globals())
