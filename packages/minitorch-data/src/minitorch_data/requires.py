"""What the data tools need of the autograd layer: the whole of it, and nothing else.

Names, arguments and results are torch's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"

T = TypeVar("T")  # the tensor class itself
D = TypeVar("D")  # the class of element types
G = TypeVar("G")  # the random generator's class


class TensorOps(Protocol[T]):
    """What an instance can do."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice | T, /) -> T: ...
    def __truediv__(self, other: T | float, /) -> T: ...
    def tolist(self) -> Nested: ...
    def reshape(self, shape: tuple[int, ...], /) -> T: ...


class AutogradLayer(Protocol[T, D, G]):
    """The module."""

    @property
    def Tensor(self) -> type[T]: ...
    @property
    def dtype(self) -> type[D]: ...
    @property
    def Generator(self) -> type[G]: ...
    @property
    def float32(self) -> D: ...
    @property
    def float64(self) -> D: ...
    @property
    def int64(self) -> D: ...

    def tensor(self, data: Nested, *, dtype: D | None = None, requires_grad: bool = False) -> T: ...
    def stack(self, tensors: Sequence[T], dim: int = 0) -> T: ...
    def randperm(self, n: int, *, generator: G | None = None) -> T: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_autograd": {"": AutogradLayer, "Tensor": TensorOps}
}

if TYPE_CHECKING:
    import minitorch_autograd as below

    def tensor_fits(tensor: below.Tensor) -> TensorOps[below.Tensor]:
        return tensor

    module_fits: AutogradLayer[below.Tensor, below.dtype, below.Generator] = below
