"""Connectionist temporal classification: labels in order, at times that are not known.

Theory of operation. The labels of a sample are put between blanks: ``_ a _ b _``, of length
L = 2 S + 1. A path goes through them in T steps. From one step to the next it stays, moves on by
one, or passes over a blank between two labels that differ. With logarithms of probabilities x,

    a[t, s] = x[t, s] + log sum of e^a[t-1, s'] over the places s' that lead to s
    b[t, s] = log sum of e^(b[t+1, s'] + x[t+1, s']) over the places s' that s leads to

and the loss is ``-log sum e^a[T-1, s]`` over the last label and the last blank. The probability
that the path is at s at time t, which is minus the derivative by x[t, s], is ``e^(a + b + loss)``.

Source: Graves et al., "Connectionist Temporal Classification", 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from minitorch_autograd import Tensor, arange, int64, no_grad, record, where, zeros

from ..common.extensions import creation, elementwise, indexing, reductions, shaping
from .reduction import Reduction, reduce

__all__ = ["ctc_loss"]

Lengths: TypeAlias = "Tensor | Sequence[int]"
INFINITE = float("inf")


def ctc_loss(
    log_probs: Tensor,
    targets: Tensor,
    input_lengths: Lengths,
    target_lengths: Lengths,
    blank: int = 0,
    reduction: Reduction = "mean",
    zero_infinity: bool = False,
) -> Tensor:
    """Return minus the logarithm of the probability of a sequence of labels, at any times.

    Args:
        log_probs: logarithms of probabilities, (T, N, C) or (T, C)
        targets: labels other than `blank`: (N, S), of which the first of each row count; or those
            of all samples one after another.
        input_lengths: how many of the T steps count, (N,) or ()
        target_lengths: how many labels there are, (N,) or ()
        blank: the class of no label.
        reduction: "none", "sum", or "mean", each loss being divided by its number of labels first.
        zero_infinity: whether a loss that is infinite, for lack of steps, and its gradient are 0.

    Raises:
        RuntimeError: if lengths don't fit, or `blank` is no class.

    Gradient: ``e^x`` less the probability that the path is at that class then. It is what the
        input of `log_softmax` gets, and as in torch it is given to its output; `log_softmax` does
        not change it. There is no second derivative.
    """
    x = log_probs if len(log_probs.shape) == 3 else log_probs.unsqueeze(1)
    steps, lengths = _numbers(input_lengths), _numbers(target_lengths)
    _check(x, steps, lengths, blank)
    labels = _in_rows(targets, lengths)
    with no_grad():
        paths = _paths(x.detach(), labels, steps, lengths, blank)
        arrived = _forward(paths)
        losses = -_log_sum([where(paths.last, arrived[-1], -INFINITE)], whole=True)
        infinite = losses == INFINITE
        # Another tensor than the rule needs, since the caller may write over it.
        value = where(infinite, 0.0, losses) if zero_infinity else losses.clone()

    def rule(g: Tensor) -> Tensor:
        with no_grad():
            slope = x.exp() - _occupation(paths, arrived, losses, x)
            slope = where(infinite.unsqueeze(1), 0.0 if zero_infinity else float("nan"), slope)
            counts = (arange(x.shape[0]).unsqueeze(1) < steps).unsqueeze(2)
            slope = where(counts, slope, 0.0)
            product = slope * g.unsqueeze(1)
        return record(
            "CtcLossBackwardBackward0",
            product,
            (g, lambda h: (h * slope).sum(2).sum(0)),
            (x, _refuse),
        )

    result = record("CtcLossBackward0", value, (x, rule))
    if reduction == "mean":
        result = result / elementwise.clamp(lengths, min=1).to(x.dtype)
    return reduce(
        result if len(log_probs.shape) == 3 or reduction != "none" else result.squeeze(0), reduction
    )


class _Paths(NamedTuple):
    """The places that paths go through."""

    places: Tensor  # classes of blanks and labels, (N, L)
    skips: Tensor  # whether the place before may be passed over, (N, L)
    x: Tensor  # logarithms of their probabilities, (T, N, L)
    last: Tensor  # whether a path may end there, (N, L)
    steps: Tensor  # (N,)


def _paths(x: Tensor, labels: Tensor, steps: Tensor, lengths: Tensor, blank: int) -> _Paths:
    count, width = labels.shape
    blanks = creation.full((count, width), blank, dtype=int64)
    places = shaping.stack([blanks, labels], 2).reshape((count, 2 * width))
    places = shaping.cat([places, creation.full((count, 1), blank, dtype=int64)], 1)
    two_before = _moved(places, 2, blank)
    skips = elementwise.logical_and(
        elementwise.ne(places, blank), elementwise.ne(places, two_before)
    )
    index = shaping.broadcast_to(places.unsqueeze(0), (x.shape[0], *places.shape))
    behind = (lengths * 2).unsqueeze(1) - arange(2 * width + 1)
    last = elementwise.logical_or(behind == 0, behind == 1)
    return _Paths(places, skips, x.gather(2, index), last, steps)


def _forward(paths: _Paths) -> list[Tensor]:
    """Return a[t] for each t, (N, L), and at the end the one at each sample's last step."""
    # Before the first step all paths are at the first blank.
    at = where(
        arange(paths.places.shape[1]) == 0,
        zeros(paths.places.shape, dtype=paths.x.dtype),
        -INFINITE,
    )
    arrived = []
    for t, x in enumerate(shaping.unbind(paths.x, 0)):
        over = where(paths.skips, _moved(at, 2, -INFINITE), -INFINITE)
        moved = _log_sum([at, _moved(at, 1, -INFINITE), over]) + x
        arrived.append(moved)
        at = where((paths.steps > t).unsqueeze(1), moved, at)
    return [*arrived, at]


def _occupation(paths: _Paths, arrived: list[Tensor], losses: Tensor, x: Tensor) -> Tensor:
    """Return the probability of being at each class at each time, (T, N, C)."""
    ends = where(paths.last, creation.zeros_like(arrived[0]), -INFINITE)
    skips = _moved(paths.skips.to(int64), -2, 0) == 1
    to_go = ends
    onward = creation.full(ends.shape, -INFINITE, dtype=ends.dtype)  # b[t+1] + x[t+1]
    found = []
    for t in range(x.shape[0] - 1, -1, -1):
        over = where(skips, _moved(onward, -2, -INFINITE), -INFINITE)
        to_go = _log_sum([onward, _moved(onward, -1, -INFINITE), over])
        to_go = where((paths.steps == t + 1).unsqueeze(1), ends, to_go)
        chance = (arrived[t] + to_go + losses.unsqueeze(1)).exp()
        found.append(
            indexing.scatter_add(
                creation.zeros_like(shaping.select(x, 0, t)), 1, paths.places, chance
            )
        )
        onward = to_go + shaping.select(paths.x, 0, t)
    return shaping.stack(found[::-1], 0)


def _moved(x: Tensor, by: int, filler: float) -> Tensor:
    """Shift (N, L) along L, to the right or, of a negative number, to the left."""
    width, size = x.shape[1], min(abs(by), x.shape[1])
    filling = creation.full((x.shape[0], size), filler, dtype=x.dtype)
    if by > 0:
        return shaping.cat([filling, shaping.narrow(x, 1, 0, width - size)], 1)
    return shaping.cat([shaping.narrow(x, 1, size, width - size), filling], 1)


def _log_sum(terms: list[Tensor], whole: bool = False) -> Tensor:
    """Return ``log sum e^x`` of the tensors elementwise, or of all places; -inf of nothing."""
    stacked = terms[0] if whole else shaping.stack(terms, 0)
    return reductions.logsumexp(stacked, 1 if whole else 0)


def _numbers(lengths: Lengths) -> Tensor:
    if isinstance(lengths, Tensor):
        return creation.clone(lengths).to(int64).reshape((-1,))
    return creation.tensor(list(lengths), dtype=int64)


def _largest(numbers: Tensor) -> int:
    """Return the largest of numbers that are not negative: there are as many bins, and one."""
    return max(reductions.bincount(numbers).shape[0] - 1, 0)


def _in_rows(targets: Tensor, lengths: Tensor) -> Tensor:
    """Return the labels of each sample in a row, (N, S)."""
    longest = _largest(lengths)
    labels = targets.to(int64)
    if len(targets.shape) == 2:
        _check_room(1, longest, targets)
        return labels
    ends = reductions.cumsum(lengths, 0)
    total = _largest(ends)
    _check_room(0, total, targets)
    # What lies beyond the labels of a sample is not read: any index in range will do.
    index = (ends - lengths).unsqueeze(1) + arange(longest)
    index = where(index > total - 1, 0, index)
    if total == 0:
        return zeros((lengths.shape[0], longest), dtype=int64)
    return labels.gather(0, index.reshape((-1,))).reshape(index.shape)


def _check_room(dim: int, needed: int, targets: Tensor) -> None:
    if targets.shape[dim] < needed:
        raise RuntimeError(
            f"Expected tensor to have size at least {needed} at dimension {dim}, but got size "
            f"{targets.shape[dim]} for the targets of ctc_loss"
        )


def _check(x: Tensor, steps: Tensor, lengths: Tensor, blank: int) -> None:
    times, batch, classes = x.shape
    if 0 in x.shape:
        raise RuntimeError(f"ctc_loss: log_probs tensor must not be empty, got shape {x.shape}")
    if not 0 <= blank < classes:
        raise RuntimeError(f"blank must be in label range: [0, {classes}), but got {blank}")
    for name, numbers in (("input_lengths", steps), ("target_lengths", lengths)):
        if numbers.shape != (batch,):
            raise RuntimeError(
                f"{name} must be of size batch_size: ({batch},), but got {numbers.shape}"
            )
        if bool(reductions.any(numbers < 0)):
            raise RuntimeError(f"Expected {name} to have value at least 0 in ctc_loss")
    if bool(reductions.any(steps > times)):
        raise RuntimeError(f"Expected input_lengths to have value at most {times} in ctc_loss")


def _refuse(g: Tensor) -> Tensor:
    raise RuntimeError("the second derivative of ctc_loss is not implemented")
