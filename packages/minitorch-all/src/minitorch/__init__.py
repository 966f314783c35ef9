"""All of MiniTorch under PyTorch's names: `import minitorch as torch`.

This package re-exports the public names of the layers below, each where PyTorch has it. So what a
layer adds, or a replacement lacks, is seen here at once. What a replacement must have for
`import minitorch` is in `requires.py`.
"""

from minitorch_autograd import *

from . import autograd as autograd
from . import nn as nn
from . import optim as optim
from . import utils as utils
from ._saving.files import load as load
from ._saving.files import save as save
