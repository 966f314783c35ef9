"""Random tensors from distributions whose parameters are tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import exp, floor, inf, lgamma, log, prod, sqrt
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.extensions import elementary, scans, sorting
from ...arguments.memory_order import laid_out_like
from ...arguments.operands import unwrap, unwrap_operand
from ...arguments.shapes import refuse_too_large, shape_of
from ...engine.graph import record, zero_gradient
from ...engine.value import Tensor, wrap
from ..core.creation import leaf_of
from .generator import stream_of
from .sampling import refuse_integers

if TYPE_CHECKING:
    from minitorch_tensor import Generator as Stream
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ...arguments.device import device
    from .generator import Generator

__all__ = ["bernoulli", "multinomial", "normal", "poisson"]


def normal(
    mean: Tensor | float = 0.0,
    std: Tensor | float = 1.0,
    size: Sequence[int] | None = None,
    *,
    generator: Generator | None = None,
    dtype: dtype | None = None,
    device: device | str | None = None,
    requires_grad: bool = False,
) -> Tensor:
    """Draw from normal distributions of a mean and a standard deviation for each element.

    Args:
        mean: a number, or a tensor.
        std: a number, or a tensor; not negative.
        size: the shape, if both are numbers.
        generator: the stream; by default the default one.
        dtype: the element type, if both are numbers; by default the default float.
        device: the CPU.
        requires_grad: whether the result tracks gradients, if both are numbers.

    Gradient: zero.
    """
    stream = stream_of("normal", generator)
    tensors = [one for one in (mean, std) if isinstance(one, Tensor)]
    if not (isinstance(mean, Tensor) or isinstance(std, Tensor)):
        if size is None:
            raise TypeError(
                "normal() received an invalid combination of arguments: of two numbers it needs a "
                "size, as in normal(0.0, 1.0, (2, 3))"
            )
        _refuse_negative_std(std)
        dtype = below.get_default_dtype() if dtype is None else dtype
        refuse_integers("normal", dtype)
        drawn = below.normal(shape_of("normal", (size,)), mean, std, dtype, stream)
        return leaf_of(drawn, requires_grad, device)
    for one in tensors:
        refuse_integers("normal", one.dtype)
    _refuse_negative_std(std)
    # The two broadcast, as in a sum.
    shape = tensors[0].shape if len(tensors) == 1 else (tensors[0]._raw + tensors[1]._raw).shape
    dtype = tensors[0].dtype
    if isinstance(std, Tensor):
        scaled = below.normal(shape, 0.0, 1.0, dtype, stream) * std._raw
    else:
        scaled = below.normal(shape, 0.0, std, dtype, stream)
    number = {(True, False): 1, (False, True): 2, (True, True): 3}
    kinds = isinstance(mean, Tensor), isinstance(std, Tensor)
    return record(
        f"NormalBackward{number[kinds]}",
        wrap((scaled.to(dtype) + unwrap_operand(mean)).to(dtype)),
        *[(one, zero_gradient) for one in tensors],
    )


def _refuse_negative_std(std: Tensor | float) -> None:
    """Raise if a standard deviation is negative."""
    if not isinstance(std, Tensor):
        if not std >= 0:
            raise RuntimeError(f"normal expects std >= 0.0, but found std {std:g}")
    elif not _all(std._raw >= 0):
        raise RuntimeError("normal expects all elements of std >= 0.0")


def _all(mask: Raw) -> bool:
    """Return whether all elements are true; True if there are none."""
    return 0 in mask.shape or bool(mask.amin(tuple(range(len(mask.shape)))).item())


def bernoulli(
    input: Tensor, p: float | None = None, *, generator: Generator | None = None
) -> Tensor:
    """Draw 1 with the probability that each element of `input` is (or `p`), else 0.

    Raises:
        RuntimeError: if a probability is not in [0, 1].

    Gradient: zero.
    """
    like = unwrap(input)
    if p is None:
        refuse_integers("bernoulli", input.dtype)
    if not like.is_contiguous():  # what is drawn is contiguous
        like = like.clone()
    drawn = bernoulli_trials(like, like if p is None else p, stream_of("bernoulli", generator))
    return record("BernoulliBackward0", wrap(drawn.to(input.dtype)), (input, zero_gradient))


def bernoulli_trials(like: Raw, p: Raw | float, stream: Stream) -> Raw:
    """Draw True with probability `p` for a tensor that is laid out in memory like another.

    They are comparisons ``u < p``, in the type of `p`, but at least of float32; for a number in
    float64.
    """
    kind = below.float64
    if isinstance(p, below.Tensor):
        if not _all((p >= 0) * (p <= 1)):
            raise RuntimeError("bernoulli: Expected p_in >= 0 && p_in <= 1 to be true of each p")
        kind = below.float32 if p.dtype is below.float16 else p.dtype
    elif not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p:g}")
    return laid_out_like(like, lambda shape: below.rand(shape, kind, stream)) < p


def exponential_numbers(like: Raw, rate: float, stream: Stream) -> Raw:
    """Draw waiting times, ``-log(1 - u) / rate``, for a tensor that is like another."""
    u = laid_out_like(like, lambda shape: below.rand(shape, below.float64, stream))
    return (elementary.log1p(-u) * (-1.0 / rate)).to(like.dtype)


def multinomial(
    input: Tensor,
    num_samples: int,
    replacement: bool = False,
    *,
    generator: Generator | None = None,
) -> Tensor:
    """Draw indices with probabilities proportional to the elements of each row.

    Args:
        input: (categories,) or (rows, categories), not negative.
        num_samples: how many to draw from each row.
        replacement: whether an index may be drawn again.
        generator: the stream; by default the default one.

    Returns:
        int64, (num_samples,) or (rows, num_samples).

    Raises:
        RuntimeError: if an element is negative or not finite, a row is all 0, or there are too few
            elements to draw without replacement.
    """
    p = unwrap(input)
    if len(p.shape) not in (1, 2):
        raise RuntimeError(f"prob_dist must be 1 or 2 dim, got the shape {p.shape}")
    if not p.dtype.is_floating_point:
        raise RuntimeError(
            f"multinomial only supports floating-point dtypes for input, got: {p.dtype}"
        )
    if num_samples <= 0:
        raise RuntimeError(f"cannot sample n_sample <= 0 samples: {num_samples}")
    refuse_too_large("multinomial", (num_samples,))
    if not replacement and num_samples > p.shape[-1]:
        raise RuntimeError(
            "cannot sample n_sample > prob_dist.size(-1) samples without replacement: "
            f"{num_samples} > {p.shape[-1]}"
        )
    if not _all((p >= 0) * (p < inf)):
        raise RuntimeError("probability tensor contains either `inf`, `nan` or element < 0")
    if not _all(p.to(below.float64).sum((len(p.shape) - 1,)) > 0):
        raise RuntimeError("invalid multinomial distribution (sum of probabilities <= 0)")
    stream = stream_of("multinomial", generator)
    if not replacement or num_samples == 1:
        return wrap(_first_events(p, num_samples, stream))
    if len(p.shape) == 1:
        return wrap(_inverted(p, num_samples, stream))
    rows = [_inverted(p[(i,)], num_samples, stream) for i in range(p.shape[0])]
    drawn = below.cat(rows, 0) if rows else below.full((0,), 0, below.int64)
    return wrap(drawn.view((p.shape[0], num_samples)))


def _first_events(p: Raw, count: int, stream: Stream) -> Raw:
    """Draw without replacement: the indices of the first events of Poisson processes of rates `p`.

    The waiting time for an event of rate p is an exponential number over p.
    """
    speed = p / exponential_numbers(p, 1.0, stream)
    dim = len(p.shape) - 1
    if count == 1:
        return speed.argmax(dim, True)
    return sorting.topk(speed, count, dim, True)[1]


def _inverted(p: Raw, count: int, stream: Stream) -> Raw:
    """Draw from one row with replacement, by inverting its cumulative distribution."""
    summed = scans.cumsum(p.to(below.float32) if p.dtype is below.float16 else p, 0)
    last = p.shape[0] - 1
    distribution = (summed / summed[(last,)]).to(below.float64)
    distribution[(last,)] = 1.0
    return sorting.searchsorted(distribution, below.rand((count,), below.float64, stream), False)


def poisson(input: Tensor, generator: Generator | None = None) -> Tensor:
    """Draw from the Poisson distributions with the rates `input`: 0, 1, 2, ...

    Raises:
        RuntimeError: if a rate is negative, NaN, or 2^53 or more.

    Gradient: zero.
    """
    rates = unwrap(input).to(below.float64)
    refuse_integers("poisson", input.dtype)
    if not _all((rates >= 0) * (rates < 2**53)):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative, below 2**53")
    flat: list[float] = rates.clone().view((prod(rates.shape),)).tolist()  # type: ignore[assignment]  # 1-d
    drawn = below.tensor(_counts(flat, stream_of("poisson", generator)), input.dtype)
    return record("PoissonBackward0", wrap(drawn.view(input.shape)), (input, zero_gradient))


def _counts(rates: list[float], stream: Stream) -> list[int]:
    """Draw one after another, since how many uniform numbers one takes depends on them."""
    waiting = sum(rate > 0 for rate in rates)

    def uniform() -> Iterator[float]:
        while True:  # as many as are needed at least: one for each
            yield from below.rand((waiting,), below.float64, stream).tolist()  # type: ignore[misc]  # 1-d

    draw = uniform().__next__
    counts = []
    for rate in rates:
        counts.append(0 if not rate else _events(rate, draw) if rate < 10 else _many(rate, draw))
        waiting -= rate > 0
    return counts


def _events(rate: float, draw: Callable[[], float]) -> int:
    """Count how many exponential waiting times pass until their sum exceeds `rate`.

    Source: Knuth, "The Art of Computer Programming", volume 2, section 3.4.1
    """
    count, product, end = 0, draw(), exp(-rate)
    while product > end:
        count += 1
        product *= draw()
    return count


def _many(rate: float, draw: Callable[[], float]) -> int:
    """Draw by transformed rejection.

    Source: Hörmann, "The transformed rejection method for generating Poisson random variables",
    1993, algorithm PTRS
    """
    b = 0.931 + 2.53 * sqrt(rate)
    a = -0.059 + 0.02483 * b
    inverse_alpha = 1.1239 + 1.1328 / (b - 3.4)
    while True:
        u, v = draw() - 0.5, draw()
        edge = 0.5 - abs(u)
        count = floor((2 * a / edge + b) * u + rate + 0.43)
        if edge >= 0.07 and v <= 0.9277 - 3.6224 / (b - 2):
            return count
        if count < 0 or (edge < 0.013 and v > edge) or not v:
            continue
        chance = log(v) + log(inverse_alpha) - log(a / (edge * edge) + b)
        if chance <= count * log(rate) - rate - lgamma(count + 1):
            return count
