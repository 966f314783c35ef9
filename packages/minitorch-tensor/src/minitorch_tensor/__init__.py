"""MiniTorch's tensor layer: n-d tensors on NumPy, without gradients.

The functions here are primitives with regular arguments; the rich, torch-shaped interface is
built on them by the layer above. What that layer needs is written in its `requires.py`.

A folder imports only those before it: `core`, `threads`, `elementwise`, `reductions`, `movement`,
`matrices`. On top of them, in files of their own: creation, random numbers, conversion, printing,
and the class `Tensor`.
"""

import re as _re
import types as _types
import typing as _typing
import warnings as _warnings

from .conversion import *
from .core.allocator import keep_freed_memory as _keep_freed_memory
from .core.dtypes import *
from .creation import *
from .elementwise.arithmetic import *
from .elementwise.bitwise import *
from .elementwise.comparisons import *
from .elementwise.conditional import *
from .elementwise.error_function import *
from .elementwise.exponentials import *
from .elementwise.gamma_function import *
from .elementwise.rounding import *
from .elementwise.trigonometry import *
from .formatting import *
from .generator import *
from .matrices.convolution import *
from .matrices.linalg import *
from .movement.copies import *
from .movement.indexing import *
from .movement.scatter import *
from .movement.sliding_windows import *
from .movement.views import *
from .random import *
from .reductions.scans import *
from .reductions.sorting import *
from .tensor_class import *
from .threads.blocks import *
from .threads.sharing import *

# Public is what the stars have brought, from the `__all__` of each file.
if not _typing.TYPE_CHECKING:  # type checkers follow the stars, and would take this list for empty
    __all__ = sorted(
        name
        for name, value in globals().items()
        if not (name.startswith("_") or isinstance(value, _types.ModuleType))
    )

# 1 / 0 is inf and log(-1) is nan, without a warning, as in torch. `np.errstate` would do that, too,
# but double the time of a small operation; a filter costs nothing until there is a warning.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=rf"{_re.escape(__name__)}\.")

_keep_freed_memory()
