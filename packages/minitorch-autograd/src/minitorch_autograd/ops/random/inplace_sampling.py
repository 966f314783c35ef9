"""Filling a tensor with random numbers in place: `uniform_`, `normal_` and their relatives.

They are drawn in the order in which the elements lie in memory.
"""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import finfo, iinfo
from ...arguments.extensions import elementary, rounding
from ...arguments.memory_order import laid_out_like
from ...engine.piecewise import record_stepwise
from ...engine.value import Tensor, wrap
from ...engine.writes import before_write, overwrite, tracks, write_recorded
from .distributions import bernoulli_trials, exponential_numbers
from .generator import stream_of
from .sampling import (
    bounds_of_integers,
    digits_of,
    integers,
    normal_numbers,
    refuse_integers,
    words_for,
)

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .generator import Generator


def uniform_(
    self: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write ``u (to - from_) + from_``, u uniform in [0, 1), into the tensor; return it.

    What is rounded to `to` becomes `from_`.
    """
    dtype = self.dtype
    refuse_integers("uniform_", dtype)
    most = finfo(dtype).max
    for name, bound in (("from", from_), ("to", to)):
        if not abs(bound) <= most:
            raise RuntimeError(f"uniform_: {name} is out of bounds for {dtype}: {bound}")
    if from_ > to:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={from_:g} > to={to:g}"
        )
    if to - from_ > most:
        raise RuntimeError(
            f"uniform_ expects to-from <= std::numeric_limits<{dtype}>::max(), but found to={to} "
            f"and from={from_} which result in to-from to exceed the limit"
        )
    stream = stream_of("uniform_", generator)
    kind = below.float32 if dtype is below.float16 else dtype
    drawn = laid_out_like(self._raw, lambda shape: below.rand(shape, kind, stream))
    # The bounds as numbers of the type that is drawn. Float64 has all digits of products of
    # float32, so that they are rounded once, after the sum, as by torch's processor instruction.
    # Its own products are rounded twice.
    low, high = (below.full((), bound, kind) for bound in (from_, to))
    span = (high - low).to(below.float64)
    scaled = (drawn.to(below.float64) * span + low.to(below.float64)).to(kind).to(dtype)
    first, last = low.to(dtype), high.to(dtype)
    return overwrite(self, "UniformBackward0", below.where(scaled == last, first, scaled))


def normal_(
    self: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers drawn from the normal distribution into the tensor; return it."""
    if not std >= 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    refuse_integers("normal_", self.dtype)
    stream = stream_of("normal_", generator)
    drawn = normal_numbers(self._raw, mean, std, stream)
    return overwrite(self, "NormalBackward0", drawn)


def log_normal_(
    self: Tensor, mean: float = 1.0, std: float = 2.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers whose logarithm is normal, with `mean` and `std`; return the tensor."""
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std:g}")
    refuse_integers("log_normal_", self.dtype)
    stream = stream_of("log_normal_", generator)
    drawn = laid_out_like(
        self._raw, lambda shape: below.normal(shape, mean, std, below.float64, stream, True)
    )
    return overwrite(self, "LogNormalBackward0", below.exp(drawn))


def exponential_(self: Tensor, lambd: float = 1.0, *, generator: Generator | None = None) -> Tensor:
    """Write exponentially distributed numbers, ``-log(1 - u) / lambd``; return the tensor."""
    if not lambd > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd:g}")
    _refuse_integers_of("Exponential", self)
    waited = exponential_numbers(self._raw, lambd, stream_of("exponential_", generator))
    return overwrite(self, "ExponentialBackward0", waited)


def _refuse_integers_of(distribution: str, x: Tensor) -> None:
    """Raise if `x` is not of floats."""
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            f"{distribution} distribution is a continuous probability distribution. dtype must be "
            f"a floating point but you specified {x.dtype}"
        )


def geometric_(self: Tensor, p: float, *, generator: Generator | None = None) -> Tensor:
    """Write how many trials of probability `p` it takes to the first success: 1, 2, ...

    It is ``log(u) / log(1 - p)``, rounded up.
    """
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p:g}")
    if self.dtype is below.bool:
        raise NotImplementedError("\"geometric_\" not implemented for 'Bool': it counts from 1")
    failure = elementary.log1p(below.full((), -p, below.float64))
    u = _doubles(self, "geometric_", generator)
    trials = rounding.ceil(below.log(u) / failure)
    return overwrite(self, "GeometricBackward0", trials.to(self.dtype))


def _doubles(self: Tensor, operation: str, generator: Generator | None) -> Raw:
    """Draw from [0, 1) in float64, whatever the type."""
    stream = stream_of(operation, generator)
    return laid_out_like(self._raw, lambda shape: below.rand(shape, below.float64, stream))


def cauchy_(
    self: Tensor, median: float = 0.0, sigma: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write Cauchy distributed numbers, ``median + sigma tan(pi (u - 1/2))``; return the tensor."""
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma:g}")
    _refuse_integers_of("Cauchy", self)
    eps = finfo(below.float64).eps  # from the poles
    u = below.minimum(below.maximum(_doubles(self, "cauchy_", generator), eps), 1 - eps)
    drawn = elementary.tan((u - 0.5) * pi) * sigma + median
    return overwrite(self, "CauchyBackward0", drawn)


def bernoulli_(
    self: Tensor, p: Tensor | float = 0.5, *, generator: Generator | None = None
) -> Tensor:
    """Write 1 with probability `p`, a number or a tensor that broadcasts, else 0."""
    stream = stream_of("bernoulli_", generator)
    if not isinstance(p, Tensor):
        drawn = bernoulli_trials(self._raw, p, stream)
        return overwrite(self, "BernoulliBackward0", drawn.to(self.dtype))
    refuse_integers("bernoulli_", p.dtype)
    chances = p.detach().expand(self.shape)._raw
    drawn = bernoulli_trials(self._raw, chances, stream).to(self.dtype)
    if not tracks(p):
        return overwrite(self, "BernoulliBackward0", drawn)
    return write_recorded(
        self, record_stepwise("BernoulliBackward0", wrap(drawn), before_write(self), p)
    )


def random_(
    self: Tensor,
    *bounds: int | None,
    to: int | None = None,
    generator: Generator | None = None,
) -> Tensor:
    """Write integers from 0, ..., to - 1: ``random_(to)``, or ``random_(from, to)``.

    Without `to`, up to the largest integer of the type; of floats, as long as all are exact.
    """
    for bound in bounds:
        if bound is not None and not isinstance(bound, int):
            raise TypeError(
                "random_() received an invalid combination of arguments: its bounds are integers, "
                f"not {type(bound).__name__}"
            )
    low, *rest = (0, *bounds) if len(bounds) == 1 and to is None else bounds or (0,)
    if rest:
        to = rest[0]
    dtype = self.dtype
    if dtype.is_floating_point:
        most = 2 ** digits_of(dtype)
    else:
        most = 1 if dtype is below.bool else iinfo(dtype).max
    if to is None and not bounds:
        between, words = (0, most + 1), 2 if dtype.itemsize == 8 else 1
    else:
        between = bounds_of_integers(low or 0, most + 1 if to is None else to, dtype)
        words = words_for(*between)
    if between == (-(2**63), 2**63):  # all of int64 are the double words as they are
        between = (0, 2**64)
    drawn = integers(self._raw, *between, stream_of("random_", generator), words)
    return overwrite(self, "RandomBackward0", drawn)
