"""Reading the data of a new tensor: numbers, nested sequences of them, arrays, tensors."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, Protocol

import minitorch_tensor as below

from ..engine.value import Tensor
from .dtypes import promote_types, require_dtype
from .extensions import numpy as extension
from .scalars import check_fits

if TYPE_CHECKING:
    from typing import TypeAlias

    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ..requires import Nested

    class Array(Protocol):
        """An array or number of NumPy, or anything else that can be converted to an array."""

        def __array__(self) -> Any: ...  # noqa: ANN401  (an ndarray: NumPy is known only below)

    Data: TypeAlias = "float | Tensor | Array | Sequence[Data]"

NUMBERS: Final = frozenset({int, float, bool})


def read_data(data: Data, dtype: dtype | None) -> tuple[Raw, bool]:
    """Return `data` as a tensor of the layer below, and whether it shares the memory of `data`."""
    if dtype is not None:
        require_dtype("tensor", "dtype", dtype)
    if isinstance(data, Tensor):
        return _cast_shared(data._raw, dtype)
    if hasattr(data, "__array__"):
        return _cast_shared(extension.from_numpy(data.__array__()), dtype)
    if isinstance(data, str):
        raise TypeError(f"tensor: invalid data type 'str': {data!r:.60}")
    if _is_plain(data):
        return _of_numbers(data, dtype), False  # type: ignore[arg-type]  # it is `Nested` now
    values, own = _read_mixed(data)
    return _of_numbers(values, dtype or own), False


def _of_numbers(values: Nested, dtype: dtype | None) -> Raw:
    """Return a tensor of numbers, which have to be in the range of `dtype`."""
    if dtype is not None and (dtype.is_floating_point or dtype is below.bool):
        return below.tensor(values, dtype)
    try:
        wide = below.tensor(values)
    except TypeError:  # all are numbers, but some are too large
        wide = None
    if wide is None or (wide.dtype.is_floating_point and not _has_floats(values)):
        raise ValueError(
            f"tensor: Overflow when unpacking long long: int64 can't hold all of {values!r:.80}"
        )
    if dtype is None:
        return wide
    if wide.dtype.is_floating_point:
        wide = below.tensor(values, below.float64)
    if wide.dtype is not dtype and 0 not in wide.shape:
        dims = tuple(range(len(wide.shape)))
        for extreme in (wide.amin(dims), wide.amax(dims)):
            check_fits(extreme.item(), dtype)
    return wide.to(dtype)


def _has_floats(values: Nested) -> bool:
    """Return whether any of the numbers is a float, or there are no numbers."""
    if isinstance(values, float):
        return True
    if not isinstance(values, Sequence):
        return False
    return not values or any(map(_has_floats, values))


def _cast_shared(value: Raw, dtype: dtype | None) -> tuple[Raw, bool]:
    """Return `value` cast to `dtype`, and whether it still shares the memory."""
    cast = value if dtype is None else value.to(dtype)
    return cast, cast is value


def _is_plain(data: object) -> bool:
    """Return whether `data` consists of Python numbers, lists and tuples only."""
    if isinstance(data, list | tuple):
        kinds = set(map(type, data))
        return kinds <= NUMBERS or (
            kinds <= {list, tuple, int, float, bool} and all(map(_is_plain, data))
        )
    return isinstance(data, int | float | range)


def _read_mixed(data: Data) -> tuple[Nested, dtype]:
    """Return `data` as nested lists of numbers, and the type to which theirs are promoted."""
    types: list[dtype] = []
    values = _unwrapped(data, types)
    return values, reduce(promote_types, types) if types else below.get_default_dtype()


def _unwrapped(data: object, types: list[dtype]) -> Nested:
    """Return `data` as nested lists of numbers; append the types of the numbers to `types`."""
    if isinstance(data, Tensor):
        types.append(data.dtype)
        return _number(data)
    if hasattr(data, "__array__"):
        value = extension.from_numpy(data.__array__())
        types.append(value.dtype)
        return value.tolist()
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [_unwrapped(one, types) for one in data]
    if isinstance(data, str):
        raise ValueError(f"tensor: too many dimensions 'str': {data!r:.60} is no number")
    if not isinstance(data, int | float):
        raise RuntimeError(
            f"tensor: Could not infer dtype of {type(data).__name__}: {data!r:.60} is no number, "
            "sequence, array or tensor"
        )
    types.append(below.tensor(data).dtype)
    return data


def _number(x: Tensor) -> float:
    """Return the only element of `x`."""
    if x.numel() != 1:
        raise ValueError(
            "only one element tensors can be converted to Python scalars: "
            f"this one is of shape {x.shape}; join tensors with stack or cat"
        )
    return x._raw.item()
