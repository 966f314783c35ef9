"""Mutants that no test can notice, each with the reason: they are not planted."""

from __future__ import annotations

from typing import Final

# (file, line before, line after): why they do the same.
EQUIVALENT: Final[dict[tuple[str, str, str], str]] = {}
