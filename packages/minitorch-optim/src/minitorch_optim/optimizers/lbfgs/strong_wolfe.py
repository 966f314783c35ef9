"""The line search for the strong Wolfe conditions: how far to go in a direction.

The loss along the direction d is a function of one number, ``f(t) = loss(θ + t d)``. A step t is
neither too long nor too short where both of these hold, the strong Wolfe conditions:

    f(t) ≤ f(0) + c₁ t f'(0)             the loss falls enough for the length of the step
    |f'(t)| ≤ c₂ |f'(0)|                 the slope is less steep than at 0

Theory of operation. `bracket` tries longer and longer steps, until it has such a step, or two that
have one between them. `zoom` makes the interval between these smaller: each trial is where the
cubic through its ends has its minimum.

Source: Nocedal, Wright: Numerical Optimization, second edition, 2006, section 3.5.
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from typing import Final, NamedTuple

from minitorch_autograd import Tensor

FALL: Final = 1e-4  # c₁
SLOPE: Final = 0.9  # c₂


class Trial(NamedTuple):
    """A step that was tried: the loss there."""

    t: float
    loss: float  # f(t)
    slope: float  # f'(t)
    gradient: Tensor  # of the loss, by the parameters


class Line:
    """The loss along a direction.

    Args:
        trial_at: evaluates it at a step.
        trials: how many trials are left; it is for the callers of `trial` to stop at 0.
    """

    def __init__(self, trial_at: Callable[[float], Trial], trials: int) -> None:
        self._trial_at = trial_at
        self.trials = trials

    def trial(self, t: float) -> Trial:
        """Evaluate the loss at a step."""
        self.trials -= 1
        return self._trial_at(t)


def strong_wolfe(line: Line, start: Trial, t: float, least_width: float) -> Trial:
    """Return a trial that fulfils both conditions, or the lowest there is when trials run out.

    Args:
        line: the loss along the direction.
        start: its point at 0, where it slopes down.
        t: the first step to try.
        least_width: an interval that is narrower is not searched.
    """
    found = bracket(line, start, t)
    return found if isinstance(found, Trial) else zoom(line, start, found, least_width)


def bracket(line: Line, start: Trial, t: float) -> Trial | tuple[Trial, Trial]:
    """Return a trial that fulfils both conditions, or two that have such a one between them.

    Each trial is 1.01 to 10 times as far as the last, where the cubic through the last two has its
    minimum. It has gone too far when the loss is too high, or rises.

    Source: Nocedal, Wright, algorithm 3.5.
    """
    last, trial, followed = start, line.trial(t), 0
    while line.trials > 0:
        if _is_too_high(trial, start) or (followed > 1 and trial.loss >= last.loss):
            return last, trial
        if _is_flat(trial, start):
            return trial
        if trial.slope >= 0:
            return last, trial
        nearest, farthest = trial.t + 0.01 * (trial.t - last.t), 10 * trial.t
        t = cubic_minimum(last, trial, nearest, farthest)
        last, trial, followed = trial, line.trial(t), followed + 1
    return start, trial


def zoom(line: Line, start: Trial, ends: tuple[Trial, Trial], least_width: float) -> Trial:
    """Return a trial between two that fulfils both conditions, or the lower end when it stops.

    Each trial takes the place of one end, so that the line goes on to slope down from the lower end
    to the other.

    Source: Nocedal, Wright, algorithm 3.6.
    """
    was_near = False
    while line.trials > 0 and not abs(ends[1].t - ends[0].t) < least_width:
        nearest, farthest = sorted(end.t for end in ends)
        t = cubic_minimum(*ends, nearest, farthest)
        t, was_near = _off_the_ends(t, nearest, farthest, was_near)
        trial = line.trial(t)
        low, high = _by_height(ends)
        if _is_too_high(trial, start) or trial.loss >= low.loss:
            new_ends = low, trial
        elif _is_flat(trial, start):
            return trial
        else:
            new_ends = trial, (low if trial.slope * (high.t - low.t) >= 0 else high)
        # Where both ends are as low, the first counts for the lower one: the order is kept.
        ends = new_ends if low is ends[0] else new_ends[::-1]
    return _by_height(ends)[0]


def cubic_minimum(a: Trial, b: Trial, nearest: float, farthest: float) -> float:
    """Return where the cubic with the loss and slope of two points has its minimum.

        d₁ = f'(a) + f'(b) − 3 (f(a) − f(b)) / (a − b)
        d₂ = √(d₁² − f'(a) f'(b))
        t = b − (b − a) (f'(b) + d₂ − d₁) / (f'(b) − f'(a) + 2 d₂)       (for a < b)

    It is clamped to `nearest` and `farthest`; a cubic that falls without end has its minimum at
    one of these. If the cubic has no minimum, the middle of the two is returned.

    Source: Nocedal, Wright, equation 3.59.
    """
    middle = (nearest + farthest) / 2
    if a.t > b.t:
        a, b = b, a
    if a.t == b.t:
        return middle
    d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t)
    square = d1 * d1 - a.slope * b.slope
    if not square >= 0:
        return middle
    d2 = sqrt(square)
    above, below = b.slope + d2 - d1, b.slope - a.slope + 2 * d2
    if below == 0:  # a line or a parabola that opens downwards
        return farthest if above < 0 else nearest if above > 0 else middle
    return min(max(b.t - (b.t - a.t) * (above / below), nearest), farthest)


def _is_too_high(trial: Trial, start: Trial) -> bool:
    return trial.loss > start.loss + FALL * trial.t * start.slope


def _is_flat(trial: Trial, start: Trial) -> bool:
    return abs(trial.slope) <= -SLOPE * start.slope


def _by_height(ends: tuple[Trial, Trial]) -> tuple[Trial, Trial]:
    return ends if ends[0].loss <= ends[1].loss else (ends[1], ends[0])


def _off_the_ends(t: float, nearest: float, farthest: float, was_near: bool) -> tuple[float, bool]:
    """Return t, and whether it is near an end of the interval; the second time, move it away.

    Trials near an end make the interval hardly any smaller.
    """
    margin = 0.1 * (farthest - nearest)
    if not min(farthest - t, t - nearest) < margin:
        return t, False
    if not was_near and nearest < t < farthest:
        return t, True
    at_far_end = abs(t - farthest) < abs(t - nearest)
    return (farthest - margin if at_far_end else nearest + margin), False
