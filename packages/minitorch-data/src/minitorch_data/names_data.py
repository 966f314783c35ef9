"""First names that ship with this package; data/NAMES.md tells their origin."""

from __future__ import annotations

from .data_files import read_text


def names() -> list[str]:
    """Return 5,163 first names in lower case, from a to z, in the order of the alphabet.

    Source: United States Census Bureau, frequently occurring first names of 1990, public domain

    >>> names()[:3]
    ['aaron', 'abbey', 'abbie']
    """
    return read_text("names.txt.gz").split()
