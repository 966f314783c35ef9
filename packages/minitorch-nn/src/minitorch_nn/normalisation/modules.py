"""The modules of normalisation."""

from ..common.publishing import publish as _publish
from .batch_modules import *
from .group_modules import *
from .instance_modules import *
from .layer_modules import *
from .lazy_modules import *

_publish(globals())
