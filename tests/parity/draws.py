"""What both modules draw at random from the same seed, compared number by number.

| element type | a draw agrees within, relative to 1 + abs(x) |
|--------------|----------------------------------------------|
| float64      | 2e-15                                        |
| float32      | 4e-7                                         |
| float16      | 1e-3: one step of the type                   |
| others       | 0                                            |

So much logarithms, cosines and the like differ between two libraries. What is made of words by
arithmetic alone is the same to the last bit: `exact` asks for that.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import torch
from tests.cases.case import Torch
from tests.parity.compare import difference, element_type, flat
from tests.parity.report import Report

import minitorch

TOLERANCES = {"float64": 2e-15, "float32": 4e-7, "float16": 1e-3}
counted = [0, 0]  # numbers compared in this test, and how many of them are equal


def compare_calls(
    report: Report,
    what: str,
    call: Callable[[Torch, Any], Any],
    seed: int = 3,
    *,
    exact: bool = False,
) -> None:
    """Draw on both sides by `call(module, generator)`; compare, too, where the streams stand then.

    The default stream begins at the same seed, for what takes no generator.
    """
    sides = []
    for t in (minitorch, torch):
        generator = t.Generator().manual_seed(seed)
        t.manual_seed(seed)
        drawn = call(t, generator)
        sides.append((drawn, place_of(generator), place_of(t.default_generator)))
    (ours, *places), (theirs, *others) = sides
    compare_draws(report, what, ours, theirs, exact=exact)
    assert_same_places(what, places, others)


def compare_draws(
    report: Report, what: str, ours: Any, theirs: Any, *, exact: bool = False
) -> None:
    """Compare two tensors that were drawn: values, shape, type, and how they lie in memory."""
    tolerance = 0.0 if exact else TOLERANCES.get(element_type(theirs), 0.0)
    report.compare(difference(what, ours, theirs, tolerance=tolerance))
    assert steps_of(ours) == steps_of(theirs), f"{what}: strides"
    count(ours.tolist(), theirs.tolist())


def count(ours: Any, theirs: Any) -> None:
    """Count numbers in nested lists that both sides drew, for the summary."""
    pairs = zip(flat(ours), flat(theirs), strict=True)
    same = [mine == its or (mine != mine and its != its) for mine, its in pairs]
    counted[0] += len(same)
    counted[1] += sum(same)


def steps_of(x: Any) -> list[int]:
    """Return the strides that matter: those of dimensions of several elements."""
    pairs = zip(x.shape, x.stride(), strict=True)
    return [] if 0 in x.shape else [stride for size, stride in pairs if size > 1]


def place_of(generator: Any) -> tuple[bytes, float | None]:
    """Return the words of a generator's state and how many are used, and the normal that waits."""
    state = bytes(generator.get_state().tolist())
    normal, _, waits = struct.unpack_from("<ddi", state, 5024)
    return state[:5016], normal if waits else None


def assert_same_places(
    what: str, ours: list[tuple[bytes, float | None]], theirs: list[tuple[bytes, float | None]]
) -> None:
    """Assert that streams go on alike."""
    for (words, normal), (its_words, its_normal) in zip(ours, theirs, strict=True):
        assert words == its_words, f"{what}: the stream goes on elsewhere"
        assert (normal is None) == (its_normal is None), f"{what}: half a pair waits on one side"
        if normal is not None and its_normal is not None:
            assert abs(normal - its_normal) <= TOLERANCES["float64"] * (1 + abs(its_normal)), what
