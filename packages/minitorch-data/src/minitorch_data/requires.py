"""What the data tools need of the autograd layer: the whole of it, and nothing else.

Names, arguments and results are torch's. `Sampling` is an extension: an autograd layer without it
carries all but the samplers that need it.
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
G_co = TypeVar("G_co", covariant=True)
D_contra = TypeVar("D_contra", contravariant=True)
G_contra = TypeVar("G_contra", contravariant=True)


class GeneratorOps(Protocol[G_co]):
    """A stream of random numbers; made by `Generator()`."""

    def manual_seed(self, seed: int) -> G_co: ...


class TensorOps(Protocol[T]):
    """What an instance can do."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice | T, /) -> T: ...
    def __truediv__(self, other: T | float, /) -> T: ...
    def item(self) -> float: ...
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
    def rand(
        self, size: tuple[int, ...], /, *, generator: G | None = None, dtype: D | None = None
    ) -> T: ...
    def randperm(self, n: int, *, generator: G | None = None) -> T: ...


class Sampling(Protocol[T, D_contra, G_contra]):
    """The extension: draws with replacement, and by weights. A layer may leave it out."""

    def as_tensor(self, data: Sequence[float] | T, dtype: D_contra) -> T:
        """Return `data` itself if it is a tensor of that type."""
        ...

    def multinomial(
        self,
        input: T,
        num_samples: int,
        replacement: bool = False,
        *,
        generator: G_contra | None = None,
    ) -> T: ...
    def randint(
        self, high: int, size: tuple[int, ...], /, *, generator: G_contra | None = None
    ) -> T: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_autograd": {"": AutogradLayer, "Tensor": TensorOps, "Generator": GeneratorOps}
}
EXTENSIONS: Final[dict[str, dict[str, type]]] = {"minitorch_autograd": {"sampling": Sampling}}

if TYPE_CHECKING:
    import minitorch_autograd as below

    def generator_fits(generator: below.Generator) -> GeneratorOps[below.Generator]:
        return generator

    def tensor_fits(tensor: below.Tensor) -> TensorOps[below.Tensor]:
        return tensor

    module_fits: AutogradLayer[below.Tensor, below.dtype, below.Generator] = below
