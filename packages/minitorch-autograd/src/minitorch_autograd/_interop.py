"""Between element types, and out to Python and NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import minitorch_tensor as below

from ._graph import alias, record, wrap
from .requires import NumpyInterop

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ._tensor import Nested, Tensor


def to(self: Tensor, dtype: dtype) -> Tensor:
    """Cast; return the tensor itself where it has that type already.

    Gradient: cast back. None passes through integers.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.to.html
    """
    if self._raw.dtype is dtype:
        return self
    cast = wrap(self._raw.to(dtype))
    # The engine casts what has another type.
    return record("ToCopyBackward0", cast, (self, lambda g: g)) if dtype.is_floating_point else cast


def item(self: Tensor) -> float:
    """Return the only element as a Python number.

    Raises:
        RuntimeError: if there is not exactly one.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.item.html
    """
    return self._raw.item()


def tolist(self: Tensor) -> Nested:
    """Return the elements as nested lists, of a 0-d tensor as a number.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.tolist.html
    """
    return self._raw.tolist()


def _extension() -> NumpyInterop[Raw]:
    layer: object = below
    if not isinstance(layer, NumpyInterop):
        raise NotImplementedError(
            'this needs the extension "numpy" (from_numpy, to_numpy) of the tensor layer, '
            f"which {below.__file__} does not have"
        )
    return layer


def numpy(self: Tensor) -> Any:  # noqa: ANN401  (an ndarray: NumPy is known only below)
    """Return a NumPy array that shares the memory of the tensor.

    Raises:
        RuntimeError: if the tensor tracks gradients: the array would not.
        NotImplementedError: if the tensor layer has no such arrays (extension "numpy").

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.numpy.html
    """
    if self._node is not None:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    alias(self, self._raw)  # writes into the array can't be seen; the memory counts as shared
    return _extension().to_numpy(self._raw)


def from_numpy(ndarray: Any) -> Tensor:  # noqa: ANN401  (as `numpy`)
    """Make a tensor that shares the memory of a NumPy array.

    Raises:
        TypeError: if it is no array, or has elements of a type that tensors don't have.
        NotImplementedError: if the tensor layer has no such arrays (extension "numpy").

    Source: https://docs.pytorch.org/docs/stable/generated/torch.from_numpy.html
    """
    return wrap(_extension().from_numpy(ndarray))
