"""Refusing whole numbers, of which most functions of floats make nothing."""

from __future__ import annotations

from minitorch_autograd import Tensor


def require_floats(name: str, *inputs: Tensor) -> None:
    """Raise where `name`, a function of floats, is given whole numbers or truth values.

    Raises:
        NotImplementedError: as torch does.
    """
    for x in inputs:
        if not x.dtype.is_floating_point:
            raise NotImplementedError(f'"{name}" not implemented for {x.dtype}: cast it to floats')
