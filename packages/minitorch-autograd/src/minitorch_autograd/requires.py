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

Elementwise functions broadcast, and elements of two types meet as torch's do. Of one category
(bool < integers < floats) the smallest type that holds both decides (uint8 and int8 meet as
int16), else the type of the higher category; but a Python number, or a 0-d tensor beside one with
dimensions, only lifts the other's category (a float lifts int32 to the default float, which is
float32 until it is set). Integers wrap around. Shapes that do not fit raise RuntimeError.

`view`, `permute`, `expand`, and indexing without tensors share memory with their operand.

The first Protocols are the core. Each *extension* after them is asked for only by the operations
that need it: a tensor layer without it carries all the others.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"

T = TypeVar("T")  # the tensor class itself
D = TypeVar("D")  # the class of element types
G = TypeVar("G")  # the random generator's class
D_contra = TypeVar("D_contra", contravariant=True)
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


class GeneratorOps(Protocol[T, G_co]):
    """A stream of random numbers; made by `Generator()`."""

    def manual_seed(self, seed: int) -> G_co:
        """Start the stream again from `seed`; return the generator."""
        ...

    def initial_seed(self) -> int:
        """Return the seed that the stream was last started from."""
        ...

    def get_state(self) -> T:
        """Return where the stream stands, as a uint8 tensor: the 5,056 bytes of PyTorch's."""
        ...

    def set_state(self, new_state: T) -> None:
        """Go on from where a stream stood; RuntimeError if `new_state` is no such tensor."""
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
    def float16(self) -> D: ...
    @property
    def float32(self) -> D: ...
    @property
    def float64(self) -> D: ...
    @property
    def uint8(self) -> D: ...
    @property
    def int8(self) -> D: ...
    @property
    def int16(self) -> D: ...
    @property
    def int32(self) -> D: ...
    @property
    def int64(self) -> D: ...
    @property
    def bool(self) -> D: ...

    def get_default_dtype(self) -> D:
        """Return the floating type that Python floats stand for."""
        ...

    def set_default_dtype(self, d: D, /) -> None: ...

    @property
    def default_generator(self) -> G: ...

    def tensor(self, values: Nested, dtype: D | None = None) -> T:
        """A tensor of nested sequences; of bool, int64 or the default float if not told."""
        ...

    def full(self, shape: tuple[int, ...], value: float, dtype: D) -> T: ...
    def arange(self, start: float, end: float, step: float, dtype: D) -> T:
        """start, start + step, ... as long as it is before `end`."""
        ...

    # Random numbers are PyTorch's, made of the words of the generator as docs/random.md tells.
    def rand(self, shape: tuple[int, ...], dtype: D, generator: G) -> T:
        """Uniform in [0, 1): of a word each, for float64 of two."""
        ...

    def normal(
        self,
        shape: tuple[int, ...],
        mean: float,
        std: float,
        dtype: D,
        generator: G,
        one_by_one: builtins.bool = False,
    ) -> T:
        """Normal numbers: 16 and more in groups of 16, unless `one_by_one`; fewer in pairs."""
        ...

    def randint(self, shape: tuple[int, ...], low: int, high: int, generator: G, words: int) -> T:
        """``low + word % (high - low)`` as int64, of `words` of 32 bits: 1 or 2.

        `high` may be 2^64 with `low` 0; what is beyond int64 wraps around.
        """
        ...

    def randperm(self, n: int, generator: G) -> T:
        """0 ... n - 1, int64, each place i in turn swapped with ``i + word % (n - i)``."""
        ...

    def exp(self, x: T, /) -> T: ...
    def log(self, x: T, /) -> T: ...
    def tanh(self, x: T, /) -> T: ...
    def abs(self, x: T, /) -> T: ...
    def maximum(self, x: T, y: T | float, /, out: T | None = None) -> T:
        """The larger of each two; NaN where either is. Written into `out`, as `sqrt` below."""
        ...

    def minimum(self, x: T, y: T | float, /) -> T: ...
    def where(self, condition: T, x: T | float, y: T | float, /) -> T: ...

    # With `out`, the result is written there, and `out` returned; it may be an operand.
    def sqrt(self, x: T, /, out: T | None = None) -> T: ...
    def mul(self, x: T, y: T | float, /, out: T | None = None) -> T: ...
    def div(self, x: T, y: T | float, /, out: T | None = None) -> T: ...

    def cat(self, tensors: Sequence[T], dim: int) -> T: ...
    def nonzero(self, x: T, /) -> T:
        """The indices of the elements that are not 0, in row-major order: int64, a row each."""
        ...

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


# --- Extensions


class NumpyInterop(Protocol[T]):
    """Extension "numpy": sharing memory with NumPy arrays (typed `Any`: NumPy is below)."""

    def from_numpy(self, array: Any, /) -> T: ...
    def to_numpy(self, x: T, /) -> Any: ...
    def from_dlpack(self, x: Any, /) -> T:
        """A tensor of the memory of whatever has `__dlpack__`."""
        ...


class Elementary(Protocol[T]):
    """Extension "elementary": the keys of a pocket calculator. Integers become floats."""

    def expm1(self, x: T, /) -> T: ...
    def log1p(self, x: T, /) -> T: ...
    def exp2(self, x: T, /) -> T: ...
    def log2(self, x: T, /) -> T: ...
    def log10(self, x: T, /) -> T: ...
    def sin(self, x: T, /) -> T: ...
    def cos(self, x: T, /) -> T: ...
    def tan(self, x: T, /) -> T: ...
    def asin(self, x: T, /) -> T: ...
    def acos(self, x: T, /) -> T: ...
    def atan(self, x: T, /) -> T: ...
    def sinh(self, x: T, /) -> T: ...
    def cosh(self, x: T, /) -> T: ...
    def asinh(self, x: T, /) -> T: ...
    def acosh(self, x: T, /) -> T: ...
    def atanh(self, x: T, /) -> T: ...
    def atan2(self, x: T, y: T | float, /) -> T:
        """The angle of the point (y, x): `x` is the ordinate."""
        ...

    def hypot(self, x: T, y: T | float, /) -> T: ...
    def logaddexp(self, x: T, y: T | float, /) -> T: ...


class Rounding(Protocol[T]):
    """Extension "rounding": whole parts and remainders. Integers stay integers."""

    def floor(self, x: T, /) -> T: ...
    def ceil(self, x: T, /) -> T: ...
    def trunc(self, x: T, /) -> T: ...
    def round(self, x: T, /) -> T:
        """The nearest whole number, of two the even one."""
        ...

    def sign(self, x: T, /) -> T: ...
    def signbit(self, x: T, /) -> T:
        """Where the sign is minus, as a bool tensor; also of -0, and of NaN."""
        ...

    # Integers by 0 raise RuntimeError. The first two take a number on the left, too.
    def floor_divide(self, x: T | float, y: T | float, /) -> T: ...
    def remainder(self, x: T | float, y: T | float, /) -> T:
        """What `floor_divide` leaves: of the sign of `y`."""
        ...

    def fmod(self, x: T, y: T | float, /) -> T:
        """What division towards 0 leaves: of the sign of `x`."""
        ...


class SpecialFunctions(Protocol[T]):
    """Extension "special": functions that only integrals define. Integers become floats."""

    def erf(self, x: T, /) -> T: ...
    def erfc(self, x: T, /) -> T: ...
    def erfinv(self, x: T, /) -> T: ...
    def lgamma(self, x: T, /) -> T: ...
    def digamma(self, x: T, /) -> T: ...
    def polygamma(self, n: int, x: T, /) -> T:
        """The n-th derivative of `digamma`, n >= 1."""
        ...


class Bits(Protocol[T]):
    """Extension "bits": integers as bits, and bools. Floats raise RuntimeError."""

    def bitwise_and(self, x: T, y: T | float, /) -> T: ...
    def bitwise_or(self, x: T, y: T | float, /) -> T: ...
    def bitwise_xor(self, x: T, y: T | float, /) -> T: ...
    def bitwise_not(self, x: T, /) -> T: ...
    def left_shift(self, x: T | float, y: T | float, /) -> T: ...
    def right_shift(self, x: T | float, y: T | float, /) -> T: ...


class Scans(Protocol[T]):
    """Extension "scans": products, and what is gathered on the way along a dimension.

    Integers and bools count as int64 in sums and products.
    """

    def prod(self, x: T, dims: tuple[int, ...], keepdim: bool = False, /) -> T: ...
    def cumsum(self, x: T, dim: int, /) -> T: ...
    def cumprod(self, x: T, dim: int, /) -> T: ...
    def logcumsumexp(self, x: T, dim: int, /) -> T: ...
    def cummax(self, x: T, dim: int, /) -> tuple[T, T]:
        """The largest so far, and the index (int64) of the last of them; NaN is larger than all."""
        ...

    def cummin(self, x: T, dim: int, /) -> tuple[T, T]: ...


class Sorting(Protocol[T]):
    """Extension "sorting": NaN is larger than all."""

    def sort(self, x: T, dim: int, descending: bool, /) -> tuple[T, T]:
        """The elements in order, and their indices (int64); equal ones stay in their order."""
        ...

    def topk(self, x: T, k: int, dim: int, largest: bool, /) -> tuple[T, T]:
        """The first `k` of such an order and their indices, of equal ones any; k may be 0."""
        ...

    def searchsorted(self, boundaries: T, x: T, right: bool, /) -> T:
        """How many of the ascending boundaries (1-d) are below each element, or as large: int64.

        Both are of one type.
        """
        ...


class Scattering(Protocol[T]):
    """Extension "scattering": writing where several values may go to one place."""

    def combine_at(
        self, x: T, index: tuple[int | slice | T | None, ...], values: T, how: str, /
    ) -> T:
        """A copy of `x`, each value combined into its place by "prod", "amax" or "amin"."""
        ...


class Strides(Protocol[T]):
    """Extension "strides": where elements lie in memory, counted in elements."""

    def strides(self, x: T, /) -> tuple[int, ...]: ...
    def storage_offset(self, x: T, /) -> int: ...
    def as_strided(
        self, x: T, size: tuple[int, ...], stride: tuple[int, ...], storage_offset: int, /
    ) -> T:
        """A view of the memory of `x`; RuntimeError where it would leave it."""
        ...


class LinearAlgebra(Protocol[T]):
    """Extension "linalg": float matrices in the last two dimensions, batches in front.

    What is singular, not positive definite, or does not converge raises RuntimeError.
    """

    def cholesky(self, x: T, /) -> T: ...
    def det(self, x: T, /) -> T: ...
    def slogdet(self, x: T, /) -> tuple[T, T]: ...
    def inv(self, x: T, /) -> T: ...
    def solve(self, a: T, b: T, /) -> T:
        """The `x` of ``a x = b``; both of at least two dimensions."""
        ...

    def qr(self, x: T, complete: bool, /) -> tuple[T, T]: ...
    def svd(self, x: T, full_matrices: bool, /) -> tuple[T, T, T]: ...
    def eigh(self, x: T, /) -> tuple[T, T]:
        """Of the lower triangle: the eigenvalues, ascending, and the vectors as columns."""
        ...


class Blocks(Protocol[T, D_contra]):
    """Programs of several operations over blocks that fit the cache."""

    def empty(self, shape: tuple[int, ...], dtype: D_contra) -> T:
        """Make a tensor of any values, for a program to write over."""
        ...

    def by_blocks(self, program: Callable[..., object], /, *tensors: T) -> None:
        """Call `program` with one block of each tensor at a time, cut along the first dimension.

        The blocks are views. They may be taken in any order, and by several threads.
        """
        ...

    def copy_each(self, targets: Sequence[T], sources: Sequence[T], /) -> None:
        """Copy each source into its target, which has its shape."""
        ...

    def get_num_threads(self) -> int: ...
    def set_num_threads(self, number: int, /) -> None: ...


class Windows(Protocol[T]):
    """Sliding windows over the last dimensions."""

    def windows(
        self,
        x: T,
        kernel: tuple[int, ...],
        stride: tuple[int, ...],
        dilation: tuple[int, ...],
        /,
    ) -> T:
        """Return (..., *kernel, *positions), a view that is not written to.

        Element [..., k, p] is ``x[..., p stride + k dilation]``.
        """
        ...

    def add_windows(
        self, x: T, values: T, stride: tuple[int, ...], dilation: tuple[int, ...], /
    ) -> T:
        """Add such windows to the elements of `x` that they see, in place."""
        ...

    def matmul_windows(self, matrix: T, seen: T, /) -> T:
        """Return ``matrix @ columns``, (N, G, O, L): of a matrix (G, O, R) and windows (N, ...).

        The columns are `seen` in the shape (N, G, R, L).
        """
        ...

    def outer_windows(self, g: T, seen: T, /) -> T:
        """Return the sum over N of ``g @ columns^T``, (G, O, R), of g (N, G, O, L)."""
        ...

    def add_matmul_windows(
        self,
        x: T,
        matrix: T,
        g: T,
        kernel: tuple[int, ...],
        stride: tuple[int, ...],
        dilation: tuple[int, ...],
        /,
    ) -> T:
        """Add ``matrix^T @ g``, as windows of x (N, C, ...) in the shape of columns, in place."""
        ...


class Printing(Protocol):
    """Extension "printing": how `tensor_repr` writes numbers."""

    def set_printoptions(
        self,
        precision: int | None = None,
        threshold: float | None = None,
        edgeitems: int | None = None,
        linewidth: int | None = None,
        profile: str | None = None,
        sci_mode: bool | None = None,
    ) -> None: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_tensor": {
        "": TensorLayer,
        "Tensor": TensorOps,
        "dtype": DTypeOps,
        "Generator": GeneratorOps,
    }
}
EXTENSIONS: Final[dict[str, dict[str, type]]] = {
    "minitorch_tensor": {
        "numpy": NumpyInterop,
        "elementary": Elementary,
        "rounding": Rounding,
        "special": SpecialFunctions,
        "bits": Bits,
        "scans": Scans,
        "sorting": Sorting,
        "scattering": Scattering,
        "strides": Strides,
        "linalg": LinearAlgebra,
        "printing": Printing,
        "blocks": Blocks,
        "windows": Windows,
    }
}

if TYPE_CHECKING:
    import minitorch_tensor as below

    def dtype_fits(dtype: below.dtype) -> DTypeOps:
        return dtype

    def generator_fits(generator: below.Generator) -> GeneratorOps[below.Tensor, below.Generator]:
        return generator

    def tensor_fits(tensor: below.Tensor) -> TensorOps[below.Tensor, below.dtype]:
        return tensor

    module_fits: TensorLayer[below.Tensor, below.dtype, below.Generator] = below
