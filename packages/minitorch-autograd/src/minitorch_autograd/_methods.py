"""The table of the operations that are methods of a tensor, too.

Each is the function of its family file, under the name that it has on a tensor.
"""

from __future__ import annotations

from . import (
    _added_products,
    _arithmetic,
    _casts,
    _clamping,
    _comparisons,
    _counting,
    _determinants,
    _diagonals,
    _dtypes,
    _elementwise,
    _exponentials,
    _extremes,
    _flat_indexing,
    _index_writes,
    _indexing,
    _inplace,
    _interop,
    _least_squares,
    _logic,
    _masks,
    _matmul,
    _movement,
    _new,
    _old_names,
    _order_statistics,
    _patches,
    _products,
    _protocols,
    _quantiles,
    _random_inplace,
    _rearranging,
    _reductions,
    _rounding,
    _scans,
    _scattering,
    _shaping,
    _solving,
    _sorting,
    _special,
    _splitting,
    _statistics,
    _strides,
    _trigonometry,
    _unique,
)
from ._inplace import in_place


class Methods:
    """What a tensor can do; `Tensor` adds what it is."""

    __slots__ = ()

    # --- Arithmetic

    addcdiv = _arithmetic.addcdiv
    addcmul = _arithmetic.addcmul
    positive = _arithmetic.positive
    add = _arithmetic.add
    sub = _arithmetic.sub
    mul = _arithmetic.mul
    div = _arithmetic.div
    pow = _arithmetic.pow
    neg = _arithmetic.neg
    __add__ = _arithmetic.add
    __radd__ = _arithmetic.add
    __sub__ = _arithmetic.sub
    __rsub__ = _arithmetic.rsub
    __mul__ = _arithmetic.mul
    __rmul__ = _arithmetic.mul
    __truediv__ = _arithmetic.div
    __rtruediv__ = _arithmetic.rdiv
    __pow__ = _arithmetic.pow
    __rpow__ = _arithmetic.rpow
    __neg__ = _arithmetic.neg

    # --- Comparisons

    allclose = _comparisons.allclose
    copysign = _comparisons.copysign
    equal = _comparisons.equal
    isclose = _comparisons.isclose
    isfinite = _comparisons.isfinite
    isinf = _comparisons.isinf
    isnan = _comparisons.isnan
    isneginf = _comparisons.isneginf
    isposinf = _comparisons.isposinf
    signbit = _comparisons.signbit
    eq = _comparisons.eq
    ne = _comparisons.ne
    lt = _comparisons.lt
    le = _comparisons.le
    gt = _comparisons.gt
    ge = _comparisons.ge
    __lt__ = _comparisons.lt
    __le__ = _comparisons.le
    __gt__ = _comparisons.gt
    __ge__ = _comparisons.ge

    # --- Functions of one element at a time

    exp = _elementwise.exp
    log = _elementwise.log
    sqrt = _elementwise.sqrt
    tanh = _elementwise.tanh
    sigmoid = _elementwise.sigmoid
    relu = _elementwise.relu
    abs = _elementwise.abs
    __abs__ = _elementwise.abs

    # --- Matrix products

    matmul = _matmul.matmul
    dot = _matmul.dot
    mv = _matmul.mv
    mm = _products.mm
    bmm = _products.bmm
    vdot = _products.vdot
    inner = _products.inner
    outer = _products.outer
    ger = _products.ger
    addmm = _added_products.addmm
    addmv = _added_products.addmv
    addr = _added_products.addr
    addbmm = _added_products.addbmm
    baddbmm = _added_products.baddbmm
    kron = _products.kron
    cross = _products.cross
    __matmul__ = _matmul.matmul

    # --- Linear algebra

    det = _old_names.det
    slogdet = _old_names.slogdet
    logdet = _determinants.logdet
    inverse = _solving.inverse
    pinverse = _least_squares.pinverse
    matrix_power = _solving.matrix_power
    cholesky = _old_names.cholesky
    qr = _old_names.qr
    svd = _old_names.svd

    # --- Angles and hyperbolas

    acos = _trigonometry.acos
    acosh = _trigonometry.acosh
    asin = _trigonometry.asin
    asinh = _trigonometry.asinh
    atan = _trigonometry.atan
    atan2 = _trigonometry.atan2
    atanh = _trigonometry.atanh
    cos = _trigonometry.cos
    cosh = _trigonometry.cosh
    deg2rad = _trigonometry.deg2rad
    hypot = _trigonometry.hypot
    rad2deg = _trigonometry.rad2deg
    sin = _trigonometry.sin
    sinc = _trigonometry.sinc
    sinh = _trigonometry.sinh
    tan = _trigonometry.tan

    # --- Powers and logarithms

    exp2 = _exponentials.exp2
    expm1 = _exponentials.expm1
    float_power = _exponentials.float_power
    log10 = _exponentials.log10
    log1p = _exponentials.log1p
    log2 = _exponentials.log2
    logaddexp = _exponentials.logaddexp
    logaddexp2 = _exponentials.logaddexp2
    reciprocal = _exponentials.reciprocal
    rsqrt = _exponentials.rsqrt
    square = _exponentials.square
    xlogy = _exponentials.xlogy

    # --- Special functions

    digamma = _special.digamma
    erf = _special.erf
    erfc = _special.erfc
    erfinv = _special.erfinv
    lgamma = _special.lgamma
    logit = _special.logit
    polygamma = _special.polygamma

    # --- Whole parts and remainders

    ceil = _rounding.ceil
    floor = _rounding.floor
    floor_divide = _rounding.floor_divide
    fmod = _rounding.fmod
    frac = _rounding.frac
    remainder = _rounding.remainder
    round = _rounding.round
    sign = _rounding.sign
    trunc = _rounding.trunc

    # --- Bounds

    clamp = _clamping.clamp
    clamp_max = _clamping.clamp_max
    clamp_min = _clamping.clamp_min
    fmax = _clamping.fmax
    fmin = _clamping.fmin
    lerp = _clamping.lerp
    maximum = _clamping.maximum
    minimum = _clamping.minimum
    nan_to_num = _clamping.nan_to_num

    # --- Truth and bits

    bitwise_and = _logic.bitwise_and
    bitwise_left_shift = _logic.bitwise_left_shift
    bitwise_not = _logic.bitwise_not
    bitwise_or = _logic.bitwise_or
    bitwise_right_shift = _logic.bitwise_right_shift
    bitwise_xor = _logic.bitwise_xor
    logical_and = _logic.logical_and
    logical_not = _logic.logical_not
    logical_or = _logic.logical_or
    logical_xor = _logic.logical_xor

    # --- Operators of whole numbers

    __floordiv__ = _rounding.floor_divide
    __rfloordiv__ = _rounding.rfloordiv
    __mod__ = _rounding.remainder
    __rmod__ = _rounding.rmod
    __and__ = _logic.bitwise_and
    __rand__ = _logic.bitwise_and
    __or__ = _logic.bitwise_or
    __ror__ = _logic.bitwise_or
    __xor__ = _logic.bitwise_xor
    __rxor__ = _logic.bitwise_xor
    __invert__ = _logic.bitwise_not
    __lshift__ = _logic.bitwise_left_shift
    __rlshift__ = _logic.rlshift
    __rshift__ = _logic.bitwise_right_shift
    __rrshift__ = _logic.rrshift
    __pos__ = _arithmetic.positive

    # --- By their other names

    absolute = _elementwise.abs
    negative = _arithmetic.neg
    multiply = _arithmetic.mul
    subtract = _arithmetic.sub
    divide = _arithmetic.div
    true_divide = _arithmetic.div
    arccos = _trigonometry.acos
    arccosh = _trigonometry.acosh
    arcsin = _trigonometry.asin
    arcsinh = _trigonometry.asinh
    arctan = _trigonometry.atan
    arctan2 = _trigonometry.atan2
    arctanh = _trigonometry.atanh
    clip = _clamping.clamp
    fix = _rounding.trunc
    sgn = _rounding.sign
    greater = _comparisons.gt
    greater_equal = _comparisons.ge
    less = _comparisons.lt
    less_equal = _comparisons.le
    not_equal = _comparisons.ne

    # --- Folding dimensions away

    all = _reductions.all
    any = _reductions.any
    count_nonzero = _reductions.count_nonzero
    mean = _reductions.mean
    nanmean = _reductions.nanmean
    nansum = _reductions.nansum
    prod = _reductions.prod
    sum = _reductions.sum

    # --- The largest and the smallest

    amax = _extremes.amax
    amin = _extremes.amin
    aminmax = _extremes.aminmax
    argmax = _extremes.argmax
    argmin = _extremes.argmin
    max = _extremes.max
    min = _extremes.min

    # --- Spread, and shares of a whole

    diff = _statistics.diff
    dist = _statistics.dist
    norm = _statistics.norm
    log_softmax = _statistics.log_softmax
    logsumexp = _statistics.logsumexp
    softmax = _statistics.softmax
    std = _statistics.std
    var = _statistics.var

    cumsum = _scans.cumsum
    cumprod = _scans.cumprod
    logcumsumexp = _scans.logcumsumexp
    cummax = _scans.cummax
    cummin = _scans.cummin

    # --- In order

    sort = _sorting.sort
    argsort = _sorting.argsort
    msort = _sorting.msort
    topk = _sorting.topk
    kthvalue = _sorting.kthvalue
    median = _order_statistics.median
    nanmedian = _order_statistics.nanmedian
    mode = _order_statistics.mode
    quantile = _quantiles.quantile
    nanquantile = _quantiles.nanquantile
    unique = _unique.unique
    unique_consecutive = _unique.unique_consecutive
    bincount = _counting.bincount
    histc = _counting.histc

    # --- Moving elements, or the way they are seen

    view = _movement.view
    reshape = _movement.reshape
    permute = _movement.permute
    transpose = _movement.transpose
    t = _movement.t
    expand = _movement.expand
    squeeze = _movement.squeeze
    unsqueeze = _movement.unsqueeze
    clone = _movement.clone
    contiguous = _movement.contiguous

    # --- Other ways to see the same elements

    view_as = _shaping.view_as
    reshape_as = _shaping.reshape_as
    expand_as = _shaping.expand_as
    broadcast_to = _shaping.broadcast_to
    flatten = _shaping.flatten
    unflatten = _shaping.unflatten
    ravel = _shaping.ravel
    swapaxes = _shaping.swapaxes
    swapdims = _shaping.swapdims
    movedim = _shaping.movedim
    moveaxis = _shaping.moveaxis

    # --- Parts along a dimension

    select = _splitting.select
    narrow = _splitting.narrow
    split = _splitting.split
    chunk = _splitting.chunk
    tensor_split = _splitting.tensor_split
    unbind = _splitting.unbind

    # --- Repeating, reversing, turning

    repeat = _rearranging.repeat
    tile = _rearranging.tile
    repeat_interleave = _rearranging.repeat_interleave
    flip = _rearranging.flip
    fliplr = _rearranging.fliplr
    flipud = _rearranging.flipud
    roll = _rearranging.roll
    rot90 = _rearranging.rot90

    # --- Diagonals and triangles

    diagonal = _diagonals.diagonal
    diag_embed = _diagonals.diag_embed
    diag = _diagonals.diag
    trace = _diagonals.trace
    tril = _diagonals.tril
    triu = _diagonals.triu

    # --- Memory

    stride = _strides.stride
    storage_offset = _strides.storage_offset
    as_strided = _strides.as_strided
    unfold = _strides.unfold

    # --- Parts

    gather = _indexing.gather
    take = _flat_indexing.take
    take_along_dim = _flat_indexing.take_along_dim
    index_select = _index_writes.index_select
    masked_select = _masks.masked_select
    nonzero = _masks.nonzero
    argwhere = _masks.argwhere
    __getitem__ = _indexing.get
    __setitem__ = _indexing.set_

    # --- Writing into parts of a copy, or in place

    scatter = _scattering.scatter
    scatter_add = _scattering.scatter_add
    scatter_reduce = _scattering.scatter_reduce
    index_add = _index_writes.index_add
    index_copy = _index_writes.index_copy
    index_fill = _index_writes.index_fill
    index_put = _index_writes.index_put
    index_reduce = _index_writes.index_reduce
    put = _flat_indexing.put
    masked_fill = _masks.masked_fill
    masked_scatter = _masks.masked_scatter
    select_scatter = _patches.select_scatter
    slice_scatter = _patches.slice_scatter
    diagonal_scatter = _patches.diagonal_scatter
    scatter_ = _inplace.in_place(_scattering.scatter)
    scatter_add_ = _inplace.in_place(_scattering.scatter_add)
    scatter_reduce_ = _inplace.in_place(_scattering.scatter_reduce)
    index_add_ = _inplace.in_place(_index_writes.index_add)
    index_copy_ = _inplace.in_place(_index_writes.index_copy)
    index_fill_ = _inplace.in_place(_index_writes.index_fill)
    index_put_ = _inplace.in_place(_index_writes.index_put)
    index_reduce_ = _inplace.in_place(_index_writes.index_reduce)
    put_ = _inplace.in_place(_flat_indexing.put)
    masked_fill_ = _inplace.in_place(_masks.masked_fill)
    masked_scatter_ = _inplace.in_place(_masks.masked_scatter)

    # --- The same in place

    abs_ = in_place(_elementwise.abs)
    acos_ = in_place(_trigonometry.acos)
    acosh_ = in_place(_trigonometry.acosh)
    addcdiv_ = in_place(_arithmetic.addcdiv)
    addcmul_ = in_place(_arithmetic.addcmul)
    asin_ = in_place(_trigonometry.asin)
    asinh_ = in_place(_trigonometry.asinh)
    atan2_ = in_place(_trigonometry.atan2)
    atan_ = in_place(_trigonometry.atan)
    atanh_ = in_place(_trigonometry.atanh)
    bitwise_and_ = in_place(_logic.bitwise_and)
    bitwise_left_shift_ = in_place(_logic.bitwise_left_shift)
    bitwise_not_ = in_place(_logic.bitwise_not)
    bitwise_or_ = in_place(_logic.bitwise_or)
    bitwise_right_shift_ = in_place(_logic.bitwise_right_shift)
    bitwise_xor_ = in_place(_logic.bitwise_xor)
    ceil_ = in_place(_rounding.ceil)
    clamp_ = in_place(_clamping.clamp)
    clamp_max_ = in_place(_clamping.clamp_max)
    clamp_min_ = in_place(_clamping.clamp_min)
    clip_ = in_place(_clamping.clamp)
    copysign_ = in_place(_comparisons.copysign)
    cos_ = in_place(_trigonometry.cos)
    cosh_ = in_place(_trigonometry.cosh)
    deg2rad_ = in_place(_trigonometry.deg2rad)
    digamma_ = in_place(_special.digamma)
    eq_ = in_place(_comparisons.eq)
    erf_ = in_place(_special.erf)
    erfc_ = in_place(_special.erfc)
    erfinv_ = in_place(_special.erfinv)
    exp2_ = in_place(_exponentials.exp2)
    exp_ = in_place(_elementwise.exp)
    expm1_ = in_place(_exponentials.expm1)
    float_power_ = in_place(_exponentials.float_power)
    floor_ = in_place(_rounding.floor)
    floor_divide_ = in_place(_rounding.floor_divide)
    fmod_ = in_place(_rounding.fmod)
    frac_ = in_place(_rounding.frac)
    ge_ = in_place(_comparisons.ge)
    gt_ = in_place(_comparisons.gt)
    hypot_ = in_place(_trigonometry.hypot)
    le_ = in_place(_comparisons.le)
    lerp_ = in_place(_clamping.lerp)
    lgamma_ = in_place(_special.lgamma)
    log10_ = in_place(_exponentials.log10)
    log1p_ = in_place(_exponentials.log1p)
    log2_ = in_place(_exponentials.log2)
    log_ = in_place(_elementwise.log)
    logical_and_ = in_place(_logic.logical_and)
    logical_not_ = in_place(_logic.logical_not)
    logical_or_ = in_place(_logic.logical_or)
    logical_xor_ = in_place(_logic.logical_xor)
    logit_ = in_place(_special.logit)
    lt_ = in_place(_comparisons.lt)
    nan_to_num_ = in_place(_clamping.nan_to_num)
    ne_ = in_place(_comparisons.ne)
    neg_ = in_place(_arithmetic.neg)
    pow_ = in_place(_arithmetic.pow)
    rad2deg_ = in_place(_trigonometry.rad2deg)
    reciprocal_ = in_place(_exponentials.reciprocal)
    relu_ = in_place(_elementwise.relu)
    remainder_ = in_place(_rounding.remainder)
    round_ = in_place(_rounding.round)
    rsqrt_ = in_place(_exponentials.rsqrt)
    sigmoid_ = in_place(_elementwise.sigmoid)
    sign_ = in_place(_rounding.sign)
    sin_ = in_place(_trigonometry.sin)
    sinc_ = in_place(_trigonometry.sinc)
    sinh_ = in_place(_trigonometry.sinh)
    sqrt_ = in_place(_elementwise.sqrt)
    square_ = in_place(_exponentials.square)
    tan_ = in_place(_trigonometry.tan)
    tanh_ = in_place(_elementwise.tanh)
    tril_ = in_place(_diagonals.tril)
    triu_ = in_place(_diagonals.triu)
    trunc_ = in_place(_rounding.trunc)
    xlogy_ = in_place(_exponentials.xlogy)
    __ifloordiv__ = in_place(_rounding.floor_divide)
    __imod__ = in_place(_rounding.remainder)
    __ipow__ = in_place(_arithmetic.pow)
    __iand__ = in_place(_logic.bitwise_and)
    __ior__ = in_place(_logic.bitwise_or)
    __ixor__ = in_place(_logic.bitwise_xor)
    __ilshift__ = in_place(_logic.bitwise_left_shift)
    __irshift__ = in_place(_logic.bitwise_right_shift)

    # --- In place

    add_ = _inplace.add_
    sub_ = _inplace.sub_
    mul_ = _inplace.mul_
    div_ = _inplace.div_
    copy_ = _inplace.copy_
    fill_ = _inplace.fill_
    zero_ = _inplace.zero_
    __iadd__ = _inplace.add_
    __isub__ = _inplace.sub_
    __imul__ = _inplace.mul_
    __itruediv__ = _inplace.div_

    # --- Random numbers, in place

    uniform_ = _random_inplace.uniform_
    normal_ = _random_inplace.normal_
    log_normal_ = _random_inplace.log_normal_
    exponential_ = _random_inplace.exponential_
    geometric_ = _random_inplace.geometric_
    cauchy_ = _random_inplace.cauchy_
    bernoulli_ = _random_inplace.bernoulli_
    random_ = _random_inplace.random_

    # --- New tensors of its type

    new_tensor = _new.new_tensor
    new_full = _new.new_full
    new_zeros = _new.new_zeros
    new_ones = _new.new_ones
    new_empty = _new.new_empty

    # --- Between element types

    to = _casts.to
    type_as = _casts.type_as
    type = _casts.type
    half = _casts.half
    float = _casts.float
    double = _casts.double
    byte = _casts.byte
    char = _casts.char
    short = _casts.short
    int = _casts.int
    long = _casts.long
    bool = _casts.bool
    cpu = _casts.cpu
    is_floating_point = _dtypes.is_floating_point
    is_complex = _dtypes.is_complex

    # --- Out to Python, NumPy and others

    item = _interop.item
    tolist = _interop.tolist
    numpy = _interop.numpy
    __array__ = _interop.array
    __array_ufunc__ = _interop.array_ufunc
    __array_priority__ = 1000  # for NumPy's subclasses that ask by it who answers
    __dlpack__ = _interop.dlpack
    __dlpack_device__ = _interop.dlpack_device

    # --- As Python sees it

    __len__ = _protocols.length
    __iter__ = _protocols.iterate
    __reversed__ = _protocols.reverse
    __contains__ = _protocols.contains
    __bool__ = _protocols.truth
    __float__ = _protocols.to_float
    __int__ = _protocols.to_int
    __index__ = _protocols.to_index
    __format__ = _protocols.write
    __copy__ = _protocols.copied
    __deepcopy__ = _protocols.deep_copied
    __reduce__ = _protocols.reduced
