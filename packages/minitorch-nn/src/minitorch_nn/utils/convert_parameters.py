"""Parameters as one vector, and back.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.parameters_to_vector.html
"""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from minitorch_autograd import Tensor

from ..common.extensions import shaping

__all__ = ["parameters_to_vector", "vector_to_parameters"]


def parameters_to_vector(parameters: Iterable[Tensor]) -> Tensor:
    """Return all elements of the parameters, one after the other."""
    return shaping.cat([p.reshape((prod(p.shape),)) for p in parameters])


def vector_to_parameters(vec: Tensor, parameters: Iterable[Tensor]) -> None:
    """Give the parameters the elements of a vector, as `parameters_to_vector` laid them out.

    They share its memory then, and stay what they are otherwise.

    Raises:
        TypeError: if `vec` is no tensor.
    """
    if not isinstance(vec, Tensor):
        raise TypeError(f"expected torch.Tensor, but got: {type(vec).__name__}")
    start = 0
    for parameter in parameters:
        count = prod(parameter.shape)
        part = shaping.narrow(vec.detach(), 0, start, count)
        parameter.data = part.reshape(parameter.shape)
        start += count
