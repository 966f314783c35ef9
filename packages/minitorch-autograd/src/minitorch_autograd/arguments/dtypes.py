"""Element types: their limits, and the type that two of them have together.

Where an operation is one call of the tensor layer, as ``x + y``, that layer promotes
(`minitorch_tensor.core.promotion`). `result_type` says the same to operations that are composed of
several, and to users.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Final

import minitorch_tensor as below

from ..engine.value import Tensor
from ..engine.writes import category

if TYPE_CHECKING:
    from minitorch_tensor import dtype

__all__ = [
    "can_cast",
    "finfo",
    "iinfo",
    "is_complex",
    "is_floating_point",
    "is_tensor",
    "promote_types",
    "result_type",
]


# Each from the smallest to the largest type.
SIGNED: Final = (below.int8, below.int16, below.int32, below.int64)
FLOATING: Final = (below.float16, below.float32, below.float64)
DTYPES: Final = (below.bool, below.uint8, *SIGNED, *FLOATING)


def name_of(dtype: dtype) -> str:
    """Return the name of a type without torch: "float32"."""
    return repr(dtype).removeprefix("torch.")


def require_dtype(operation: str, argument: str, dtype: object) -> None:
    """Raise TypeError if `dtype` is no element type."""
    if not isinstance(dtype, below.dtype):
        raise TypeError(
            f"{operation}(): argument '{argument}' must be torch.dtype, not {type(dtype).__name__}"
        )


# --- Limits


class finfo:  # noqa: N801  (torch's name)
    """The limits of a floating type.

    Args:
        type: the element type; by default the default float type.

    Raises:
        TypeError: if it is not a floating type.

    >>> finfo(float32).eps
    1.1920928955078125e-07

    Source: https://docs.pytorch.org/docs/stable/type_info.html
    """

    __slots__ = ("bits", "dtype", "eps", "max", "min", "resolution", "smallest_normal", "tiny")

    def __init__(self, type: dtype | None = None) -> None:
        type = below.get_default_dtype() if type is None else type
        require_dtype("finfo", "type", type)
        if not type.is_floating_point:
            raise TypeError(
                "torch.finfo() requires a floating point input type. Use torch.iinfo to handle "
                f"{type}"
            )
        self.dtype: Final = name_of(type)
        self.bits: Final = 8 * type.itemsize
        # The bits of the fraction and of the exponent, as IEEE 754 divides them.
        fraction, exponent = {16: (10, 5), 32: (23, 8), 64: (52, 11)}[self.bits]
        bias = 2 ** (exponent - 1) - 1
        self.eps: Final = 2.0**-fraction
        self.max: Final = (2 - self.eps) * 2.0**bias
        self.min: Final = -self.max
        self.smallest_normal: Final = 2.0 ** (1 - bias)
        self.tiny: Final = self.smallest_normal
        # The decimal digits that are exact: floor(fraction log10(2)).
        self.resolution: Final = float(f"1e-{fraction * 30103 // 100000}")

    def __repr__(self) -> str:
        fields = ("resolution", "min", "max", "eps", "smallest_normal", "tiny")
        limits = ", ".join(f"{field}={getattr(self, field):g}" for field in fields)
        return f"finfo({limits}, dtype={self.dtype})"


class iinfo:  # noqa: N801  (torch's name)
    """The limits of an integer type.

    Raises:
        TypeError: if it is a floating type, or bool.

    >>> iinfo(int8).min
    -128

    Source: https://docs.pytorch.org/docs/stable/type_info.html
    """

    __slots__ = ("bits", "dtype", "max", "min")

    def __init__(self, type: dtype) -> None:
        require_dtype("iinfo", "type", type)
        if type.is_floating_point:
            raise TypeError(
                f"torch.iinfo() requires an integer input type. Use torch.finfo to handle {type}"
            )
        if type is below.bool:
            raise TypeError("torch.bool is not supported by torch.iinfo")
        self.dtype: Final = name_of(type)
        self.bits: Final = 8 * type.itemsize
        self.min: Final = -(2 ** (self.bits - 1)) if type in SIGNED else 0
        self.max: Final = 2 ** (self.bits - (1 if type in SIGNED else 0)) - 1

    def __repr__(self) -> str:
        return f"iinfo(min={self.min:g}, max={self.max:g}, dtype={self.dtype})"


# --- Promotion


def promote_types(type1: dtype, type2: dtype) -> dtype:
    """Return the smallest type that holds both; of a float and an integer type, the float type.

    >>> promote_types(uint8, int8)
    torch.int16
    """
    require_dtype("promote_types", "type1", type1)
    require_dtype("promote_types", "type2", type2)
    if category(type1) != category(type2):
        return max(type1, type2, key=category)
    if below.uint8 in (type1, type2) and below.int8 in (type1, type2):
        return below.int16
    return max(type1, type2, key=DTYPES.index)


def result_type(tensor1: Tensor | float, tensor2: Tensor | float) -> dtype:
    """Return the type of the result of an operation on the two.

    Tensors with dimensions have priority over 0-d ones, and these over numbers. The type of lower
    priority counts only if it is of a higher category: bool < integers < floats.

    >>> result_type(tensor([1], dtype=int8), 2.5)
    torch.float32
    """
    (rank1, type1), (rank2, type2) = _ranked(tensor1), _ranked(tensor2)
    if rank1 == rank2:
        return promote_types(type1, type2)
    high, low = (type1, type2) if rank1 > rank2 else (type2, type1)
    return low if category(low) > category(high) else high


def _ranked(operand: Tensor | float) -> tuple[int, dtype]:
    """Return the priority of an operand, and its type."""
    if isinstance(operand, Tensor):
        return (2 if operand.shape else 1), operand.dtype
    if isinstance(operand, builtins.bool):
        return 0, below.bool
    if isinstance(operand, int):
        return 0, below.int64
    if isinstance(operand, float):
        return 0, below.get_default_dtype()
    raise TypeError(
        f"result_type(): arguments must be Tensors or numbers, not {type(operand).__name__}"
    )


def can_cast(from_: dtype, to: dtype) -> builtins.bool:
    """Return whether results of type `from_` may be written into a tensor of type `to`.

    They may unless the category of `to` is lower: floats into integers, numbers into bool.
    """
    require_dtype("can_cast", "from_", from_)
    require_dtype("can_cast", "to", to)
    return category(from_) <= category(to)


def is_tensor(obj: object) -> builtins.bool:
    """Return whether `obj` is a tensor."""
    return isinstance(obj, Tensor)


def is_floating_point(input: Tensor) -> builtins.bool:
    """Return whether the elements are floats."""
    if not isinstance(input, Tensor):
        raise TypeError(
            "is_floating_point(): argument 'input' (position 1) must be Tensor, not "
            f"{type(input).__name__}"
        )
    return input.dtype.is_floating_point


def is_complex(input: Tensor) -> builtins.bool:
    """Return whether the elements are complex numbers: always False here."""
    if not isinstance(input, Tensor):
        raise TypeError(
            "is_complex(): argument 'input' (position 1) must be Tensor, not "
            f"{type(input).__name__}"
        )
    return False
