"""MiniTorch's tensor layer: n-d tensors on NumPy, without gradients.

The functions here are primitives with regular arguments; the rich, torch-shaped interface is
built on them by the layer above. What that layer needs is written in its `requires.py`.
"""

import re as _re
import warnings as _warnings

from ._bits import bitwise_and, bitwise_not, bitwise_or, bitwise_xor, left_shift, right_shift
from ._blocks import by_blocks, copy_each, get_num_threads, set_num_threads
from ._choosing import where
from ._creation import arange, empty, full, tensor
from ._dtypes import bool_ as bool
from ._dtypes import (
    dtype,
    float16,
    float32,
    float64,
    get_default_dtype,
    int8,
    int16,
    int32,
    int64,
    set_default_dtype,
    uint8,
)
from ._elementary import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cos,
    cosh,
    exp2,
    expm1,
    hypot,
    log1p,
    log2,
    log10,
    logaddexp,
    sin,
    sinh,
    tan,
)
from ._elementwise import abs, div, exp, log, maximum, minimum, mul, sqrt, tanh
from ._formatting import set_printoptions, tensor_repr
from ._indexing import nonzero
from ._interop import from_dlpack, from_numpy, to_numpy
from ._linalg import cholesky, det, eigh, inv, qr, slogdet, solve, svd
from ._memory import keep_freed_memory as _keep_freed_memory
from ._movement import cat
from ._random import Generator, default_generator, rand, randn, randperm
from ._rounding import ceil, floor, floor_divide, fmod, remainder, round, sign, signbit, trunc
from ._scans import cummax, cummin, cumprod, cumsum, logcumsumexp, prod
from ._scattering import combine_at, put
from ._sorting import searchsorted, sort, topk
from ._special import digamma, erf, erfc, erfinv, lgamma, polygamma
from ._strides import as_strided, storage_offset, strides
from ._tensor import Tensor
from ._windows import add_matmul_windows, add_windows, matmul_windows, outer_windows, windows

__all__ = [
    # the class and its element types
    "Tensor",
    "bool",
    "dtype",
    "float16",
    "float32",
    "float64",
    "get_default_dtype",
    "int8",
    "int16",
    "int32",
    "int64",
    "set_default_dtype",
    "uint8",
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
    # elementary functions
    "acos",
    "acosh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "cos",
    "cosh",
    "exp2",
    "expm1",
    "hypot",
    "log1p",
    "log2",
    "log10",
    "logaddexp",
    "sin",
    "sinh",
    "tan",
    # scans
    "cummax",
    "cummin",
    "cumprod",
    "cumsum",
    "logcumsumexp",
    "prod",
    # sorting
    "searchsorted",
    "sort",
    "topk",
    # whole parts and remainders
    "ceil",
    "floor",
    "floor_divide",
    "fmod",
    "remainder",
    "round",
    "sign",
    "signbit",
    "trunc",
    # special functions
    "digamma",
    "erf",
    "erfc",
    "erfinv",
    "lgamma",
    "polygamma",
    # bits
    "bitwise_and",
    "bitwise_not",
    "bitwise_or",
    "bitwise_xor",
    "left_shift",
    "right_shift",
    # moving elements
    "cat",
    "combine_at",
    "nonzero",
    "put",
    # memory
    "as_strided",
    "storage_offset",
    "strides",
    # windows
    "add_matmul_windows",
    "add_windows",
    "matmul_windows",
    "outer_windows",
    "windows",
    # threads
    "by_blocks",
    "copy_each",
    "empty",
    "get_num_threads",
    "set_num_threads",
    # matrices
    "cholesky",
    "det",
    "eigh",
    "inv",
    "qr",
    "slogdet",
    "solve",
    "svd",
    # out of here
    "from_dlpack",
    "set_printoptions",
    "tensor_repr",
    "to_numpy",
]

# 1 / 0 is inf and log(-1) is nan, without a word, as in torch. `np.errstate` would say so too, at
# twice the price of a small operation; a filter costs nothing until there is something to silence.
_warnings.filterwarnings("ignore", category=RuntimeWarning, module=rf"{_re.escape(__name__)}\._")

_keep_freed_memory()
