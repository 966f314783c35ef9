"""Filling a tensor with random numbers in place: `uniform_`, `normal_` and their relatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import finfo, iinfo
from ...engine.piecewise import record_stepwise
from ...engine.value import Tensor, wrap
from ...engine.writes import before_write, overwrite, tracks, write_recorded
from .distributions import bernoulli_trials
from .generator import stream_of
from .sampling import refuse_integers, whole_numbers

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw

    from .generator import Generator


def uniform_(
    self: Tensor, from_: float = 0.0, to: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers drawn uniformly from [from_, to) into the tensor; return it."""
    if from_ > to:
        raise RuntimeError(
            f"uniform_ expects to return a [from, to) range, but found from={from_} > to={to}"
        )
    refuse_integers("uniform_", self.dtype)
    drawn = below.rand(self._raw.shape, self._raw.dtype, stream_of("uniform_", generator))
    return overwrite(self, "UniformBackward0", drawn * (to - from_) + from_)


def normal_(
    self: Tensor, mean: float = 0.0, std: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers drawn from the normal distribution into the tensor; return it."""
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    refuse_integers("normal_", self.dtype)
    drawn = below.randn(self._raw.shape, self._raw.dtype, stream_of("normal_", generator))
    return overwrite(self, "NormalBackward0", drawn * std + mean)


def log_normal_(
    self: Tensor, mean: float = 1.0, std: float = 2.0, *, generator: Generator | None = None
) -> Tensor:
    """Write numbers whose logarithm is normal, with `mean` and `std`; return the tensor."""
    if std <= 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std}")
    refuse_integers("log_normal_", self.dtype)
    drawn = below.randn(self._raw.shape, self._raw.dtype, stream_of("log_normal_", generator))
    return overwrite(self, "LogNormalBackward0", below.exp(drawn * std + mean))


def exponential_(self: Tensor, lambd: float = 1.0, *, generator: Generator | None = None) -> Tensor:
    """Write exponentially distributed numbers, ``-log(1 - u) / lambd``; return the tensor."""
    if lambd <= 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd}")
    _refuse_integers_of("Exponential", self)
    waited = _log_of_uniform(self, "exponential_", generator) / -lambd
    return overwrite(self, "ExponentialBackward0", waited)


def _refuse_integers_of(distribution: str, x: Tensor) -> None:
    """Raise if `x` is not of floats."""
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            f"{distribution} distribution is a continuous probability distribution. dtype must be "
            f"a floating point but you specified {x.dtype}"
        )


def geometric_(self: Tensor, p: float, *, generator: Generator | None = None) -> Tensor:
    """Write how many trials of probability `p` it takes to the first success: 1, 2, ..."""
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p}")
    if self.dtype is below.bool:
        raise NotImplementedError("\"geometric_\" not implemented for 'Bool': it counts from 1")
    failure = below.log(below.full((), 1 - p, below.float64))
    failed = (_log_of_uniform(self, "geometric_", generator) / failure).to(below.int64)
    return overwrite(self, "GeometricBackward0", failed + 1)


def _log_of_uniform(self: Tensor, operation: str, generator: Generator | None) -> Raw:
    """Draw ``log(1 - u)`` for u in [0, 1), so that it is finite."""
    stream = stream_of(operation, generator)
    return below.log(1 - below.rand(self._raw.shape, below.float64, stream))


def cauchy_(
    self: Tensor, median: float = 0.0, sigma: float = 1.0, *, generator: Generator | None = None
) -> Tensor:
    """Write Cauchy distributed numbers, quotients of two normal ones; return the tensor."""
    if sigma <= 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma}")
    _refuse_integers_of("Cauchy", self)
    stream = stream_of("cauchy_", generator)
    x, y = (below.randn(self._raw.shape, below.float64, stream) for _ in range(2))
    return overwrite(self, "CauchyBackward0", x / y * sigma + median)


def bernoulli_(
    self: Tensor, p: Tensor | float = 0.5, *, generator: Generator | None = None
) -> Tensor:
    """Write 1 with probability `p`, a number or a tensor that broadcasts, else 0."""
    stream = stream_of("bernoulli_", generator)
    if not isinstance(p, Tensor):
        drawn = bernoulli_trials(self.shape, p, stream)
        return overwrite(self, "BernoulliBackward0", drawn.to(self.dtype))
    refuse_integers("bernoulli_", p.dtype)
    drawn = bernoulli_trials(self.shape, p.detach().expand(self.shape)._raw, stream).to(self.dtype)
    if not tracks(p):
        return overwrite(self, "BernoulliBackward0", drawn)
    return write_recorded(
        self, record_stepwise("BernoulliBackward0", wrap(drawn), before_write(self), p)
    )


def random_(
    self: Tensor, *bounds: int, to: int | None = None, generator: Generator | None = None
) -> Tensor:
    """Write integers from 0, ..., to - 1: ``random_(to)``, or ``random_(from, to)``.

    Without `to`, up to the largest integer of the type; of floats, as long as all are exact.
    """
    low, *rest = (0, *bounds) if len(bounds) == 1 and to is None else bounds or (0,)
    if rest:
        to = rest[0]
    if to is None:
        if self.dtype.is_floating_point:
            to = int(2 / finfo(self.dtype).eps) + 1
        else:
            to = 2 if self.dtype is below.bool else iinfo(self.dtype).max + 1
    drawn = whole_numbers(self.shape, low, to, self.dtype, stream_of("random_", generator))
    return overwrite(self, "RandomBackward0", drawn)
