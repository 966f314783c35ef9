"""Random tensors from distributions whose parameters are tensors."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

import minitorch_tensor as below

from ...arguments.dtypes import result_type
from ...arguments.extensions import scans, sorting, special
from ...arguments.operands import unwrap, unwrap_operand
from ...arguments.shapes import refuse_too_large
from ...engine.graph import record, zero_gradient
from ...engine.value import Tensor, wrap
from ..core.creation import leaf_of
from .generator import stream_of
from .sampling import randn, refuse_integers

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
    if not tensors:
        if size is None:
            raise TypeError(
                "normal() received an invalid combination of arguments: of two numbers it needs a "
                "size, as in normal(0.0, 1.0, (2, 3))"
            )
        _refuse_negative_std(std)
        drawn = randn(size, generator=generator, dtype=dtype)._raw
        return leaf_of(drawn * unwrap_operand(std) + unwrap_operand(mean), requires_grad, device)
    for one in tensors:
        refuse_integers("normal", one.dtype)
    _refuse_negative_std(std)
    # The two broadcast, as in a sum.
    shape = tensors[0].shape if len(tensors) == 1 else (tensors[0]._raw + tensors[1]._raw).shape
    drawn = below.randn(shape, result_type(mean, std), stream)
    number = {(True, False): 1, (False, True): 2, (True, True): 3}
    kinds = isinstance(mean, Tensor), isinstance(std, Tensor)
    return record(
        f"NormalBackward{number[kinds]}",
        wrap(drawn * unwrap_operand(std) + unwrap_operand(mean)),
        *[(one, zero_gradient) for one in tensors],
    )


def _refuse_negative_std(std: Tensor | float) -> None:
    """Raise if a standard deviation is negative."""
    if not isinstance(std, Tensor):
        if std < 0:
            raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    elif std.numel() and not _all(std._raw >= 0):
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
    probability = unwrap(input) if p is None else p
    if p is None:
        refuse_integers("bernoulli", input.dtype)
    drawn = bernoulli_trials(input.shape, probability, stream_of("bernoulli", generator))
    return record("BernoulliBackward0", wrap(drawn.to(input.dtype)), (input, zero_gradient))


def bernoulli_trials(shape: tuple[int, ...], p: Raw | float, stream: Stream) -> Raw:
    """Draw True with probability `p`."""
    if isinstance(p, below.Tensor):
        if not _all((p >= 0) * (p <= 1)):
            raise RuntimeError("bernoulli: Expected p_in >= 0 && p_in <= 1 to be true of each p")
    elif not 0 <= p <= 1:
        raise RuntimeError(f"bernoulli_ expects p to be in [0, 1], but got p={p}")
    return below.rand(shape, below.float64, stream) < p


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
    p = p.to(below.float64)
    if not _all(p.sum((len(p.shape) - 1,)) > 0):
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

    The waiting time for an event of rate p is ``-log(1 - u) / p``; the largest inverses come first.
    """
    u = below.rand(p.shape, below.float64, stream)
    speed = p / (1e-300 - below.log(1 - u))  # not 0 / 0, where u is 0
    dim = len(p.shape) - 1
    if count == 1:
        return speed.argmax(dim, True)
    return sorting.topk(speed, count, dim, True)[1]


def _inverted(p: Raw, count: int, stream: Stream) -> Raw:
    """Draw from one row with replacement, by inverting its cumulative distribution."""
    distribution = scans.cumsum(p, 0)
    u = below.rand((count,), below.float64, stream) * distribution[(p.shape[0] - 1,)]
    return sorting.searchsorted(distribution, u, True)


def poisson(input: Tensor, generator: Generator | None = None) -> Tensor:
    """Draw from the Poisson distributions with the rates `input`: 0, 1, 2, ...

    Raises:
        RuntimeError: if a rate is negative, NaN, or 2^53 or more.

    Gradient: zero.
    """
    rate = unwrap(input).to(below.float64)
    refuse_integers("poisson", input.dtype)
    if not _all((rate >= 0) * (rate < 2**53)):
        raise RuntimeError("invalid Poisson rate, expected rate to be non-negative, below 2**53")
    stream = stream_of("poisson", generator)
    large = rate > 10
    drawn = _events(below.where(large, 0.0, rate), stream)
    if not _all(large == False):  # noqa: E712  (of each element)
        drawn = below.where(large, _many_events(below.where(large, rate, 11.0), stream), drawn)
    return record("PoissonBackward0", wrap(drawn.to(input.dtype)), (input, zero_gradient))


def _events(rate: Raw, stream: Stream) -> Raw:
    """Draw for small rates: count the exponential waiting times whose sum is at most `rate`."""
    count, waited = rate * 0.0, rate * 0.0
    while True:
        waited = waited - below.log(1 - below.rand(rate.shape, below.float64, stream))
        happened = waited <= rate
        if _all(happened == False):  # noqa: E712
            return count
        count = count + happened


def _many_events(rate: Raw, stream: Stream) -> Raw:
    """Draw for rates above 10 by transformed rejection.

    Source: Hörmann, "The transformed rejection method for generating Poisson random variables",
    1993, algorithm PTRS, without its steps that only save time.
    """
    b = 0.931 + 2.53 * below.sqrt(rate)
    a = -0.059 + 0.02483 * b
    log_rate, log_scale = below.log(rate), below.log(1.1239 + 1.1328 / (b - 3.4))
    drawn = rate * 0.0 - 1  # -1 until a number is accepted
    while not _all(drawn >= 0):
        u = below.rand(rate.shape, below.float64, stream) - 0.5
        v = 1 - below.rand(rate.shape, below.float64, stream)
        edge = 0.5 - below.abs(u)
        x = below.maximum((2 * a / edge + b) * u + rate + 0.43, -1.0)
        k = (x + 1).to(below.int64).to(below.float64) - 1  # rounded down
        log_density = k * log_rate - rate - special.lgamma(k + 1)
        accepted = below.log(v) + log_scale - below.log(a / (edge * edge) + b) <= log_density
        drawn = below.where((drawn < 0) * accepted, k, drawn)
    return drawn
