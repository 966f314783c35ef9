"""The table of the operations that are methods of a tensor, too.

Each is the function from the file of its family, under its name as a method.
"""

from __future__ import annotations

from ..arguments import dtypes
from ..engine.writes import in_place
from ..ops.core import (
    arithmetic,
    casts,
    comparisons,
    elementwise,
    indexing,
    inplace,
    movement,
    reductions,
    rounding,
)
from ..ops.core import matmul as _matmul
from ..ops.elementwise import clamping, exponentials, logic, special, trigonometry
from ..ops.matrices import (
    added_products,
    determinants,
    former_names,
    least_squares,
    products,
    solving,
)
from ..ops.parts import index_writes, masks, take_put
from ..ops.parts import scatter as _scatter
from ..ops.parts import slice_scatter as _slice_scatter
from ..ops.random import in_place as _random_in_place
from ..ops.shapes import diagonals, rearranging, shaping, splitting, strides
from ..ops.statistics import (
    counting,
    extremes,
    order_statistics,
    quantiles,
    scans,
    sorting,
    statistics,
)
from ..ops.statistics import unique as _unique
from . import interop, new_like, protocols


class Methods:
    """The operations on a tensor; `Tensor` adds its properties."""

    __slots__ = ()

    # --- Arithmetic

    addcdiv = arithmetic.addcdiv
    addcmul = arithmetic.addcmul
    positive = arithmetic.positive
    add = arithmetic.add
    sub = arithmetic.sub
    mul = arithmetic.mul
    div = arithmetic.div
    pow = arithmetic.pow
    neg = arithmetic.neg
    __add__ = arithmetic.add
    __radd__ = arithmetic.add
    __sub__ = arithmetic.sub
    __rsub__ = arithmetic.rsub
    __mul__ = arithmetic.mul
    __rmul__ = arithmetic.mul
    __truediv__ = arithmetic.div
    __rtruediv__ = arithmetic.rdiv
    __pow__ = arithmetic.pow
    __rpow__ = arithmetic.rpow
    __neg__ = arithmetic.neg

    # --- Comparisons

    allclose = comparisons.allclose
    copysign = comparisons.copysign
    equal = comparisons.equal
    isclose = comparisons.isclose
    isfinite = comparisons.isfinite
    isinf = comparisons.isinf
    isnan = comparisons.isnan
    isneginf = comparisons.isneginf
    isposinf = comparisons.isposinf
    signbit = comparisons.signbit
    eq = comparisons.eq
    ne = comparisons.ne
    lt = comparisons.lt
    le = comparisons.le
    gt = comparisons.gt
    ge = comparisons.ge
    __lt__ = comparisons.lt
    __le__ = comparisons.le
    __gt__ = comparisons.gt
    __ge__ = comparisons.ge

    # --- Functions of one element at a time

    exp = elementwise.exp
    log = elementwise.log
    sqrt = elementwise.sqrt
    tanh = elementwise.tanh
    sigmoid = elementwise.sigmoid
    relu = elementwise.relu
    abs = elementwise.abs
    __abs__ = elementwise.abs

    # --- Matrix products

    matmul = _matmul.matmul
    dot = _matmul.dot
    mv = _matmul.mv
    mm = products.mm
    bmm = products.bmm
    vdot = products.vdot
    inner = products.inner
    outer = products.outer
    ger = products.ger
    addmm = added_products.addmm
    addmv = added_products.addmv
    addr = added_products.addr
    addbmm = added_products.addbmm
    baddbmm = added_products.baddbmm
    kron = products.kron
    cross = products.cross
    __matmul__ = _matmul.matmul

    # --- Linear algebra

    det = former_names.det
    slogdet = former_names.slogdet
    logdet = determinants.logdet
    inverse = solving.inverse
    pinverse = least_squares.pinverse
    matrix_power = solving.matrix_power
    cholesky = former_names.cholesky
    qr = former_names.qr
    svd = former_names.svd

    # --- Trigonometric and hyperbolic functions

    acos = trigonometry.acos
    acosh = trigonometry.acosh
    asin = trigonometry.asin
    asinh = trigonometry.asinh
    atan = trigonometry.atan
    atan2 = trigonometry.atan2
    atanh = trigonometry.atanh
    cos = trigonometry.cos
    cosh = trigonometry.cosh
    deg2rad = trigonometry.deg2rad
    hypot = trigonometry.hypot
    rad2deg = trigonometry.rad2deg
    sin = trigonometry.sin
    sinc = trigonometry.sinc
    sinh = trigonometry.sinh
    tan = trigonometry.tan

    # --- Powers and logarithms

    exp2 = exponentials.exp2
    expm1 = exponentials.expm1
    float_power = exponentials.float_power
    log10 = exponentials.log10
    log1p = exponentials.log1p
    log2 = exponentials.log2
    logaddexp = exponentials.logaddexp
    logaddexp2 = exponentials.logaddexp2
    reciprocal = exponentials.reciprocal
    rsqrt = exponentials.rsqrt
    square = exponentials.square
    xlogy = exponentials.xlogy

    # --- Special functions

    digamma = special.digamma
    erf = special.erf
    erfc = special.erfc
    erfinv = special.erfinv
    lgamma = special.lgamma
    logit = special.logit
    polygamma = special.polygamma

    # --- Rounding and remainders

    ceil = rounding.ceil
    floor = rounding.floor
    floor_divide = rounding.floor_divide
    fmod = rounding.fmod
    frac = rounding.frac
    remainder = rounding.remainder
    round = rounding.round
    sign = rounding.sign
    trunc = rounding.trunc

    # --- Bounds

    clamp = clamping.clamp
    clamp_max = clamping.clamp_max
    clamp_min = clamping.clamp_min
    fmax = clamping.fmax
    fmin = clamping.fmin
    lerp = clamping.lerp
    maximum = clamping.maximum
    minimum = clamping.minimum
    nan_to_num = clamping.nan_to_num

    # --- Logic and bits

    bitwise_and = logic.bitwise_and
    bitwise_left_shift = logic.bitwise_left_shift
    bitwise_not = logic.bitwise_not
    bitwise_or = logic.bitwise_or
    bitwise_right_shift = logic.bitwise_right_shift
    bitwise_xor = logic.bitwise_xor
    logical_and = logic.logical_and
    logical_not = logic.logical_not
    logical_or = logic.logical_or
    logical_xor = logic.logical_xor

    # --- Operators of integers

    __floordiv__ = rounding.floor_divide
    __rfloordiv__ = rounding.rfloordiv
    __mod__ = rounding.remainder
    __rmod__ = rounding.rmod
    __and__ = logic.bitwise_and
    __rand__ = logic.bitwise_and
    __or__ = logic.bitwise_or
    __ror__ = logic.bitwise_or
    __xor__ = logic.bitwise_xor
    __rxor__ = logic.bitwise_xor
    __invert__ = logic.bitwise_not
    __lshift__ = logic.bitwise_left_shift
    __rlshift__ = logic.rlshift
    __rshift__ = logic.bitwise_right_shift
    __rrshift__ = logic.rrshift
    __pos__ = arithmetic.positive

    # --- Aliases

    absolute = elementwise.abs
    negative = arithmetic.neg
    multiply = arithmetic.mul
    subtract = arithmetic.sub
    divide = arithmetic.div
    true_divide = arithmetic.div
    arccos = trigonometry.acos
    arccosh = trigonometry.acosh
    arcsin = trigonometry.asin
    arcsinh = trigonometry.asinh
    arctan = trigonometry.atan
    arctan2 = trigonometry.atan2
    arctanh = trigonometry.atanh
    clip = clamping.clamp
    fix = rounding.trunc
    sgn = rounding.sign
    greater = comparisons.gt
    greater_equal = comparisons.ge
    less = comparisons.lt
    less_equal = comparisons.le
    not_equal = comparisons.ne

    # --- Reductions

    all = reductions.all
    any = reductions.any
    count_nonzero = reductions.count_nonzero
    mean = reductions.mean
    nanmean = reductions.nanmean
    nansum = reductions.nansum
    prod = scans.prod
    sum = reductions.sum

    # --- Minima and maxima

    amax = extremes.amax
    amin = extremes.amin
    aminmax = extremes.aminmax
    argmax = extremes.argmax
    argmin = extremes.argmin
    max = extremes.max
    min = extremes.min

    # --- Statistics

    diff = statistics.diff
    dist = statistics.dist
    norm = statistics.norm
    log_softmax = statistics.log_softmax
    logsumexp = statistics.logsumexp
    softmax = statistics.softmax
    std = statistics.std
    var = statistics.var

    cumsum = scans.cumsum
    cumprod = scans.cumprod
    logcumsumexp = scans.logcumsumexp
    cummax = scans.cummax
    cummin = scans.cummin

    # --- Sorting, and what is found by it

    sort = sorting.sort
    argsort = sorting.argsort
    msort = sorting.msort
    topk = sorting.topk
    kthvalue = sorting.kthvalue
    median = order_statistics.median
    nanmedian = order_statistics.nanmedian
    mode = order_statistics.mode
    quantile = quantiles.quantile
    nanquantile = quantiles.nanquantile
    unique = _unique.unique
    unique_consecutive = _unique.unique_consecutive
    bincount = counting.bincount
    histc = counting.histc

    # --- Shapes and views

    view = movement.view
    reshape = movement.reshape
    permute = movement.permute
    transpose = movement.transpose
    t = movement.t
    expand = movement.expand
    squeeze = movement.squeeze
    unsqueeze = movement.unsqueeze
    clone = movement.clone
    contiguous = movement.contiguous

    # --- More shapes and views

    view_as = shaping.view_as
    reshape_as = shaping.reshape_as
    expand_as = shaping.expand_as
    broadcast_to = shaping.broadcast_to
    flatten = shaping.flatten
    unflatten = shaping.unflatten
    ravel = shaping.ravel
    swapaxes = shaping.swapaxes
    swapdims = shaping.swapdims
    movedim = shaping.movedim
    moveaxis = shaping.moveaxis

    # --- Parts along a dimension

    select = splitting.select
    narrow = splitting.narrow
    split = splitting.split
    chunk = splitting.chunk
    tensor_split = splitting.tensor_split
    unbind = splitting.unbind

    # --- Repeating, reversing, turning

    repeat = rearranging.repeat
    tile = rearranging.tile
    repeat_interleave = rearranging.repeat_interleave
    flip = rearranging.flip
    fliplr = rearranging.fliplr
    flipud = rearranging.flipud
    roll = rearranging.roll
    rot90 = rearranging.rot90

    # --- Diagonals and triangles

    diagonal = diagonals.diagonal
    diag_embed = diagonals.diag_embed
    diag = diagonals.diag
    trace = diagonals.trace
    tril = diagonals.tril
    triu = diagonals.triu

    # --- Memory

    stride = strides.stride
    storage_offset = strides.storage_offset
    as_strided = strides.as_strided
    unfold = strides.unfold

    # --- Parts

    gather = indexing.gather
    take = take_put.take
    take_along_dim = take_put.take_along_dim
    index_select = index_writes.index_select
    masked_select = masks.masked_select
    nonzero = masks.nonzero
    argwhere = masks.argwhere
    __getitem__ = indexing.get
    __setitem__ = indexing.set_

    # --- Writing into parts of a copy, or in place

    scatter = _scatter.scatter
    scatter_add = _scatter.scatter_add
    scatter_reduce = _scatter.scatter_reduce
    index_add = index_writes.index_add
    index_copy = index_writes.index_copy
    index_fill = index_writes.index_fill
    index_put = index_writes.index_put
    index_reduce = index_writes.index_reduce
    put = take_put.put
    masked_fill = masks.masked_fill
    masked_scatter = masks.masked_scatter
    select_scatter = _slice_scatter.select_scatter
    slice_scatter = _slice_scatter.slice_scatter
    diagonal_scatter = _slice_scatter.diagonal_scatter
    scatter_ = in_place(_scatter.scatter)
    scatter_add_ = in_place(_scatter.scatter_add)
    scatter_reduce_ = in_place(_scatter.scatter_reduce)
    index_add_ = in_place(index_writes.index_add)
    index_copy_ = in_place(index_writes.index_copy)
    index_fill_ = in_place(index_writes.index_fill)
    index_put_ = in_place(index_writes.index_put)
    index_reduce_ = in_place(index_writes.index_reduce)
    put_ = in_place(take_put.put)
    masked_fill_ = in_place(masks.masked_fill)
    masked_scatter_ = in_place(masks.masked_scatter)

    # --- Operations in place, by `in_place`

    abs_ = in_place(elementwise.abs)
    acos_ = in_place(trigonometry.acos)
    acosh_ = in_place(trigonometry.acosh)
    addcdiv_ = in_place(arithmetic.addcdiv)
    addcmul_ = in_place(arithmetic.addcmul)
    asin_ = in_place(trigonometry.asin)
    asinh_ = in_place(trigonometry.asinh)
    atan2_ = in_place(trigonometry.atan2)
    atan_ = in_place(trigonometry.atan)
    atanh_ = in_place(trigonometry.atanh)
    bitwise_and_ = in_place(logic.bitwise_and)
    bitwise_left_shift_ = in_place(logic.bitwise_left_shift)
    bitwise_not_ = in_place(logic.bitwise_not)
    bitwise_or_ = in_place(logic.bitwise_or)
    bitwise_right_shift_ = in_place(logic.bitwise_right_shift)
    bitwise_xor_ = in_place(logic.bitwise_xor)
    ceil_ = in_place(rounding.ceil)
    clamp_ = in_place(clamping.clamp)
    clamp_max_ = in_place(clamping.clamp_max)
    clamp_min_ = in_place(clamping.clamp_min)
    clip_ = in_place(clamping.clamp)
    copysign_ = in_place(comparisons.copysign)
    cos_ = in_place(trigonometry.cos)
    cosh_ = in_place(trigonometry.cosh)
    deg2rad_ = in_place(trigonometry.deg2rad)
    digamma_ = in_place(special.digamma)
    eq_ = in_place(comparisons.eq)
    erf_ = in_place(special.erf)
    erfc_ = in_place(special.erfc)
    erfinv_ = in_place(special.erfinv)
    exp2_ = in_place(exponentials.exp2)
    exp_ = in_place(elementwise.exp)
    expm1_ = in_place(exponentials.expm1)
    float_power_ = in_place(exponentials.float_power)
    floor_ = in_place(rounding.floor)
    floor_divide_ = in_place(rounding.floor_divide)
    fmod_ = in_place(rounding.fmod)
    frac_ = in_place(rounding.frac)
    ge_ = in_place(comparisons.ge)
    gt_ = in_place(comparisons.gt)
    hypot_ = in_place(trigonometry.hypot)
    le_ = in_place(comparisons.le)
    lerp_ = in_place(clamping.lerp)
    lgamma_ = in_place(special.lgamma)
    log10_ = in_place(exponentials.log10)
    log1p_ = in_place(exponentials.log1p)
    log2_ = in_place(exponentials.log2)
    log_ = in_place(elementwise.log)
    logical_and_ = in_place(logic.logical_and)
    logical_not_ = in_place(logic.logical_not)
    logical_or_ = in_place(logic.logical_or)
    logical_xor_ = in_place(logic.logical_xor)
    logit_ = in_place(special.logit)
    lt_ = in_place(comparisons.lt)
    nan_to_num_ = in_place(clamping.nan_to_num)
    ne_ = in_place(comparisons.ne)
    neg_ = in_place(arithmetic.neg)
    pow_ = in_place(arithmetic.pow)
    rad2deg_ = in_place(trigonometry.rad2deg)
    reciprocal_ = in_place(exponentials.reciprocal)
    relu_ = in_place(elementwise.relu)
    remainder_ = in_place(rounding.remainder)
    round_ = in_place(rounding.round)
    rsqrt_ = in_place(exponentials.rsqrt)
    sigmoid_ = in_place(elementwise.sigmoid)
    sign_ = in_place(rounding.sign)
    sin_ = in_place(trigonometry.sin)
    sinc_ = in_place(trigonometry.sinc)
    sinh_ = in_place(trigonometry.sinh)
    sqrt_ = in_place(elementwise.sqrt)
    square_ = in_place(exponentials.square)
    tan_ = in_place(trigonometry.tan)
    tanh_ = in_place(elementwise.tanh)
    tril_ = in_place(diagonals.tril)
    triu_ = in_place(diagonals.triu)
    trunc_ = in_place(rounding.trunc)
    xlogy_ = in_place(exponentials.xlogy)
    __ifloordiv__ = in_place(rounding.floor_divide)
    __imod__ = in_place(rounding.remainder)
    __ipow__ = in_place(arithmetic.pow)
    __iand__ = in_place(logic.bitwise_and)
    __ior__ = in_place(logic.bitwise_or)
    __ixor__ = in_place(logic.bitwise_xor)
    __ilshift__ = in_place(logic.bitwise_left_shift)
    __irshift__ = in_place(logic.bitwise_right_shift)

    # --- Operations in place with code of their own

    add_ = inplace.add_
    sub_ = inplace.sub_
    mul_ = inplace.mul_
    div_ = inplace.div_
    copy_ = inplace.copy_
    fill_ = inplace.fill_
    zero_ = inplace.zero_
    __iadd__ = inplace.add_
    __isub__ = inplace.sub_
    __imul__ = inplace.mul_
    __itruediv__ = inplace.div_

    # --- Random numbers, in place

    uniform_ = _random_in_place.uniform_
    normal_ = _random_in_place.normal_
    log_normal_ = _random_in_place.log_normal_
    exponential_ = _random_in_place.exponential_
    geometric_ = _random_in_place.geometric_
    cauchy_ = _random_in_place.cauchy_
    bernoulli_ = _random_in_place.bernoulli_
    random_ = _random_in_place.random_

    # --- New tensors of its type

    new_tensor = new_like.new_tensor
    new_full = new_like.new_full
    new_zeros = new_like.new_zeros
    new_ones = new_like.new_ones
    new_empty = new_like.new_empty

    # --- Between element types

    to = casts.to
    type_as = casts.type_as
    type = casts.type
    half = casts.half
    float = casts.float
    double = casts.double
    byte = casts.byte
    char = casts.char
    short = casts.short
    int = casts.int
    long = casts.long
    bool = casts.bool
    cpu = casts.cpu
    is_floating_point = dtypes.is_floating_point
    is_complex = dtypes.is_complex

    # --- To Python, NumPy and others

    item = interop.item
    tolist = interop.tolist
    numpy = interop.numpy
    __array__ = interop.array
    __array_ufunc__ = interop.array_ufunc
    __array_priority__ = 1000  # by which NumPy's subclasses choose whose operator is called
    __dlpack__ = interop.dlpack
    __dlpack_device__ = interop.dlpack_device

    # --- Special methods of Python

    __len__ = protocols.length
    __iter__ = protocols.iterate
    __reversed__ = protocols.reverse
    __contains__ = protocols.contains
    __bool__ = protocols.truth
    __float__ = protocols.to_float
    __int__ = protocols.to_int
    __index__ = protocols.to_index
    __format__ = protocols.format_number
    __copy__ = protocols.shallow_copy
    __deepcopy__ = protocols.deep_copy
    __reduce__ = protocols.reduce
