"""The text of a tensor, character for character torch's (`torch/_tensor_str.py`).

All elements are written alike and to one width. Floats that are all whole are written `2.`;
others with four digits; in the scientific form where the range is too wide for that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from ._dtypes import DTYPES, bool_, default_float, int64

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ._tensor import Tensor

PRECISION: Final = 4  # digits after the point
THRESHOLD: Final = 1000  # elements beyond which a tensor is summarised
EDGE_ITEMS: Final = 3  # elements shown at either end of a summarised dimension
LINE_WIDTH: Final = 80


def tensor_repr(x: Tensor, /, suffixes: Sequence[str] = ()) -> str:
    """Write `tensor([1., 2.])`, with what a reader can't guess, and `suffixes`, at the end."""
    a = x._array
    prefix = "tensor("
    body = _write(a, len(prefix)) if a.size else "[]"
    notes = []
    if not a.size and a.ndim != 1:
        notes.append(f"size={a.shape}")
    own = DTYPES[a.dtype]
    if own is not default_float and not (a.size and own in (int64, bool_)):
        notes.append(f"dtype={own!r}")
    return _append(prefix + body, [*notes, *suffixes], len(prefix)) + ")"


def _append(text: str, notes: Sequence[str], indent: int) -> str:
    """Add `, note` for each note, on a new line where it would go beyond the line's width."""
    used = len(text) - text.rfind("\n") + 1
    for note in notes:
        if used + len(note) + 2 > LINE_WIDTH:
            text += ",\n" + " " * indent + note
            used = indent + len(note)
        else:
            text += ", " + note
            used += len(note) + 2
    return text


def _write(a: NDArray[np.generic], indent: int) -> str:
    summarise = a.size > THRESHOLD
    shown = _edges(a) if summarise else a
    element, width = _element_format(shown)
    return _write_nested(a, indent, summarise, element, width)


def _edges(a: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return the elements that a summary shows."""
    for dim, size in enumerate(a.shape):
        if size > 2 * EDGE_ITEMS:
            ends = [*range(EDGE_ITEMS), *range(size - EDGE_ITEMS, size)]
            a = a.take(ends, dim)
    return a


def _write_nested(
    a: NDArray[np.generic],
    indent: int,
    summarise: bool,
    element: Callable[[float], str],
    width: int,
) -> str:
    if a.ndim == 0:
        return element(a.item())
    cut = summarise and len(a) > 2 * EDGE_ITEMS
    parts = [*a[:EDGE_ITEMS], *a[-EDGE_ITEMS:]] if cut else [*a]
    if a.ndim == 1:
        words = [element(one.item()) for one in parts]
        if cut:
            words.insert(EDGE_ITEMS, " ...")
        a_line = max(1, (LINE_WIDTH - indent) // (width + 2))
        lines = [", ".join(words[i : i + a_line]) for i in range(0, len(words), a_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    blocks = [_write_nested(one, indent + 1, summarise, element, width) for one in parts]
    if cut:
        blocks.insert(EDGE_ITEMS, "...")
    return "[" + ("," + "\n" * (a.ndim - 1) + " " * (indent + 1)).join(blocks) + "]"


def _element_format(a: NDArray[np.generic]) -> tuple[Callable[[float], str], int]:
    """Choose how elements are written; return that function, and the width that it fills."""
    if a.dtype.kind != "f":
        width = max(len(str(one)) for one in a.ravel().tolist())
        return lambda one: str(one).rjust(width), width

    values = [one for one in a.ravel().tolist() if math.isfinite(one) and one != 0]
    sizes = [abs(one) for one in values] or [1.0]
    whole = all(one == math.ceil(one) for one in values)
    wide = max(sizes) / min(sizes) > 1000 or max(sizes) > 1e8
    if wide or (not whole and min(sizes) < 1e-4):
        form, point = f".{PRECISION}e", ""
    elif whole:
        form, point = ".0f", "."
    else:
        form, point = f".{PRECISION}f", ""

    def write(one: float) -> str:
        return format(one, form) + (point if math.isfinite(one) else "")

    width = max([1, *(len(write(one)) for one in values)])
    return lambda one: write(one).rjust(width), width
