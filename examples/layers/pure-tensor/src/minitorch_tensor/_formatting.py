"""Flat lists made into nested ones, and into the text that torch writes (`_tensor_str.py`)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from ._dtypes import bool_, get_default_dtype, int64

if TYPE_CHECKING:
    from ._tensor import Tensor

Nested: TypeAlias = "float | Sequence[Nested]"
T = TypeVar("T")


def cut(values: list[T], count: int) -> list[list[T]]:
    """Cut `values` into `count` lists of one length."""
    n = len(values) // count if count else 0
    return [values[i * n : (i + 1) * n] for i in range(count)]


def nest(values: list[float], shape: tuple[int, ...]) -> Nested:
    if len(shape) < 2:
        return values.copy() if shape else values[0]
    return [nest(part, shape[1:]) for part in cut(values, shape[0])]


def tensor_repr(x: Tensor, /, suffixes: Sequence[str] = ()) -> str:
    values, notes, text = x._values(), list(suffixes), "tensor("
    indent = len(text)
    # What the elements don't tell.
    if x.dtype is not get_default_dtype() and not (values and x.dtype in (int64, bool_)):
        notes.insert(0, f"dtype={x.dtype}")
    if not values and len(x.shape) != 1:
        notes.insert(0, f"size={x.shape}")
    # Of more than 1000 elements, the first three and the last three of each dimension.
    cuts = [len(values) > 1000 and n > 6 for n in x.shape]
    shown = [0]
    for n, long in zip(x.shape, cuts, strict=True):
        kept = [0, 1, 2, n - 3, n - 2, n - 1] if long else range(n)
        shown = [i * n + k for i in shown for k in kept]
    words, width = _words([values[i] for i in shown], x.dtype.is_floating_point)
    shape = [6 if long else n for n, long in zip(x.shape, cuts, strict=True)]
    text += _bracket(words, shape, cuts, indent, width) if values else "[]"
    used = len(text) - text.rfind("\n") + 1
    for note in notes:
        fits = used + len(note) + 2 <= 80
        text += f", {note}" if fits else f",\n{' ' * indent}{note}"
        used = used + len(note) + 2 if fits else indent + len(note)
    return text + ")"


def _words(values: list[float], floats: bool) -> tuple[list[str], int]:
    """Return the numbers written in one form, and the width of the longest that is finite."""
    form, point, measured = "", "", values
    if floats:
        measured = [value for value in values if math.isfinite(value) and value]
        sizes = [abs(value) for value in measured] or [1.0]
        if max(sizes) / min(sizes) > 1000 or max(sizes) > 1e8 or min(sizes) < 1e-4:
            form = ".4e"
        else:
            form, point = (".4f", "") if any(size % 1 for size in sizes) else (".0f", ".")
    width = max((len(format(value, form) + point) for value in measured), default=1)
    words = (format(value, form) + (point if math.isfinite(value) else "") for value in values)
    return [word.rjust(width) for word in words], width


def _bracket(words: list[str], shape: list[int], cuts: list[bool], indent: int, width: int) -> str:
    if not shape:
        return words[0]
    if len(shape) == 1:
        words = [*words[:3], " ...", *words[3:]] if cuts[0] else words
        a_line = max(1, (80 - indent) // (width + 2))
        parts = [", ".join(words[i : i + a_line]) for i in range(0, len(words), a_line)]
    else:
        rows = cut(words, shape[0])
        parts = [_bracket(row, shape[1:], cuts[1:], indent + 1, width) for row in rows]
        parts = [*parts[:3], "...", *parts[3:]] if cuts[0] else parts
    comma = "," + "\n" * max(1, len(shape) - 1) + " " * (indent + 1)
    return "[" + comma.join(parts) + "]"
