"""All of MiniTorch under PyTorch's names: `import minitorch as torch`.

There is no code of a layer here: this package shows what is public in the layers below, each
where PyTorch has it. So a richer layer makes a richer front, and a replaced one shows itself.
What a replacement must have for that is in `requires.py`.
"""

from minitorch_autograd import *

from . import autograd as autograd
from . import nn as nn
from . import optim as optim
from . import utils as utils
from ._saving import load as load
from ._saving import save as save
