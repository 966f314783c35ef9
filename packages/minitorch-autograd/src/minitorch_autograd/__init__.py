"""MiniTorch's differentiable tensor: the graph, `backward`, and every derivative rule.

Built on the tensor layer through the contract in `requires.py`. Names are torch's; `record` and
`record_with_output` are the way to define an operation with its derivative. A docstring that names
no source has torch's page of the same name: `torch.sin.html`, `torch.linalg.qr.html`.
"""

from minitorch_tensor import bool as bool
from minitorch_tensor import (
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

# First, since the class's table of methods wants the families below complete.
from .tensor_class.tensor import Tensor

# isort: split

from . import func, functional, linalg, random
from .arguments.device import device
from .arguments.dtypes import (
    can_cast,
    double,
    finfo,
    half,
    iinfo,
    is_complex,
    is_floating_point,
    is_tensor,
    long,
    promote_types,
    result_type,
    short,
)
from .arguments.dtypes import float_ as float
from .arguments.dtypes import int_ as int
from .arguments.type_errors import check_calls, check_methods, refuse_misfits
from .engine.anomaly import (
    detect_anomaly,
    is_anomaly_check_nan_enabled,
    is_anomaly_enabled,
    set_detect_anomaly,
)
from .engine.backward import backward, grad
from .engine.graph import record, record_with_output
from .engine.hooks import RemovableHandle
from .engine.modes import (
    enable_grad,
    inference_mode,
    is_grad_enabled,
    is_inference_mode_enabled,
    no_grad,
    set_grad_enabled,
)
from .engine.node import Node
from .engine.outputs import record_several
from .function.context import FunctionCtx
from .function.function import Function, once_differentiable
from .ops.core.arithmetic import add, addcdiv, addcmul, div, mul, neg, positive, pow, rsub, sub
from .ops.core.arithmetic import div as divide
from .ops.core.arithmetic import div as true_divide
from .ops.core.arithmetic import mul as multiply
from .ops.core.arithmetic import neg as negative
from .ops.core.arithmetic import sub as subtract
from .ops.core.comparisons import (
    allclose,
    copysign,
    eq,
    equal,
    ge,
    gt,
    isclose,
    isfinite,
    isinf,
    isnan,
    isneginf,
    isposinf,
    le,
    lt,
    ne,
    signbit,
)
from .ops.core.comparisons import ge as greater_equal
from .ops.core.comparisons import gt as greater
from .ops.core.comparisons import le as less_equal
from .ops.core.comparisons import lt as less
from .ops.core.comparisons import ne as not_equal
from .ops.core.creation import (
    as_tensor,
    asarray,
    empty,
    empty_like,
    full,
    full_like,
    ones,
    ones_like,
    scalar_tensor,
    tensor,
    zeros,
    zeros_like,
)
from .ops.core.elementwise import abs, exp, log, relu, sigmoid, sqrt, tanh
from .ops.core.elementwise import abs as absolute
from .ops.core.indexing import gather
from .ops.core.matmul import dot, matmul, mv
from .ops.core.movement import clone, permute, reshape, squeeze, t, transpose, unsqueeze
from .ops.core.reductions import all, any, count_nonzero, mean, nanmean, nansum, prod, sum
from .ops.core.rounding import ceil, floor, floor_divide, fmod, frac, remainder, round, sign, trunc
from .ops.core.rounding import sign as sgn
from .ops.core.rounding import trunc as fix
from .ops.elementwise.blocks import by_blocks, foreach_copy_, get_num_threads, set_num_threads
from .ops.elementwise.clamping import (
    clamp,
    clamp_max,
    clamp_min,
    fmax,
    fmin,
    lerp,
    maximum,
    minimum,
    nan_to_num,
)
from .ops.elementwise.clamping import clamp as clip
from .ops.elementwise.exponentials import (
    exp2,
    expm1,
    float_power,
    log1p,
    log2,
    log10,
    logaddexp,
    logaddexp2,
    reciprocal,
    rsqrt,
    square,
    xlogy,
)
from .ops.elementwise.logic import (
    bitwise_and,
    bitwise_left_shift,
    bitwise_not,
    bitwise_or,
    bitwise_right_shift,
    bitwise_xor,
    logical_and,
    logical_not,
    logical_or,
    logical_xor,
)
from .ops.elementwise.special import digamma, erf, erfc, erfinv, lgamma, logit, polygamma
from .ops.elementwise.trigonometry import (
    acos,
    acosh,
    asin,
    asinh,
    atan,
    atan2,
    atanh,
    cos,
    cosh,
    deg2rad,
    hypot,
    rad2deg,
    sin,
    sinc,
    sinh,
    tan,
)
from .ops.elementwise.trigonometry import acos as arccos
from .ops.elementwise.trigonometry import acosh as arccosh
from .ops.elementwise.trigonometry import asin as arcsin
from .ops.elementwise.trigonometry import asinh as arcsinh
from .ops.elementwise.trigonometry import atan as arctan
from .ops.elementwise.trigonometry import atan2 as arctan2
from .ops.elementwise.trigonometry import atanh as arctanh
from .ops.matrices.added_products import addbmm, addmm, addmv, addr, baddbmm
from .ops.matrices.chain_matmul import chain_matmul
from .ops.matrices.determinants import logdet
from .ops.matrices.distances import cdist
from .ops.matrices.einsum import einsum
from .ops.matrices.former_names import cholesky, det, qr, slogdet, svd
from .ops.matrices.least_squares import pinverse
from .ops.matrices.products import bmm, cross, ger, inner, kron, mm, outer, tensordot, vdot
from .ops.matrices.solving import inverse, matrix_power
from .ops.parts.index_writes import (
    index_add,
    index_copy,
    index_fill,
    index_put,
    index_reduce,
    index_select,
)
from .ops.parts.masks import argwhere, masked_fill, masked_scatter, masked_select, nonzero, where
from .ops.parts.scatter import scatter, scatter_add, scatter_reduce
from .ops.parts.slice_scatter import diagonal_scatter, select_scatter, slice_scatter
from .ops.parts.take_put import put, take, take_along_dim
from .ops.random.distributions import bernoulli, multinomial, normal, poisson
from .ops.random.generator import (
    Generator,
    default_generator,
    get_rng_state,
    initial_seed,
    manual_seed,
    seed,
    set_rng_state,
)
from .ops.random.random import rand, rand_like, randint, randint_like, randn, randn_like, randperm
from .ops.shapes.combinations import cartesian_prod, combinations
from .ops.shapes.diagonals import diag, diag_embed, diagonal, trace, tril, triu
from .ops.shapes.joining import (
    atleast_1d,
    atleast_2d,
    atleast_3d,
    cat,
    column_stack,
    dstack,
    hstack,
    stack,
    vstack,
)
from .ops.shapes.ranges import arange, eye, linspace, logspace, meshgrid, tril_indices, triu_indices
from .ops.shapes.rearranging import flip, fliplr, flipud, repeat_interleave, roll, rot90, tile
from .ops.shapes.shaping import (
    broadcast_shapes,
    broadcast_tensors,
    broadcast_to,
    flatten,
    moveaxis,
    movedim,
    numel,
    ravel,
    swapaxes,
    swapdims,
    unflatten,
)
from .ops.shapes.splitting import chunk, narrow, select, split, tensor_split, unbind
from .ops.shapes.strides import as_strided
from .ops.shapes.windows import (
    add_windows,
    matmul_windows,
    outer_windows,
    sliding_windows,
    spread_windows,
)
from .ops.statistics.counting import bincount, histc
from .ops.statistics.extremes import amax, amin, aminmax, argmax, argmin, max, min
from .ops.statistics.order_statistics import median, mode, nanmedian
from .ops.statistics.quantiles import nanquantile, quantile
from .ops.statistics.scans import cummax, cummin, cumprod, cumsum, logcumsumexp
from .ops.statistics.searching import bucketize, isin, searchsorted
from .ops.statistics.sorting import argsort, kthvalue, msort, sort, topk
from .ops.statistics.statistics import (
    diff,
    dist,
    log_softmax,
    logsumexp,
    norm,
    softmax,
    std,
    std_mean,
    var,
    var_mean,
)
from .ops.statistics.unique import unique, unique_consecutive
from .tensor_class.interop import from_dlpack, from_numpy
from .tensor_class.methods import Methods
from .tensor_class.printing import set_printoptions
from .tools.gradcheck import gradcheck, gradgradcheck
from .tools.picture import GraphPicture, draw_graph

__all__ = [
    # the class and its element types
    "Tensor",
    "bool",
    "can_cast",
    "device",
    "double",
    "dtype",
    "finfo",
    "float",
    "float16",
    "float32",
    "float64",
    "get_default_dtype",
    "half",
    "iinfo",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "is_complex",
    "is_floating_point",
    "is_tensor",
    "long",
    "promote_types",
    "result_type",
    "set_default_dtype",
    "short",
    "uint8",
    # gradients
    "Function",
    "FunctionCtx",
    "Node",
    "RemovableHandle",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "func",
    "functional",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "inference_mode",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "check_calls",
    "refuse_misfits",
    "once_differentiable",
    "by_blocks",
    "foreach_copy_",
    "record",
    "record_several",
    "record_with_output",
    "set_detect_anomaly",
    "set_grad_enabled",
    # pictures
    "GraphPicture",
    "draw_graph",
    # creation
    "arange",
    "as_tensor",
    "asarray",
    "empty",
    "empty_like",
    "eye",
    "from_dlpack",
    "from_numpy",
    "full",
    "full_like",
    "linspace",
    "logspace",
    "meshgrid",
    "ones",
    "ones_like",
    "scalar_tensor",
    "tensor",
    "tril_indices",
    "triu_indices",
    "zeros",
    "zeros_like",
    # random numbers
    "Generator",
    "bernoulli",
    "default_generator",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "multinomial",
    "normal",
    "poisson",
    "rand",
    "rand_like",
    "randint",
    "randint_like",
    "randn",
    "randn_like",
    "random",
    "randperm",
    "seed",
    "set_rng_state",
    # elementwise
    "abs",
    "absolute",
    "acos",
    "acosh",
    "add",
    "addcdiv",
    "addcmul",
    "allclose",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "asin",
    "asinh",
    "atan",
    "atan2",
    "atanh",
    "bitwise_and",
    "bitwise_left_shift",
    "bitwise_not",
    "bitwise_or",
    "bitwise_right_shift",
    "bitwise_xor",
    "ceil",
    "clamp",
    "clamp_max",
    "clamp_min",
    "clip",
    "copysign",
    "cos",
    "cosh",
    "deg2rad",
    "digamma",
    "div",
    "divide",
    "eq",
    "equal",
    "erf",
    "erfc",
    "erfinv",
    "exp",
    "exp2",
    "expm1",
    "fix",
    "float_power",
    "floor",
    "floor_divide",
    "fmax",
    "fmin",
    "fmod",
    "frac",
    "ge",
    "greater",
    "greater_equal",
    "gt",
    "hypot",
    "isclose",
    "isfinite",
    "isinf",
    "isnan",
    "isneginf",
    "isposinf",
    "le",
    "lerp",
    "less",
    "less_equal",
    "lgamma",
    "log",
    "log10",
    "log1p",
    "log2",
    "logaddexp",
    "logaddexp2",
    "logical_and",
    "logical_not",
    "logical_or",
    "logical_xor",
    "logit",
    "lt",
    "maximum",
    "minimum",
    "mul",
    "multiply",
    "nan_to_num",
    "ne",
    "neg",
    "negative",
    "not_equal",
    "polygamma",
    "positive",
    "pow",
    "rad2deg",
    "reciprocal",
    "relu",
    "remainder",
    "round",
    "rsqrt",
    "rsub",
    "sgn",
    "sigmoid",
    "sign",
    "signbit",
    "sin",
    "sinc",
    "sinh",
    "sqrt",
    "square",
    "sub",
    "subtract",
    "tan",
    "tanh",
    "true_divide",
    "trunc",
    "where",
    "xlogy",
    # linear algebra
    "cdist",
    "cholesky",
    "det",
    "inverse",
    "linalg",
    "logdet",
    "matrix_power",
    "pinverse",
    "qr",
    "slogdet",
    "svd",
    # matrix products
    "addbmm",
    "addmm",
    "addmv",
    "addr",
    "baddbmm",
    "bmm",
    "chain_matmul",
    "cross",
    "dot",
    "einsum",
    "ger",
    "inner",
    "kron",
    "matmul",
    "mm",
    "mv",
    "outer",
    "tensordot",
    "vdot",
    # reductions
    "all",
    "aminmax",
    "any",
    "count_nonzero",
    "diff",
    "dist",
    "log_softmax",
    "logsumexp",
    "nanmean",
    "nansum",
    "norm",
    "prod",
    "softmax",
    "std",
    "std_mean",
    "var_mean",
    "cummax",
    "cummin",
    "cumprod",
    "cumsum",
    "logcumsumexp",
    "amax",
    "amin",
    "argmax",
    "argmin",
    "max",
    "mean",
    "min",
    "sum",
    "var",
    # reading and writing parts
    "argwhere",
    "diagonal_scatter",
    "gather",
    "index_add",
    "index_copy",
    "index_fill",
    "index_put",
    "index_reduce",
    "index_select",
    "masked_fill",
    "masked_scatter",
    "masked_select",
    "nonzero",
    "put",
    "scatter",
    "scatter_add",
    "scatter_reduce",
    "select_scatter",
    "slice_scatter",
    "take",
    "take_along_dim",
    # in order, and counted
    "argsort",
    "bincount",
    "bucketize",
    "cartesian_prod",
    "combinations",
    "histc",
    "isin",
    "kthvalue",
    "median",
    "mode",
    "msort",
    "nanmedian",
    "nanquantile",
    "quantile",
    "searchsorted",
    "sort",
    "topk",
    "unique",
    "unique_consecutive",
    # moving elements
    "as_strided",
    "atleast_1d",
    "atleast_2d",
    "atleast_3d",
    "broadcast_shapes",
    "broadcast_tensors",
    "broadcast_to",
    "cat",
    "chunk",
    "clone",
    "column_stack",
    "diag",
    "diag_embed",
    "diagonal",
    "dstack",
    "flatten",
    "flip",
    "fliplr",
    "flipud",
    "hstack",
    "moveaxis",
    "movedim",
    "numel",
    "narrow",
    "permute",
    "ravel",
    "repeat_interleave",
    "reshape",
    "roll",
    "rot90",
    "select",
    "split",
    "squeeze",
    "stack",
    "swapaxes",
    "swapdims",
    "t",
    "tensor_split",
    "tile",
    "trace",
    "transpose",
    "tril",
    "triu",
    "unbind",
    "unflatten",
    "unsqueeze",
    "vstack",
    # windows
    "add_windows",
    "matmul_windows",
    "outer_windows",
    "sliding_windows",
    "spread_windows",
    # threads
    "get_num_threads",
    "set_num_threads",
    # text
    "set_printoptions",
]

# The way to define an operation, which nn goes with each of its own, and what takes nothing.
_SEAM = frozenset(
    """
    Function Tensor add_windows by_blocks dtype enable_grad foreach_copy_ is_grad_enabled
    matmul_windows no_grad outer_windows record record_several record_with_output sliding_windows
    spread_windows
    """.split()  # noqa: SIM905  (a line for each name is a page)
)
# Methods that compare numbers, or ask a tensor for its type, by themselves: see `arguments.type_errors`.
_COMPARING = frozenset(
    """
    cauchy_ exponential_ fill_ log_normal_ new_full normal_ random_ stride type_as unfold uniform_
    """.split()  # noqa: SIM905  (a line for each name is a page)
)
check_calls(globals(), [name for name in __all__ if name not in _SEAM])
for _module in (func, functional, linalg):
    check_calls(vars(_module), _module.__all__)
check_methods(Tensor, _COMPARING)
check_methods(Methods, _COMPARING)
