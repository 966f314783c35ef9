"""The functions beneath the modules: no state, all arguments explicit.

Fused operations use `record`, the seam that autograd's own operations use: the value is computed
with recording off, and each input has a rule of its own.

Source: https://docs.pytorch.org/docs/stable/nn.functional.html
"""

from .activation.functional import *
from .attention.functional import *
from .common.publishing import publish as _publish
from .convolution.functional import *
from .distance.functional import *
from .dropout.functional import *
from .embedding.functional import *
from .linear.functional import *
from .losses.functional import *
from .normalisation.functional import *
from .padding.functional import *
from .pooling.functional import *
from .vision.functional import *

_publish(globals(), home=True)
