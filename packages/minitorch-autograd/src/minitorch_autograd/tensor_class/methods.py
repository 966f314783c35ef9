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
from ..ops.elementwise import (
    logic_and_bits,
    maximum_and_clamp,
    powers_and_logarithms,
    special,
    trigonometry,
)
from ..ops.matrices import determinants, distances, least_squares, legacy_linalg, solve_and_inv
from ..ops.parts import index_along_dim, masks, take_and_put
from ..ops.parts import scatter as _scatter
from ..ops.parts import scatter_reduce as _scatter_reduce
from ..ops.parts import slice_scatter as _slice_scatter
from ..ops.products import added_products, matrix_products, vector_products
from ..ops.random import distributions, inplace_sampling
from ..ops.shapes import (
    broadcasting,
    diagonals,
    flip_and_roll,
    repeating,
    reshaping,
    splitting,
    strides,
)
from ..ops.statistics import (
    cumulative,
    extremes,
    histograms,
    median_and_mode,
    product,
    quantiles,
    softmax_and_logsumexp,
    sorting,
    variance,
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
    copysign = rounding.copysign
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
    mm = matrix_products.mm
    bmm = matrix_products.bmm
    vdot = vector_products.vdot
    inner = vector_products.inner
    outer = vector_products.outer
    ger = vector_products.ger
    addmm = added_products.addmm
    addmv = added_products.addmv
    addr = added_products.addr
    addbmm = added_products.addbmm
    baddbmm = added_products.baddbmm
    kron = matrix_products.kron
    cross = vector_products.cross
    __matmul__ = _matmul.matmul

    # --- Linear algebra

    det = legacy_linalg.det
    slogdet = legacy_linalg.slogdet
    logdet = determinants.logdet
    inverse = solve_and_inv.inverse
    pinverse = least_squares.pinverse
    matrix_power = solve_and_inv.matrix_power
    cholesky = legacy_linalg.cholesky
    qr = legacy_linalg.qr
    svd = legacy_linalg.svd

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

    exp2 = powers_and_logarithms.exp2
    expm1 = powers_and_logarithms.expm1
    float_power = powers_and_logarithms.float_power
    log10 = powers_and_logarithms.log10
    log1p = powers_and_logarithms.log1p
    log2 = powers_and_logarithms.log2
    logaddexp = powers_and_logarithms.logaddexp
    logaddexp2 = powers_and_logarithms.logaddexp2
    reciprocal = powers_and_logarithms.reciprocal
    rsqrt = powers_and_logarithms.rsqrt
    square = powers_and_logarithms.square
    xlogy = powers_and_logarithms.xlogy

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

    clamp = maximum_and_clamp.clamp
    clamp_max = maximum_and_clamp.clamp_max
    clamp_min = maximum_and_clamp.clamp_min
    fmax = maximum_and_clamp.fmax
    fmin = maximum_and_clamp.fmin
    lerp = maximum_and_clamp.lerp
    maximum = maximum_and_clamp.maximum
    minimum = maximum_and_clamp.minimum
    nan_to_num = maximum_and_clamp.nan_to_num

    # --- Logic and bits

    bitwise_and = logic_and_bits.bitwise_and
    bitwise_left_shift = logic_and_bits.bitwise_left_shift
    bitwise_not = logic_and_bits.bitwise_not
    bitwise_or = logic_and_bits.bitwise_or
    bitwise_right_shift = logic_and_bits.bitwise_right_shift
    bitwise_xor = logic_and_bits.bitwise_xor
    logical_and = logic_and_bits.logical_and
    logical_not = logic_and_bits.logical_not
    logical_or = logic_and_bits.logical_or
    logical_xor = logic_and_bits.logical_xor

    # --- Operators of integers

    __floordiv__ = rounding.floor_divide
    __rfloordiv__ = rounding.rfloordiv
    __mod__ = rounding.remainder
    __rmod__ = rounding.rmod
    __and__ = logic_and_bits.bitwise_and
    __rand__ = logic_and_bits.bitwise_and
    __or__ = logic_and_bits.bitwise_or
    __ror__ = logic_and_bits.bitwise_or
    __xor__ = logic_and_bits.bitwise_xor
    __rxor__ = logic_and_bits.bitwise_xor
    __invert__ = logic_and_bits.bitwise_not
    __lshift__ = logic_and_bits.bitwise_left_shift
    __rlshift__ = logic_and_bits.rlshift
    __rshift__ = logic_and_bits.bitwise_right_shift
    __rrshift__ = logic_and_bits.rrshift
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
    clip = maximum_and_clamp.clamp
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
    prod = product.prod
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

    diff = cumulative.diff
    dist = distances.dist
    norm = legacy_linalg.norm
    log_softmax = softmax_and_logsumexp.log_softmax
    logsumexp = softmax_and_logsumexp.logsumexp
    softmax = softmax_and_logsumexp.softmax
    std = variance.std
    var = variance.var

    cumsum = cumulative.cumsum
    cumprod = cumulative.cumprod
    logcumsumexp = cumulative.logcumsumexp
    cummax = cumulative.cummax
    cummin = cumulative.cummin

    # --- Sorting, and what is found by it

    sort = sorting.sort
    argsort = sorting.argsort
    msort = sorting.msort
    topk = sorting.topk
    kthvalue = sorting.kthvalue
    median = median_and_mode.median
    nanmedian = median_and_mode.nanmedian
    mode = median_and_mode.mode
    quantile = quantiles.quantile
    nanquantile = quantiles.nanquantile
    unique = _unique.unique
    unique_consecutive = _unique.unique_consecutive
    bincount = histograms.bincount
    histc = histograms.histc

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

    view_as = reshaping.view_as
    reshape_as = reshaping.reshape_as
    expand_as = broadcasting.expand_as
    broadcast_to = broadcasting.broadcast_to
    flatten = reshaping.flatten
    unflatten = reshaping.unflatten
    ravel = reshaping.ravel
    swapaxes = reshaping.swapaxes
    swapdims = reshaping.swapdims
    movedim = reshaping.movedim
    moveaxis = reshaping.moveaxis

    # --- Parts along a dimension

    select = splitting.select
    narrow = splitting.narrow
    split = splitting.split
    chunk = splitting.chunk
    tensor_split = splitting.tensor_split
    unbind = splitting.unbind

    # --- Repeating, reversing, turning

    repeat = repeating.repeat
    tile = repeating.tile
    repeat_interleave = repeating.repeat_interleave
    flip = flip_and_roll.flip
    fliplr = flip_and_roll.fliplr
    flipud = flip_and_roll.flipud
    roll = flip_and_roll.roll
    rot90 = flip_and_roll.rot90

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
    take = take_and_put.take
    take_along_dim = take_and_put.take_along_dim
    index_select = index_along_dim.index_select
    masked_select = masks.masked_select
    nonzero = masks.nonzero
    argwhere = masks.argwhere
    __getitem__ = indexing.get
    __setitem__ = indexing.set_

    # --- Writing into parts of a copy, or in place

    scatter = _scatter.scatter
    scatter_add = _scatter.scatter_add
    scatter_reduce = _scatter_reduce.scatter_reduce
    index_add = index_along_dim.index_add
    index_copy = index_along_dim.index_copy
    index_fill = index_along_dim.index_fill
    index_put = take_and_put.index_put
    index_reduce = index_along_dim.index_reduce
    put = take_and_put.put
    masked_fill = masks.masked_fill
    masked_scatter = masks.masked_scatter
    select_scatter = _slice_scatter.select_scatter
    slice_scatter = _slice_scatter.slice_scatter
    diagonal_scatter = _slice_scatter.diagonal_scatter
    scatter_ = in_place(_scatter.scatter)
    scatter_add_ = in_place(_scatter.scatter_add)
    scatter_reduce_ = in_place(_scatter_reduce.scatter_reduce)
    index_add_ = in_place(index_along_dim.index_add)
    index_copy_ = in_place(index_along_dim.index_copy)
    index_fill_ = in_place(index_along_dim.index_fill)
    index_put_ = in_place(take_and_put.index_put)
    index_reduce_ = in_place(index_along_dim.index_reduce)
    put_ = in_place(take_and_put.put)
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
    bitwise_and_ = in_place(logic_and_bits.bitwise_and)
    bitwise_left_shift_ = in_place(logic_and_bits.bitwise_left_shift)
    bitwise_not_ = in_place(logic_and_bits.bitwise_not)
    bitwise_or_ = in_place(logic_and_bits.bitwise_or)
    bitwise_right_shift_ = in_place(logic_and_bits.bitwise_right_shift)
    bitwise_xor_ = in_place(logic_and_bits.bitwise_xor)
    ceil_ = in_place(rounding.ceil)
    clamp_ = in_place(maximum_and_clamp.clamp)
    clamp_max_ = in_place(maximum_and_clamp.clamp_max)
    clamp_min_ = in_place(maximum_and_clamp.clamp_min)
    clip_ = in_place(maximum_and_clamp.clamp)
    copysign_ = in_place(rounding.copysign)
    cos_ = in_place(trigonometry.cos)
    cosh_ = in_place(trigonometry.cosh)
    deg2rad_ = in_place(trigonometry.deg2rad)
    digamma_ = in_place(special.digamma)
    eq_ = in_place(comparisons.eq)
    erf_ = in_place(special.erf)
    erfc_ = in_place(special.erfc)
    erfinv_ = in_place(special.erfinv)
    exp2_ = in_place(powers_and_logarithms.exp2)
    exp_ = in_place(elementwise.exp)
    expm1_ = in_place(powers_and_logarithms.expm1)
    float_power_ = in_place(powers_and_logarithms.float_power)
    floor_ = in_place(rounding.floor)
    floor_divide_ = in_place(rounding.floor_divide)
    fmod_ = in_place(rounding.fmod)
    frac_ = in_place(rounding.frac)
    ge_ = in_place(comparisons.ge)
    gt_ = in_place(comparisons.gt)
    hypot_ = in_place(trigonometry.hypot)
    le_ = in_place(comparisons.le)
    lerp_ = in_place(maximum_and_clamp.lerp)
    lgamma_ = in_place(special.lgamma)
    log10_ = in_place(powers_and_logarithms.log10)
    log1p_ = in_place(powers_and_logarithms.log1p)
    log2_ = in_place(powers_and_logarithms.log2)
    log_ = in_place(elementwise.log)
    logical_and_ = in_place(logic_and_bits.logical_and)
    logical_not_ = in_place(logic_and_bits.logical_not)
    logical_or_ = in_place(logic_and_bits.logical_or)
    logical_xor_ = in_place(logic_and_bits.logical_xor)
    logit_ = in_place(special.logit)
    lt_ = in_place(comparisons.lt)
    nan_to_num_ = in_place(maximum_and_clamp.nan_to_num)
    ne_ = in_place(comparisons.ne)
    neg_ = in_place(arithmetic.neg)
    pow_ = in_place(arithmetic.pow)
    rad2deg_ = in_place(trigonometry.rad2deg)
    reciprocal_ = in_place(powers_and_logarithms.reciprocal)
    relu_ = in_place(elementwise.relu)
    remainder_ = in_place(rounding.remainder)
    round_ = in_place(rounding.round)
    rsqrt_ = in_place(powers_and_logarithms.rsqrt)
    sigmoid_ = in_place(elementwise.sigmoid)
    sign_ = in_place(rounding.sign)
    sin_ = in_place(trigonometry.sin)
    sinc_ = in_place(trigonometry.sinc)
    sinh_ = in_place(trigonometry.sinh)
    sqrt_ = in_place(elementwise.sqrt)
    square_ = in_place(powers_and_logarithms.square)
    tan_ = in_place(trigonometry.tan)
    tanh_ = in_place(elementwise.tanh)
    tril_ = in_place(diagonals.tril)
    triu_ = in_place(diagonals.triu)
    trunc_ = in_place(rounding.trunc)
    xlogy_ = in_place(powers_and_logarithms.xlogy)
    __ifloordiv__ = in_place(rounding.floor_divide)
    __imod__ = in_place(rounding.remainder)
    __ipow__ = in_place(arithmetic.pow)
    __iand__ = in_place(logic_and_bits.bitwise_and)
    __ior__ = in_place(logic_and_bits.bitwise_or)
    __ixor__ = in_place(logic_and_bits.bitwise_xor)
    __ilshift__ = in_place(logic_and_bits.bitwise_left_shift)
    __irshift__ = in_place(logic_and_bits.bitwise_right_shift)

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

    bernoulli = distributions.bernoulli
    multinomial = distributions.multinomial
    uniform_ = inplace_sampling.uniform_
    normal_ = inplace_sampling.normal_
    log_normal_ = inplace_sampling.log_normal_
    exponential_ = inplace_sampling.exponential_
    geometric_ = inplace_sampling.geometric_
    cauchy_ = inplace_sampling.cauchy_
    bernoulli_ = inplace_sampling.bernoulli_
    random_ = inplace_sampling.random_

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
