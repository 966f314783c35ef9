"""MiniTorch's differentiable tensor: the graph, `backward`, and every derivative rule.

Built on the tensor layer through the contract in `requires.py`. Names are torch's; `record` and
`record_with_output` are the way to define an operation with its derivative. A docstring that names
no source has torch's page of the same name: `torch.sin.html`, `torch.linalg.qr.html`.

What is public is listed where it stands, in the `__all__` of each file, and gathered here.
"""

import types as _types
import typing as _typing

from . import func as func
from . import functional as functional
from . import linalg as linalg
from . import random as random
from .arguments.device import *
from .arguments.dtype_names import *
from .arguments.dtypes import *
from .arguments.type_errors import *
from .arguments.type_errors import check_methods as _check_methods
from .engine.anomaly import *
from .engine.backward import *
from .engine.graph import *
from .engine.hooks import *
from .engine.modes import *
from .engine.node import *
from .engine.outputs import *
from .function.context import *
from .function.function import *
from .ops.core.arithmetic import *
from .ops.core.comparisons import *
from .ops.core.creation import *
from .ops.core.elementwise import *
from .ops.core.from_data import *
from .ops.core.indexing import *
from .ops.core.matmul import *
from .ops.core.movement import *
from .ops.core.reductions import *
from .ops.core.rounding import *
from .ops.elementwise.logic_and_bits import *
from .ops.elementwise.maximum_and_clamp import *
from .ops.elementwise.powers_and_logarithms import *
from .ops.elementwise.special import *
from .ops.elementwise.trigonometry import *
from .ops.fused.blocks import *
from .ops.fused.windows import *
from .ops.matrices.determinants import *
from .ops.matrices.distances import *
from .ops.matrices.least_squares import *
from .ops.matrices.legacy_linalg import *
from .ops.matrices.solve_and_inv import *
from .ops.parts.index_along_dim import *
from .ops.parts.masks import *
from .ops.parts.scatter import *
from .ops.parts.scatter_reduce import *
from .ops.parts.slice_scatter import *
from .ops.parts.take_and_put import *
from .ops.products.added_products import *
from .ops.products.chain_products import *
from .ops.products.einsum import *
from .ops.products.matrix_products import *
from .ops.products.vector_products import *
from .ops.random.distributions import *
from .ops.random.generator import *
from .ops.random.sampling import *
from .ops.shapes.broadcasting import *
from .ops.shapes.diagonals import *
from .ops.shapes.flip_and_roll import *
from .ops.shapes.grids_and_combinations import *
from .ops.shapes.joining import *
from .ops.shapes.ranges import *
from .ops.shapes.repeating import *
from .ops.shapes.reshaping import *
from .ops.shapes.splitting import *
from .ops.shapes.strides import *
from .ops.statistics.cumulative import *
from .ops.statistics.extremes import *
from .ops.statistics.histograms import *
from .ops.statistics.median_and_mode import *
from .ops.statistics.product import *
from .ops.statistics.quantiles import *
from .ops.statistics.searching import *
from .ops.statistics.softmax_and_logsumexp import *
from .ops.statistics.sorting import *
from .ops.statistics.unique import *
from .ops.statistics.variance import *
from .tensor_class.interop import *
from .tensor_class.methods import Methods as _Methods
from .tensor_class.printing import *
from .tensor_class.tensor import *
from .tools.gradcheck import *
from .tools.picture import *

# Public is what the stars brought, and these modules.
_public = ["func", "functional", "linalg", "random"]
_public += sorted(
    name
    for name, value in globals().items()
    if not (name.startswith("_") or isinstance(value, _types.ModuleType))
)
if not _typing.TYPE_CHECKING:  # a type checker follows the stars, and would take this for empty
    __all__ = _public

# The way to define an operation, and what takes nothing: their errors are as they are.
_SEAM = frozenset(
    """
    Function Tensor add_windows by_blocks dtype enable_grad foreach_copy_ is_grad_enabled
    matmul_windows no_grad outer_windows record record_several record_with_output sliding_windows
    spread_windows
    """.split()  # noqa: SIM905  (a line for each name is a page)
)
# Methods that compare numbers, or ask a tensor for its type: see `arguments.type_errors`.
_COMPARING = frozenset(
    """
    cauchy_ exponential_ fill_ log_normal_ new_full normal_ random_ stride type_as unfold uniform_
    """.split()  # noqa: SIM905  (a line for each name is a page)
)
check_calls(globals(), [name for name in _public if name not in _SEAM])
for _module in (func, functional, linalg):
    check_calls(vars(_module), _module.__all__)
_check_methods(Tensor, _COMPARING)
_check_methods(_Methods, _COMPARING)
