"""To and from Python numbers and lists, NumPy arrays, and other libraries by DLPack."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ..arguments.extensions import numpy as extension
from ..engine.value import Tensor, alias, wrap

if TYPE_CHECKING:
    from ..requires import Nested

__all__ = ["from_dlpack", "from_numpy"]

# NumPy's own types are known only below.
Array: TypeAlias = Any


def item(self: Tensor) -> float:
    """Return the only element as a Python number.

    Raises:
        RuntimeError: if there is not exactly one.
    """
    return self._raw.item()


def tolist(self: Tensor) -> Nested:
    """Return the elements as nested lists, of a 0-d tensor as a number."""
    return self._raw.tolist()


# --- NumPy


def numpy(self: Tensor, *, force: bool = False) -> Array:
    """Return a NumPy array that shares the memory of the tensor.

    Args:
        self: the tensor.
        force: whether a tensor that tracks gradients is accepted, too.

    Raises:
        RuntimeError: if the tensor tracks gradients, which the array could not.
        NotImplementedError: if the tensor layer has no NumPy arrays (extension "numpy").
    """
    if self._node is not None and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    alias(self, self._raw)  # marks the memory as shared; writes into the array are not detected
    return extension.to_numpy(self._raw)


def from_numpy(ndarray: Array) -> Tensor:
    """Return a tensor that shares the memory of a NumPy array.

    Raises:
        TypeError: if it is no array, or has elements of a type that tensors can't have.
        ValueError: if it runs backwards in memory: copy it first.
        NotImplementedError: if the tensor layer has no NumPy arrays (extension "numpy").
    """
    return wrap(extension.from_numpy(ndarray))


def array(self: Tensor, dtype: Array = None, copy: bool | None = None) -> Array:
    """Return the NumPy array of the tensor's memory; `np.asarray(tensor)` calls it.

    Raises:
        ValueError: if `copy` is False, and a cast needs one.
    """
    result = numpy(self)
    if dtype is not None and result.dtype != dtype:
        if copy is False:
            raise ValueError(
                "Unable to avoid copy while creating an array as requested: a cast from "
                f"{result.dtype} to {dtype} needs one"
            )
        return result.astype(dtype)
    return result.copy() if copy else result


# The operators by the names of NumPy's functions: NumPy calls `np.multiply(array, x)` for
# `array * x`, and the two calls can't be told apart.
OPERATORS: Final[dict[str, Callable[[Array, Array], Tensor]]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "floor_divide": operator.floordiv,
    "remainder": operator.mod,
    "power": operator.pow,
    "matmul": operator.matmul,
    "equal": operator.eq,
    "not_equal": operator.ne,
    "less": operator.lt,
    "less_equal": operator.le,
    "greater": operator.gt,
    "greater_equal": operator.ge,
    "bitwise_and": operator.and_,
    "bitwise_or": operator.or_,
    "bitwise_xor": operator.xor,
    "left_shift": operator.lshift,
    "right_shift": operator.rshift,
}


def array_ufunc(self: Tensor, ufunc: Array, method: str, *inputs: Array, **options: Array) -> Array:
    """Compute a NumPy function of tensors: `array * x` is a tensor, with gradients.

    Functions that are no operators are computed by NumPy; their results are tensors, unless there
    is an `out`.

    Raises:
        RuntimeError: if a tensor tracks gradients, and the function has none.
    """
    if method == "__call__" and not options and ufunc.__name__ in OPERATORS:
        return OPERATORS[ufunc.__name__](*[_operand(one) for one in inputs])
    for one in inputs:
        if isinstance(one, Tensor) and one._node is not None:
            raise RuntimeError(
                f"numpy.{ufunc.__name__}: Can't call numpy() on Tensor that requires grad, since "
                "NumPy computes no gradients. Use the function or method of that name here, or "
                "tensor.detach().numpy() instead."
            )
    arrays = [one.numpy() if isinstance(one, Tensor) else one for one in inputs]
    if any(isinstance(one, Tensor) for one in options.get("out", ())):
        raise TypeError(f"numpy.{ufunc.__name__}: out must be an array; for tensors use x.copy_()")
    result = getattr(ufunc, method)(*arrays, **options)
    if "out" in options:
        return result
    if isinstance(result, tuple):
        return tuple(wrap(extension.from_numpy(one.__array__())) for one in result)
    return wrap(extension.from_numpy(result.__array__()))


def _operand(one: Array) -> Array:
    """Return an array with dimensions as a tensor, and a NumPy number as a Python number."""
    if isinstance(one, Tensor) or not hasattr(one, "__array__"):
        return one
    return from_numpy(one) if one.shape else one.item()


# --- DLPack


def dlpack(self: Tensor, *, stream: object = None, **options: Array) -> Array:
    """Return the memory of the tensor as a capsule of the DLPack protocol.

    Raises:
        BufferError: if the tensor tracks gradients, which the receiver could not.

    Source: https://dmlc.github.io/dlpack/latest/python_spec.html
    """
    if self._node is not None:
        raise BufferError("Can't export tensors that require gradient, use tensor.detach()")
    return numpy(self).__dlpack__(stream=stream, **options)


def dlpack_device(self: Tensor) -> tuple[int, int]:
    """Return DLPack's device type and number of the CPU."""
    return 1, 0


def from_dlpack(ext_tensor: Array) -> Tensor:
    """Return a tensor that shares the memory of an array of any library with DLPack.

    Raises:
        TypeError: if it has no `__dlpack__`, or has elements of a type that tensors can't have.
        NotImplementedError: if the tensor layer has no NumPy arrays (extension "numpy").

    Source: https://docs.pytorch.org/docs/stable/dlpack.html
    """
    if not hasattr(ext_tensor, "__dlpack__"):
        raise TypeError(
            f"from_dlpack: {type(ext_tensor).__name__} has no __dlpack__: expected an array or a "
            "tensor"
        )
    return wrap(extension.from_dlpack(ext_tensor))
