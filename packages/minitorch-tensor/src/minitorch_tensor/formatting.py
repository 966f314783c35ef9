"""The text of a tensor, character for character torch's (`torch/_tensor_str.py`).

All elements have one format and one width. Floats that are all whole are written `2.`; others with
four digits; in scientific form where their range is too wide for that. `set_printoptions` replaces
one frozen record of options.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from .core import dtypes
from .core.dtypes import DTYPES, Default
from .core.value import Array, Tensor

__all__ = ["set_printoptions", "tensor_repr"]


@dataclass(frozen=True)
class Options:
    """How tensors are printed; `Options.now` is in use."""

    precision: int = 4  # digits after the point
    threshold: float = 1000  # elements beyond which a tensor is summarised
    edgeitems: int = 3  # elements shown at either end of a summarised dimension
    linewidth: int = 80
    sci_mode: bool | None = None  # whether floats are scientific; None: where they need it

    now: ClassVar[Options]


PROFILES: Final = {
    "default": Options(),
    "short": Options(precision=2, edgeitems=2),
    "full": Options(threshold=math.inf),
}
Options.now = PROFILES["default"]


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Set how tensors are printed; options that are None keep their value, except `sci_mode`."""
    if profile is not None and profile not in PROFILES:
        known = ", ".join(map(repr, PROFILES))
        raise ValueError(f"set_printoptions: expected a profile of {known}, got {profile!r}")
    base = Options.now if profile is None else PROFILES[profile]
    given = {
        "precision": precision,
        "threshold": threshold,
        "edgeitems": edgeitems,
        "linewidth": linewidth,
    }
    known_options = {name: value for name, value in given.items() if value is not None}
    Options.now = replace(base, **known_options, sci_mode=sci_mode)  # type: ignore[arg-type]  # each of its type


def tensor_repr(x: Tensor, /, suffixes: Sequence[str] = ()) -> str:
    """Return the text `tensor([1., 2.])`, with the type where it is not obvious, and `suffixes`."""
    a = x._array
    prefix = "tensor("
    body = _write(a, len(prefix)) if a.size else "[]"
    notes = []
    if not a.size and a.ndim != 1:
        notes.append(f"size={a.shape}")
    own = DTYPES[a.dtype]
    if own is not Default.float and not (a.size and own in (dtypes.int64, dtypes.bool)):
        notes.append(f"dtype={own!r}")
    return _append(prefix + body, [*notes, *suffixes], len(prefix)) + ")"


def _append(text: str, notes: Sequence[str], indent: int) -> str:
    """Append `, note` for each note, on a new line if the current one would become too long."""
    used = len(text) - text.rfind("\n") + 1
    for note in notes:
        if used + len(note) + 2 > Options.now.linewidth:
            text += ",\n" + " " * indent + note
            used = indent + len(note)
        else:
            text += ", " + note
            used += len(note) + 2
    return text


def _write(a: Array, indent: int) -> str:
    summarise = a.size > Options.now.threshold
    shown = _edges(a) if summarise else a
    element, width = _element_format(shown)
    return _write_nested(a, indent, summarise, element, width)


def _edges(a: Array) -> Array:
    """Return only the elements that a summary shows."""
    edge = Options.now.edgeitems
    for dim, size in enumerate(a.shape):
        if size > 2 * edge:
            ends = [*range(edge), *range(size - edge, size)]
            a = a.take(ends, dim)
    return a


def _write_nested(
    a: Array,
    indent: int,
    summarise: bool,
    element: Callable[[float], str],
    width: int,
) -> str:
    if a.ndim == 0:
        return element(a.item())
    edge = Options.now.edgeitems
    cut = summarise and len(a) > 2 * edge
    parts = [*a[:edge], *a[len(a) - edge :]] if cut else [*a]
    if a.ndim == 1:
        words = [element(one.item()) for one in parts]
        if cut:
            words.insert(edge, " ...")
        a_line = max(1, (Options.now.linewidth - indent) // (width + 2))
        lines = [", ".join(words[i : i + a_line]) for i in range(0, len(words), a_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    blocks = [_write_nested(one, indent + 1, summarise, element, width) for one in parts]
    if cut:
        blocks.insert(edge, "...")
    return "[" + ("," + "\n" * (a.ndim - 1) + " " * (indent + 1)).join(blocks) + "]"


def _element_format(a: Array) -> tuple[Callable[[float], str], int]:
    """Return a function that writes one element, and the width of all elements."""
    if a.dtype.kind != "f":
        width = max(len(str(one)) for one in a.ravel().tolist())
        return lambda one: str(one).rjust(width), width

    values = [one for one in a.ravel().tolist() if math.isfinite(one) and one != 0]
    sizes = [abs(one) for one in values] or [1.0]
    whole = all(one == math.ceil(one) for one in values)
    scientific = max(sizes) / min(sizes) > 1000 or max(sizes) > 1e8 or min(sizes) < 1e-4
    if values and Options.now.sci_mode is not None:
        scientific = Options.now.sci_mode
    if scientific:
        form, point = f".{Options.now.precision}e", ""
    elif whole:
        form, point = ".0f", "."
    else:
        form, point = f".{Options.now.precision}f", ""

    def write(one: float) -> str:
        return format(one, form) + (point if math.isfinite(one) else "")

    width = max([1, *(len(write(one)) for one in values)])
    return lambda one: write(one).rjust(width), width
