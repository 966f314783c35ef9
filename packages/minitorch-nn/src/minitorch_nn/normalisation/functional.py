"""The functions of normalisation."""

from ..common.publishing import publish
from .batch import *
from .group import *
from .layer import *

publish(globals(), check=True)
