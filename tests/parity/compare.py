"""Comparing what MiniTorch made with what torch made.

Numbers agree when ``|ours - torch| <= tolerance (1 + |torch|)``; NaN agrees with NaN.

| element type | value | gradient | second derivative |
|--------------|-------|----------|-------------------|
| float64      | 1e-14 | 1e-13    | 1e-12             |
| float32      | 1e-6  | 2e-6     | 1e-5              |
| float16      | 1e-3  | 2e-3     | 1e-2              |
| others       | 0     |          |                   |
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

TOLERANCES: Final = {
    "float64": (1e-14, 1e-13, 1e-12),
    "float32": (1e-6, 2e-6, 1e-5),
    "float16": (1e-3, 2e-3, 1e-2),
}


class Difference(NamedTuple):
    """How far two tensors are apart."""

    text: str  # what differs, or "" where nothing does
    worst: float  # the largest error in units of the tolerance


def element_type(tensor: Any) -> str:
    """Return "float64" and its like, which both modules write as `torch.float64`."""
    return str(tensor.dtype).removeprefix("torch.")


def difference(
    what: str, ours: Any, theirs: Any, order: int = 0, tolerance: float | None = None
) -> Difference:
    """Compare two tensors.

    Args:
        what: what they are, for the text.
        ours: the tensor of MiniTorch.
        theirs: the tensor of torch.
        order: 0 for a value, 1 for a gradient, 2 for a second derivative.
        tolerance: how far numbers may be apart; by default as the table tells.
    """
    if not hasattr(theirs, "dtype"):
        same = ours == theirs or (ours != ours and theirs != theirs)
        return Difference("" if same else f"{what}: ours {ours!r}, torch {theirs!r}", 0.0)
    for aspect, own, other in (
        ("shape", str(tuple(ours.shape)), str(tuple(theirs.shape))),
        ("element type", element_type(ours), element_type(theirs)),
    ):
        if own != other:
            return Difference(f"{what}: {aspect} differs: ours {own}, torch {other}", math.inf)
    if tolerance is None:
        tolerance = TOLERANCES.get(element_type(theirs), (0.0, 0.0, 0.0))[order]
    worst, text = 0.0, ""
    # A clone, since some of torch's zeros have no memory to read.
    pairs = zip(flat(ours.tolist()), flat(theirs.clone().tolist()), strict=True)
    for i, (mine, its) in enumerate(pairs):
        error = _error(mine, its)
        units = error / tolerance if tolerance else math.inf if error else 0.0
        if units > 1 and not text:
            text = (
                f"{what}: element {_place(i, tuple(theirs.shape))} differs: ours {mine!r}, "
                f"torch {its!r}\n  ours:  {ours!r}\n  torch: {theirs!r}"
            )
        worst = max(worst, units)
    return Difference(text, worst)


def _error(mine: float, its: float) -> float:
    if mine == its or (mine != mine and its != its):
        return 0.0
    if not (math.isfinite(mine) and math.isfinite(its)):
        return math.inf
    return abs(mine - its) / (1 + abs(its))


def flat(nested: Any) -> list[float]:
    """Return the numbers of nested lists and tuples."""
    if not isinstance(nested, list | tuple):
        return [nested]
    return [one for inner in nested for one in flat(inner)]


def _place(i: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    place: list[int] = []
    for n in reversed(shape):
        i, rest = divmod(i, n)
        place.insert(0, rest)
    return tuple(place)
