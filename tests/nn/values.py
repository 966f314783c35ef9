"""The numbers in a tensor, as a list."""

from __future__ import annotations

from typing import Any

import minitorch as torch


def numbers(x: torch.Tensor) -> list[Any]:
    """Return the elements, flat, in row-major order."""
    values = x.reshape(-1).tolist()
    assert isinstance(values, list)
    return values
