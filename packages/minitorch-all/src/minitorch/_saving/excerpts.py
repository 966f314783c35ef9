"""Short excerpts of what is in a file, for errors: however long or nested, safe to print."""

from __future__ import annotations

import reprlib
from typing import Final

LONGEST: Final = 80


class _Short(reprlib.Repr):
    """A repr of plain values, cut after a few; of any other object its type only."""

    def repr_instance(self, x: object, level: int) -> str:
        plain = x is None or isinstance(x, bool | float)
        return repr(x) if plain else f"<{type(x).__name__}>"

    def repr_bytes(self, x: bytes, level: int) -> str:
        return repr(x[: self.maxstring])

    def repr_Name(self, x: object, level: int) -> str:  # noqa: N802  (found by the type)
        return repr(x)


_SHORT: Final = _Short()
_SHORT.maxlevel = 1
_SHORT.maxstring = 40


def shown(value: object) -> str:
    """Return the repr of a value, cut short; it takes no longer for a larger value."""
    return cut(_SHORT.repr(value))


def cut(text: str) -> str:
    """Return the beginning of a text, in one line, without control characters."""
    text = "".join(one if one.isprintable() else "?" for one in text[: LONGEST + 1])
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
