"""Timing two things against each other: in turns, so that a busy machine slows both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple


class Times(NamedTuple):
    """Median seconds a call, and their ratio in the median round."""

    ours: float
    theirs: float
    ratio: float


# Threads of a matrix product go on spinning for some 25 ms, at the cost of whoever is next.
REST = 0.05


def _seconds(call: Callable[[], object], times: int) -> float:
    sleep(REST)
    call()
    start = perf_counter()
    for _ in range(times):
        call()
    return (perf_counter() - start) / times


def compare(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 40, slice_: float = 0.02
) -> Times:
    """Time both in `rounds` turns of about `slice_` seconds each."""
    for call in (ours, theirs):
        _seconds(call, 5)  # warm caches and buffers
    times = max(1, int(slice_ / max(_seconds(ours, 3), _seconds(theirs, 3))))
    gc.disable()
    try:
        pairs = [(_seconds(ours, times), _seconds(theirs, times)) for _ in range(rounds)]
    finally:
        gc.enable()
    return Times(
        median(a for a, _ in pairs), median(b for _, b in pairs), median(a / b for a, b in pairs)
    )
