"""What optim needs of the autograd layer: the whole of it, and nothing else.

Names, arguments and results are torch's. The first Protocols are the core, enough for most
optimizers. Each *extension* after them is asked for only by those that need it: an autograd layer
without it carries all the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

T = TypeVar("T")  # the tensor class itself
T_contra = TypeVar("T_contra", contravariant=True)
D_co = TypeVar("D_co", covariant=True)  # the class of element types
D_contra = TypeVar("D_contra", contravariant=True)


class TensorOps(Protocol[T, D_co]):
    """What an instance can do. It is hashed by identity: a parameter is the key of its state."""

    @property
    def grad(self) -> T | None: ...
    @grad.setter
    def grad(self, value: T | None) -> None: ...
    @property
    def is_leaf(self) -> bool: ...
    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def dtype(self) -> D_co: ...

    def item(self) -> float: ...
    def clone(self) -> T: ...

    # Views: what is written into them is written into the tensor.
    def detach(self) -> T: ...
    def __getitem__(self, index: slice, /) -> T: ...
    def reshape(self, shape: tuple[int, ...], /) -> T: ...

    # In place, under `no_grad`.
    def add_(self, other: T | float) -> T: ...
    def mul_(self, other: T | float) -> T: ...
    def copy_(self, src: T) -> T: ...
    def zero_(self) -> T: ...


class AutogradLayer(Protocol[T, D_contra]):
    """The module."""

    @property
    def Tensor(self) -> type[T]: ...

    def no_grad(self) -> AbstractContextManager[object]: ...
    def enable_grad(self) -> AbstractContextManager[object]: ...
    def zeros(self, size: tuple[int, ...], /, *, dtype: D_contra | None = None) -> T: ...
    def zeros_like(self, input: T) -> T: ...
    def empty_like(self, input: T) -> T: ...

    # Under `no_grad`: written into `out` (it may be an operand), which is returned.
    def maximum(self, input: T, other: T, *, out: T | None = None) -> T: ...
    def mul(self, input: T, other: T | float, *, out: T | None = None) -> T: ...
    def div(self, input: T, other: T, *, out: T | None = None) -> T: ...
    def sqrt(self, input: T, *, out: T | None = None) -> T: ...


class Elementwise(Protocol[T]):
    """Functions of one element, or of two that meet."""

    def sign(self, input: T) -> T: ...
    def clamp(self, input: T, min: float | None = None, max: float | None = None) -> T: ...
    def where(self, condition: T, input: T | float, other: T | float) -> T: ...
    def gt(self, input: T, other: T | float) -> T: ...
    def lt(self, input: T, other: T | float) -> T: ...


class Reductions(Protocol[T]):
    """Many elements into fewer."""

    def norm(self, input: T, p: float) -> T: ...
    def mean(self, input: T, dim: int, keepdim: bool = False) -> T: ...
    def dot(self, input: T, tensor: T) -> T: ...


class Shaping(Protocol[T]):
    """Elements in other places."""

    def cat(self, tensors: Sequence[T]) -> T: ...
    def transpose(self, input: T, dim0: int, dim1: int) -> T: ...


class Matrices(Protocol[T]):
    """Products of two dimensions."""

    def matmul(self, input: T, other: T) -> T: ...


class FloatLimits(Protocol):
    """What `finfo` returns."""

    @property
    def eps(self) -> float: ...


class Creation(Protocol[D_contra]):
    """What tensors are made of."""

    def finfo(self, type: D_contra, /) -> FloatLimits: ...


class Blocks(Protocol[T_contra]):
    """Steps that take many elements, or many tensors, in few calls: without, they take more."""

    def by_blocks(self, program: Callable[..., object], /, *tensors: T_contra) -> None:
        """Call `program`, unrecorded, with block after block cut along the first dimension.

        The blocks are views. They may be taken in any order, and by several threads.
        """
        ...

    def foreach_copy_(self, targets: Sequence[T_contra], sources: Sequence[T_contra]) -> None:
        """Copy each source into its target, under `no_grad`."""
        ...


class Calls(Protocol):
    """What is said of arguments of a wrong type; without it, what Python says."""

    def check_calls(self, namespace: dict[str, object], names: Iterable[str]) -> None: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_autograd": {"": AutogradLayer, "Tensor": TensorOps}
}
EXTENSIONS: Final[dict[str, dict[str, type]]] = {
    "minitorch_autograd": {
        "blocks": Blocks,
        "calls": Calls,
        "creation": Creation,
        "elementwise": Elementwise,
        "matrices": Matrices,
        "reductions": Reductions,
        "shaping": Shaping,
    }
}

if TYPE_CHECKING:
    import minitorch_autograd as below

    def tensor_fits(tensor: below.Tensor) -> TensorOps[below.Tensor, below.dtype]:
        return tensor

    module_fits: AutogradLayer[below.Tensor, below.dtype] = below
