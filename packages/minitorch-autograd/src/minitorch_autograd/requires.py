"""What autograd needs of the tensor layer: the whole of it, and nothing else.

Whoever writes a replacement of `minitorch_tensor` meets these Protocols. Autograd brings its
arguments in order first, so that an implementation has few cases:

- `dims` are non-negative, distinct, in range; an empty tuple stands for none of them;
- a shape has no -1 and the right number of elements;
- an index is a tuple with one entry for each dimension it consumes, from the left: an int in
  range, a slice with a positive step, an int64 tensor with dimensions; and None for a new
  dimension. Ints and slices act first; then the tensors, which broadcast together, index as one.
  Their dimensions stand where the first of them stood if they were neighbours, otherwise in front.
  A negative element counts from the end; one out of range, or tensors that don't broadcast, raise
  IndexError.

Elementwise functions broadcast, and elements of two types meet as torch's do: the higher of
bool < int64 < float32 < float64 decides, but a Python number, or a 0-d tensor beside one with
dimensions, only lifts the other's category (a float lifts int64 to float32). Shapes that do
not fit raise RuntimeError.

`view`, `permute`, `expand`, and indexing without tensors share memory with their operand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, runtime_checkable

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"

T = TypeVar("T")  # the tensor class itself
D = TypeVar("D")  # the class of element types
G = TypeVar("G")  # the random generator's class
G_co = TypeVar("G_co", covariant=True)


class DTypeOps(Protocol):
    """An element type; there is one object of each, compared by `is`."""

    @property
    def is_floating_point(self) -> bool:
        """Whether elements are floats, and so can have gradients."""
        ...

    @property
    def itemsize(self) -> int:
        """The bytes of one element."""
        ...


class GeneratorOps(Protocol[G_co]):
    """A stream of random numbers; made by `Generator()`."""

    def manual_seed(self, seed: int) -> G_co:
        """Start the stream again from `seed`; return the generator."""
        ...


class TensorOps(Protocol[T, D]):
    """What an instance can do."""

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def dtype(self) -> D: ...

    def __add__(self, other: T | float, /) -> T: ...
    def __radd__(self, other: float, /) -> T: ...
    def __sub__(self, other: T | float, /) -> T: ...
    def __rsub__(self, other: float, /) -> T: ...
    def __mul__(self, other: T | float, /) -> T: ...
    def __rmul__(self, other: float, /) -> T: ...
    def __truediv__(self, other: T | float, /) -> T: ...
    def __rtruediv__(self, other: float, /) -> T: ...
    def __pow__(self, other: T | float, /) -> T: ...
    def __rpow__(self, other: float, /) -> T: ...
    def __neg__(self) -> T: ...
    def __matmul__(self, other: T, /) -> T:
        """Matrix product, of at least one dimension each, leading dimensions broadcast."""
        ...

    # Comparisons give bool tensors.
    def __eq__(self, other: T | float, /) -> T: ...  # type: ignore[override]
    def __ne__(self, other: T | float, /) -> T: ...  # type: ignore[override]
    def __lt__(self, other: T | float, /) -> T: ...
    def __le__(self, other: T | float, /) -> T: ...
    def __gt__(self, other: T | float, /) -> T: ...
    def __ge__(self, other: T | float, /) -> T: ...

    # In place: the shape and the element type stay, or a RuntimeError is raised.
    def __iadd__(self, other: T | float, /) -> T: ...
    def __isub__(self, other: T | float, /) -> T: ...
    def __imul__(self, other: T | float, /) -> T: ...
    def __itruediv__(self, other: T | float, /) -> T: ...

    def __getitem__(self, index: tuple[int | slice | T | None, ...], /) -> T: ...
    def __setitem__(self, index: tuple[int | slice | T | None, ...], value: T | float, /) -> None:
        """Write `value`, broadcast and cast, into the part that `index` names."""
        ...

    def item(self) -> float:
        """Return the only element as a Python number."""
        ...

    def tolist(self) -> Nested:
        """Return the elements as nested lists, of a 0-d tensor as a number."""
        ...

    def sum(self, dims: tuple[int, ...], keepdim: bool = False) -> T:
        """Sum over `dims`; int64 from bool."""
        ...

    # Of nothing there is no extreme: these four raise IndexError.
    def amax(self, dims: tuple[int, ...], keepdim: bool = False) -> T: ...
    def amin(self, dims: tuple[int, ...], keepdim: bool = False) -> T: ...
    def argmax(self, dim: int, keepdim: bool = False) -> T:
        """The index (int64) of the first largest element along `dim`; NaN is larger than all."""
        ...

    def argmin(self, dim: int, keepdim: bool = False) -> T: ...

    def view(self, shape: tuple[int, ...]) -> T:
        """The same memory under another shape, or RuntimeError where strides can't say it."""
        ...

    def permute(self, dims: tuple[int, ...]) -> T: ...
    def expand(self, shape: tuple[int, ...]) -> T:
        """Broadcast to `shape`, the same memory."""
        ...

    def clone(self) -> T:
        """A contiguous copy."""
        ...

    def is_contiguous(self) -> bool: ...
    def to(self, dtype: D) -> T:
        """Cast; the tensor itself where it has that type already."""
        ...


class TensorLayer(Protocol[T, D, G]):
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
    @property
    def bool(self) -> D: ...
    @property
    def default_generator(self) -> G: ...

    def tensor(self, values: Nested, dtype: D | None = None) -> T:
        """A tensor of nested sequences; without `dtype` bool, int64 or float32 as they ask."""
        ...

    def full(self, shape: tuple[int, ...], value: float, dtype: D) -> T: ...
    def arange(self, start: float, end: float, step: float, dtype: D) -> T:
        """start, start + step, ... as long as it is before `end`."""
        ...

    def rand(self, shape: tuple[int, ...], dtype: D, generator: G) -> T:
        """Uniform in [0, 1)."""
        ...

    def randn(self, shape: tuple[int, ...], dtype: D, generator: G) -> T:
        """Standard normal."""
        ...

    def randperm(self, n: int, generator: G) -> T:
        """A random order of 0 ... n - 1, int64."""
        ...

    def exp(self, x: T, /) -> T: ...
    def log(self, x: T, /) -> T: ...
    def tanh(self, x: T, /) -> T: ...
    def abs(self, x: T, /) -> T: ...
    def maximum(self, x: T, y: T | float, /) -> T:
        """The larger of each two; NaN where either is."""
        ...

    def minimum(self, x: T, y: T | float, /) -> T: ...
    def where(self, condition: T, x: T | float, y: T | float, /) -> T: ...

    # With `out`, the result is written there, and `out` returned; it may be an operand.
    def sqrt(self, x: T, /, out: T | None = None) -> T: ...
    def mul(self, x: T, y: T | float, /, out: T | None = None) -> T: ...
    def div(self, x: T, y: T | float, /, out: T | None = None) -> T: ...

    def cat(self, tensors: Sequence[T], dim: int) -> T: ...
    def put(
        self, shape: tuple[int, ...], index: tuple[int | slice | T | None, ...], values: T
    ) -> T:
        """Zeros of `shape` with `values` added at `index`; what an index repeats adds up."""
        ...

    def tensor_repr(self, x: T, /, suffixes: Sequence[str] = ()) -> str:
        """The text `tensor([1., 2.])` with `suffixes` before the closing bracket.

        Beyond 1000 elements only the first and last three of a dimension are shown.
        """
        ...


@runtime_checkable
class NumpyInterop(Protocol[T]):
    """Extension "numpy": sharing memory with NumPy arrays (typed `Any`: NumPy is below)."""

    def from_numpy(self, array: Any, /) -> T: ...
    def to_numpy(self, x: T, /) -> Any: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_tensor": {
        "": TensorLayer,
        "Tensor": TensorOps,
        "dtype": DTypeOps,
        "Generator": GeneratorOps,
    }
}
EXTENSIONS: Final[dict[str, dict[str, type]]] = {"minitorch_tensor": {"numpy": NumpyInterop}}

if TYPE_CHECKING:
    import minitorch_tensor as below

    def dtype_fits(dtype: below.dtype) -> DTypeOps:
        return dtype

    def generator_fits(generator: below.Generator) -> GeneratorOps[below.Generator]:
        return generator

    def tensor_fits(tensor: below.Tensor) -> TensorOps[below.Tensor, below.dtype]:
        return tensor

    module_fits: TensorLayer[below.Tensor, below.dtype, below.Generator] = below
