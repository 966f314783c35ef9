"""Whole trainings, here and under torch, from nothing but a seed: their losses step by step.

The draws are the same, so what is left is rounding: sums in another order, and functions whose last
digit differs. It is 1e-7 of a loss in float32, 3e-7 after 50 steps, and some 3e-6 where a loss is
a small difference of larger numbers, so that all digits agree which programs print; in float64 it
is 1e-15, so that only a draw that differs could be more. In the end, what each program drew or
answered is the same, number by number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import torch
from tests.cases.case import Torch
from tests.parity.compare import Difference
from tests.parity.report import Report
from tests.parity.trainings import STEPS, TRAININGS, Run

import minitorch

# The largest difference of two losses, relative to torch's. Some losses pass 0 as they change sign:
# those below a hundredth of the first are taken for that.
TOLERANCES = {"float64": 1e-12, "float32": 1e-5}


@contextmanager
def floats_of(t: Torch, dtype: str) -> Iterator[None]:
    """Make floats of a type by default."""
    before = t.get_default_dtype()
    t.set_default_dtype(getattr(t, dtype))
    try:
        yield
    finally:
        t.set_default_dtype(before)


def losses_apart(ours: list[float], theirs: list[float], tolerance: float) -> Difference:
    """Compare two lists of losses."""
    assert len(ours) == len(theirs)
    worst, text = 0.0, ""
    least = abs(theirs[0]) / 100 if theirs else 0.0
    for i, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
        error = abs(one - other) / max(abs(other), least)
        if not error <= tolerance and not text:
            text = f"the loss of step {i} differs by {error:.1e}: ours {one}, torch {other}"
        worst = max(worst, error / tolerance)
    return Difference(text, worst)


@pytest.mark.parametrize("seed", [3, 1337])
@pytest.mark.parametrize("dtype", TOLERANCES)
@pytest.mark.parametrize("program", TRAININGS, ids=lambda program: program.__name__)
def test_losses(
    program: Callable[[Torch, int], Run], dtype: str, seed: int, report: Report
) -> None:
    report.begin("trainings", f"{program.__name__}({dtype}, {seed})")
    with report.missing(program.__name__), floats_of(minitorch, dtype):
        ours = program(minitorch, seed)
    with floats_of(torch, dtype):
        theirs = program(torch, seed)
    assert len(theirs.losses) == STEPS
    assert len(set(theirs.losses)) > STEPS // 2, "a training moves"
    report.compare(losses_apart(ours.losses, theirs.losses, TOLERANCES[dtype]))
    assert ours.answers == theirs.answers


def test_another_seed_gives_other_losses() -> None:
    for program in TRAININGS:
        one, other = (program(minitorch, seed) for seed in (3, 4))
        assert losses_apart(one.losses, other.losses, TOLERANCES["float32"]).text


def test_what_is_not_a_number_differs() -> None:
    assert losses_apart([1.0, float("nan")], [1.0, 2.0], 0.5).text.startswith("the loss of step 2")
