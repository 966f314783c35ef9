"""What the front needs of autograd, nn and optim: the least that `import minitorch` promises.

The front re-exports all public names of the layers below it. These Protocols are what a
replacement must have for scripts that train a network.
Names, arguments and results are torch's.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import TypeAlias

    Nested: TypeAlias = "float | Sequence[Nested]"
    Reduction: TypeAlias = Literal["mean", "sum", "none"]

# A variable for each variance: covariant in results, contravariant in arguments, plain in both.
T = TypeVar("T")  # the tensor class itself
T_co = TypeVar("T_co", covariant=True)
T_contra = TypeVar("T_contra", contravariant=True)
P = TypeVar("P")  # the parameter class
P_co = TypeVar("P_co", covariant=True)
D = TypeVar("D")  # the class of element types
D_co = TypeVar("D_co", covariant=True)
G_co = TypeVar("G_co", covariant=True)  # the random generator's class


class TensorOps(Protocol[T, D_co]):
    """What an instance can do, for scripts that train and for saving."""

    @property
    def grad(self) -> T | None: ...
    @grad.setter
    def grad(self, value: T | None) -> None: ...
    @property
    def requires_grad(self) -> bool: ...
    @requires_grad.setter
    def requires_grad(self, value: bool) -> None: ...

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def dtype(self) -> D_co: ...
    def backward(
        self,
        gradient: T | None = None,
        retain_graph: bool | None = None,
        create_graph: bool = False,
    ) -> None: ...
    def item(self) -> float: ...
    def tolist(self) -> Nested: ...
    def __eq__(self, other: T | float, /) -> T: ...  # type: ignore[override]
    def sum(self, dim: int | None = None, keepdim: bool = False) -> T: ...
    def argmax(self, dim: int | None = None, keepdim: bool = False) -> T: ...
    def reshape(self, shape: tuple[int, ...], /) -> T: ...
    def __getitem__(self, index: int, /) -> T: ...


class AutogradLayer(Protocol[T_co, D, G_co]):
    """The autograd module."""

    @property
    def Tensor(self) -> type[T_co]: ...
    @property
    def Generator(self) -> type[G_co]: ...
    @property
    def float32(self) -> D: ...
    @property
    def float64(self) -> D: ...
    @property
    def int64(self) -> D: ...
    @property
    def bool(self) -> D: ...
    def tensor(
        self, data: Nested, *, dtype: D | None = None, requires_grad: builtins.bool = False
    ) -> T_co: ...
    def manual_seed(self, seed: int) -> G_co: ...
    def no_grad(self) -> AbstractContextManager[object]: ...


class ModuleOps(Protocol[T, P_co]):
    """What a module can do, beside being called."""

    training: bool

    def parameters(self) -> Iterator[P_co]: ...
    def named_parameters(self) -> Iterator[tuple[str, P_co]]: ...
    def state_dict(self) -> Mapping[str, T]: ...
    def load_state_dict(self, state_dict: Mapping[str, T], strict: bool = True) -> object: ...
    def zero_grad(self) -> None: ...
    def train(self, mode: bool = True) -> object: ...
    def eval(self) -> object: ...


class TensorModule(ModuleOps[T, P_co], Protocol[T, P_co]):
    """A module from one tensor to one."""

    def __call__(self, input: T, /) -> T: ...


class LossModule(ModuleOps[T, P_co], Protocol[T, P_co]):
    """A module from a prediction and a target to a loss."""

    def __call__(self, input: T, target: T, /) -> T: ...


class Functional(Protocol[T]):
    """`nn.functional`."""

    def linear(self, input: T, weight: T, bias: T | None = None) -> T: ...
    def tanh(self, input: T) -> T: ...
    def sigmoid(self, input: T) -> T: ...
    def relu(self, input: T) -> T: ...
    def leaky_relu(self, input: T, negative_slope: float = 0.01) -> T: ...
    def dropout(self, input: T, p: float = 0.5, training: bool = True) -> T: ...
    def log_softmax(self, input: T, dim: int) -> T: ...
    def softmax(self, input: T, dim: int) -> T: ...
    def mse_loss(self, input: T, target: T, *, reduction: Reduction = "mean") -> T: ...
    def cross_entropy(self, input: T, target: T, *, reduction: Reduction = "mean") -> T: ...


class NnLayer(Protocol[T, P]):
    """The nn module: constructors, and `functional`."""

    @property
    def Parameter(self) -> type[P]: ...
    @property
    def functional(self) -> Functional[T]: ...
    def Linear(
        self, in_features: int, out_features: int, bias: bool = True
    ) -> TensorModule[T, P]: ...
    def Tanh(self) -> TensorModule[T, P]: ...
    def ReLU(self) -> TensorModule[T, P]: ...
    def Sigmoid(self) -> TensorModule[T, P]: ...
    def LeakyReLU(self, negative_slope: float = 0.01) -> TensorModule[T, P]: ...
    def Dropout(self, p: float = 0.5) -> TensorModule[T, P]: ...
    def Sequential(self, *layers: TensorModule[T, P]) -> TensorModule[T, P]: ...
    def MSELoss(self, *, reduction: Reduction = "mean") -> LossModule[T, P]: ...
    def CrossEntropyLoss(self, *, reduction: Reduction = "mean") -> LossModule[T, P]: ...


class OptimizerOps(Protocol):
    """What an optimizer can do."""

    def step(self) -> object: ...
    def zero_grad(self) -> None: ...


class OptimLayer(Protocol[T_contra]):
    """The optim module: constructors."""

    def SGD(
        self,
        params: Iterable[T_contra],
        lr: float = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
    ) -> OptimizerOps: ...
    def Adam(
        self,
        params: Iterable[T_contra],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
    ) -> OptimizerOps: ...
    def AdamW(
        self,
        params: Iterable[T_contra],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> OptimizerOps: ...


CONTRACTS: Final[dict[str, dict[str, type]]] = {
    "minitorch_autograd": {"": AutogradLayer, "Tensor": TensorOps},
    "minitorch_nn": {"": NnLayer, "functional": Functional, "Linear": ModuleOps},
    "minitorch_optim": {"": OptimLayer, "Adam": OptimizerOps},
}

if TYPE_CHECKING:
    import minitorch_autograd
    import minitorch_nn
    import minitorch_optim

    def tensor_fits(
        tensor: minitorch_autograd.Tensor,
    ) -> TensorOps[minitorch_autograd.Tensor, minitorch_autograd.dtype]:
        return tensor

    autograd_fits: AutogradLayer[
        minitorch_autograd.Tensor, minitorch_autograd.dtype, minitorch_autograd.Generator
    ] = minitorch_autograd
    nn_fits: NnLayer[minitorch_autograd.Tensor, minitorch_nn.Parameter] = minitorch_nn
    optim_fits: OptimLayer[minitorch_autograd.Tensor] = minitorch_optim
