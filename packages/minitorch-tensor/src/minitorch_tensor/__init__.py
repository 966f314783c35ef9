"""MiniTorch's tensor layer: n-d tensors on NumPy, without gradients.

The functions here are primitives with regular arguments; the rich, torch-shaped interface is
built on them by the layer above. What that layer needs is written in its `requires.py`.
"""

import re as _re
import warnings as _warnings

from ._creation import arange, full, tensor
from ._dtypes import bool_ as bool
from ._dtypes import dtype, float32, float64, int64
from ._elementwise import abs, div, exp, log, maximum, minimum, mul, sqrt, tanh, where
from ._formatting import tensor_repr
from ._indexing import put
from ._interop import from_numpy, to_numpy
from ._movement import cat
from ._random import Generator, default_generator, rand, randn, randperm
from ._tensor import Tensor

__all__ = [
    # the class and its element types
    "Tensor",
    "bool",
    "dtype",
    "float32",
    "float64",
    "int64",
    # creation
    "arange",
    "from_numpy",
    "full",
    "tensor",
    # random numbers
    "Generator",
    "default_generator",
    "rand",
    "randn",
    "randperm",
    # elementwise
    "abs",
    "div",
    "exp",
    "log",
    "maximum",
    "minimum",
    "mul",
    "sqrt",
    "tanh",
    "where",
    # moving elements
    "cat",
    "put",
    # out of here
    "tensor_repr",
    "to_numpy",
]

# 1 / 0 is inf and log(-1) is nan, without a word, as in torch. `np.errstate` would say so too, at
# twice the price of a small operation; a filter costs nothing until there is something to silence.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=rf"{_re.escape(__name__)}\._")
