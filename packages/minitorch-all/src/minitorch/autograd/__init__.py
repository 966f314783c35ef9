"""Gradients, as `torch.autograd` has them; all else of the autograd layer is here, too."""

from minitorch_autograd import *

from . import function as function
from . import graph as graph
