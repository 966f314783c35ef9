"""MiniTorch's layers: modules, losses, and the functions beneath them.

Built on the autograd layer through the contract in `requires.py`. Each folder is a family: its
functions (all in its `functional.py`), its modules (all in its `modules.py`), and what they are
made of. The modules of the functions in `gates.py` are in `gate_modules.py`.

Names are torch's, and a docstring that names no page of torch's has the one of the same name, such
as `torch.nn.Linear.html`.
"""

from . import functional as functional
from . import init as init
from . import modules as modules
from . import utils as utils
from .activation.modules import *
from .attention.modules import *
from .common.publishing import publish as _publish
from .containers.modules import *
from .convolution.modules import *
from .core.module import *
from .core.parameter import *
from .distance.modules import *
from .dropout.modules import *
from .embedding.modules import *
from .linear.modules import *
from .losses.modules import *
from .normalisation.modules import *
from .padding.modules import *
from .pooling.modules import *
from .recurrent.modules import *
from .vision.modules import *

_publish(globals(), "functional", "init", "modules", "utils", check=True)
