"""Reading the data that ships with this package, in the folder `data`."""

from __future__ import annotations

import gzip
from importlib.resources import files

from .idx import read_idx


def read_text(name: str) -> str:
    """Return a compressed text."""
    return gzip.decompress((files(__package__) / "data" / name).read_bytes()).decode()


def read_array(name: str) -> tuple[tuple[int, ...], bytes]:
    """Return the sizes and the elements of a compressed array in the IDX format."""
    return read_idx(gzip.decompress((files(__package__) / "data" / name).read_bytes()))
