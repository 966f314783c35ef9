"""Kinds of functions that the tracer treats in their own way, each a set of their code objects."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from types import CodeType, FunctionType
from typing import Final

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

Functions = Iterable[Callable[..., object]]


# The wrapper around each public function that checks arguments when it fails: one code object for
# all, and none where another layer has no such check.
CHECKS: Final = frozenset({ops.add.__code__} if hasattr(ops.add, "__wrapped__") else ())


def unchecked(function: Callable[..., object]) -> FunctionType | None:
    """Return the function inside the wrapper that checks arguments; None if it is no function."""
    while inspect.isfunction(function):
        if function.__code__ not in CHECKS:
            return function
        function = function.__wrapped__  # type: ignore[attr-defined]  # as those have
    return None


def codes(functions: Functions) -> frozenset[CodeType]:
    """Return the code of each function."""
    return frozenset(one.__code__ for one in map(unchecked, functions) if one is not None)


def getter(name: str) -> Callable[..., object]:
    """Return the getter of a property of tensors."""
    found: Callable[..., object] = inspect.getattr_static(Tensor, name).fget
    return found


METHODS: Final = {name: inspect.getattr_static(Tensor, name) for name in dir(Tensor)}
FUNCTIONS: Final = {name: getattr(ops, name) for name in vars(ops)["__all__"]}
MATRICES: Final = {name: getattr(ops.linalg, name) for name in ops.linalg.__all__}
LAYERS: Final = {name: getattr(F, name) for name in dir(F) if not name.startswith("_")}

# Functions for layers, which users of a model do not know.
_FOR_LAYERS: Final = frozenset(
    [
        "add_windows",
        "by_blocks",
        "record",
        "record_several",
        "record_with_output",
        "sliding_windows",
    ]
)
# The name by which a user knows the code: that of the function, or of the method that Python calls
# for an operator. Closures, such as `exp_`, are left out: they share one code object.
PUBLIC: Final[dict[CodeType, str]] = {
    one.__code__: one.__name__ if one.__name__ in table else name
    for table in (METHODS, FUNCTIONS, MATRICES, LAYERS)
    for name, one in ((name, unchecked(one)) for name, one in table.items())
    if one is not None and name not in _FOR_LAYERS and not one.__code__.co_freevars
}

_LIKE: Functions = (
    ops.zeros_like,
    ops.ones_like,
    ops.full_like,
    ops.empty_like,
    Tensor.new_zeros,
    Tensor.new_ones,
    Tensor.new_full,
    Tensor.new_empty,
)
# They take only the shape and the element type of their first tensor.
LIKE: Final = codes(_LIKE)

_RANDOM: Functions = (
    ops.rand,
    ops.rand_like,
    ops.randint,
    ops.randint_like,
    ops.randn,
    ops.randn_like,
    ops.randperm,
    ops.normal,
    ops.bernoulli,
    ops.multinomial,
    ops.poisson,
)
_RANDOM_IN_PLACE: Functions = (
    Tensor.uniform_,
    Tensor.normal_,
    Tensor.log_normal_,
    Tensor.exponential_,
    Tensor.geometric_,
    Tensor.cauchy_,
    Tensor.bernoulli_,
    Tensor.random_,
)
# They draw random numbers: their results are no constants.
RANDOM: Final = codes(_RANDOM) | codes(_RANDOM_IN_PLACE)

# They create tensors of numbers: constants.
CREATING: Final = (
    LIKE
    | codes(_RANDOM)
    | codes(
        (
            ops.arange,
            ops.as_tensor,
            ops.asarray,
            ops.empty,
            ops.eye,
            ops.from_numpy,
            ops.full,
            ops.linspace,
            ops.logspace,
            ops.ones,
            ops.scalar_tensor,
            ops.tensor,
            ops.tril_indices,
            ops.triu_indices,
            ops.zeros,
            Tensor.new_tensor,
        )
    )
)

# They read values out of tensors, for instance for an `if`; the last six return a tensor whose
# shape depends on values.
READING: Final = codes(
    (
        Tensor.item,
        Tensor.tolist,
        Tensor.numpy,
        Tensor.__array__,
        Tensor.__array_ufunc__,
        Tensor.__dlpack__,
        Tensor.__bool__,
        Tensor.__float__,
        Tensor.__int__,
        Tensor.__index__,
        Tensor.__contains__,
        ops.allclose,
        ops.equal,
        ops.by_blocks,
        ops.foreach_copy_,
        ops.argwhere,
        ops.bincount,
        ops.masked_select,
        ops.nonzero,
        ops.unique,
        ops.unique_consecutive,
    )
)

# They write into their first argument: torch's names for them end in an underscore, and operators
# such as `+=` call them.
IN_PLACE: Final = codes(
    one
    for table in (METHODS, FUNCTIONS, LAYERS)
    for name, one in table.items()
    if name.endswith("_") and not name.endswith("__")
) - codes([Tensor.requires_grad_]) | codes(
    (Tensor.__init__, Tensor.__setitem__, inspect.getattr_static(Tensor, "data").fset)
)

# It writes into its first argument, too, but returns None.
SETTING: Final = Tensor.__setitem__.__code__
