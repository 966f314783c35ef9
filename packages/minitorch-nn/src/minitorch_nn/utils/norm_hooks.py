"""Weights that are computed before each call of their module: the way before parametrizations.

The module has a hook, which computes the weight from the parameters that took its place.
"""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from typing import Any, ClassVar, TypeVar

from minitorch_autograd import Tensor, no_grad

from ..core.module import Module
from ..core.parameter import Parameter, UninitializedParameter
from .norms import as_matrix, directed, drawn_unit, norm_except, unit

__all__ = ["remove_spectral_norm", "remove_weight_norm", "spectral_norm", "weight_norm"]

M = TypeVar("M", bound=Module)


class _WeightHook(ABC):
    """The hook of one weight."""

    # What messages call it.
    kind: ClassVar[str]
    inner: ClassVar[str]
    what: ClassVar[str]

    def __init__(self, name: str) -> None:
        self.name = name

    def part(self, module: Module, suffix: str) -> Tensor:
        """Return one of the tensors that took the weight's place."""
        value: Tensor = getattr(module, self.name + suffix)
        return value

    @abstractmethod
    def compute(self, module: Module) -> Tensor:
        """Return the weight."""

    def __call__(self, module: Module, args: tuple[Any, ...]) -> None:
        setattr(module, self.name, self.compute(module))

    def begin(self, module: Module) -> Tensor:
        """Return the weight that is to be taken apart.

        Raises:
            RuntimeError: if that was done already.
            ValueError: if it has no shape yet.
        """
        if _numbers(module, type(self), self.name):
            raise RuntimeError(
                f"Cannot register two {self.kind} hooks on the same parameter {self.name}"
            )
        weight: Tensor = getattr(module, self.name)
        if isinstance(weight, UninitializedParameter):
            raise ValueError(
                f"The module passed to `{self.inner}` can't have uninitialized parameters. Make "
                f"sure to run the dummy forward before applying {self.what}"
            )
        return weight


def _numbers(module: Module, kind: type[_WeightHook], name: str) -> list[int]:
    """Return the numbers of such hooks of a module."""
    hooks = module._own_hooks().forward_pre
    return [
        number
        for number, one in hooks.items()
        if isinstance(one.hook, kind) and one.hook.name == name
    ]


def _remove(module: M, kind: type[_WeightHook], name: str, *suffixes: str) -> M:
    """Make a computed weight a parameter again."""
    numbers = _numbers(module, kind, name)
    if not numbers:
        raise ValueError(f"{kind.kind} of '{name}' not found in {module}")
    hook = module._own_hooks().forward_pre.pop(numbers[0]).hook
    assert isinstance(hook, _WeightHook)
    training = module.training
    with no_grad():
        module.training = False  # what is computed here is no step of training
        weight = hook.compute(module)
        module.training = training
    for suffix in ("", *suffixes):
        delattr(module, name + suffix)
    module.register_parameter(name, Parameter(weight))
    return module


class _WeightNorm(_WeightHook):
    kind, inner, what = "weight_norm", "WeightNorm", "weight normalization"

    def __init__(self, name: str, dim: int | None) -> None:
        super().__init__(name)
        self.dim = -1 if dim is None else dim

    def compute(self, module: Module) -> Tensor:
        return directed(self.part(module, "_g"), self.part(module, "_v"), self.dim)


def weight_norm(module: M, name: str = "weight", dim: int | None = 0) -> M:
    """Write a weight as ``g v / |v|``, computed before each call from `name`_g and `name`_v.

    Deprecated in favor of `parametrizations.weight_norm`.

    Args:
        module: whose weight.
        name: its name.
        dim: the dimension of which each index has a length of its own; None for one in all.

    Raises:
        RuntimeError: if that was done already.
        ValueError: if the weight has no shape yet.
    """
    warnings.warn(
        "`torch.nn.utils.weight_norm` is deprecated in favor of "
        "`torch.nn.utils.parametrizations.weight_norm`.",
        FutureWarning,
        stacklevel=2,
    )
    hook = _WeightNorm(name, dim)
    weight = hook.begin(module)
    delattr(module, name)
    with no_grad():
        length = norm_except(weight.detach(), hook.dim)
    module.register_parameter(name + "_g", Parameter(length))
    module.register_parameter(name + "_v", Parameter(weight))
    setattr(module, name, hook.compute(module))
    module.register_forward_pre_hook(hook)
    return module


def remove_weight_norm(module: M, name: str = "weight") -> M:
    """Undo `weight_norm`: the weight is a parameter again.

    Raises:
        ValueError: if it was not done.
    """
    return _remove(module, _WeightNorm, name, "_g", "_v")


class _SpectralNorm(_WeightHook):
    kind, inner, what = "spectral_norm", "SpectralNorm", "spectral normalization"

    def __init__(self, name: str, n_power_iterations: int, dim: int, eps: float) -> None:
        super().__init__(name)
        if n_power_iterations <= 0:
            raise ValueError(
                "Expected n_power_iterations to be positive, but got "
                f"n_power_iterations={n_power_iterations}"
            )
        self.n_power_iterations = n_power_iterations
        self.dim = dim
        self.eps = eps

    def compute(self, module: Module) -> Tensor:
        """Return ``W / u^T W v``; in training u and v go on towards the singular vectors."""
        weight = self.part(module, "_orig")
        u, v = self.part(module, "_u"), self.part(module, "_v")
        matrix = as_matrix(weight, self.dim)
        if module.training:
            with no_grad():
                for _ in range(self.n_power_iterations):
                    v.copy_(unit(matrix.t() @ u, self.eps))
                    u.copy_(unit(matrix @ v, self.eps))
        # Copies, since the next call writes into these.
        return weight / ((u * 1) * (matrix @ (v * 1))).sum()


def spectral_norm(
    module: M,
    name: str = "weight",
    n_power_iterations: int = 1,
    eps: float = 1e-12,
    dim: int | None = None,
) -> M:
    """Divide a weight by its largest singular value before each call.

    The weight itself is `name`_orig then, beside the singular vectors `name`_u and `name`_v.
    `parametrizations.spectral_norm` is the newer way.

    Args:
        module: whose weight.
        name: its name.
        n_power_iterations: steps of the power iteration at each call in training.
        eps: the least norm that is divided by.
        dim: the dimension of outputs; by default 1 for transposed convolutions and 0 for others.

    Raises:
        RuntimeError: if that was done already.
        ValueError: if there is no iteration, or the weight is None or has no shape yet.
    """
    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    hook = _SpectralNorm(name, n_power_iterations, dim, eps)
    weight = hook.begin(module)
    if not isinstance(weight, Parameter):
        raise ValueError(f"`SpectralNorm` cannot be applied as parameter `{name}` is None")
    sizes = as_matrix(weight.detach(), dim).shape
    delattr(module, name)
    module.register_parameter(name + "_orig", weight)
    setattr(module, name, weight.detach())
    for suffix, size in zip(("_u", "_v"), sizes, strict=True):
        module.register_buffer(name + suffix, drawn_unit(size, eps, weight.dtype))
    module.register_forward_pre_hook(hook)
    return module


def remove_spectral_norm(module: M, name: str = "weight") -> M:
    """Undo `spectral_norm`: the weight, divided, is a parameter again.

    Raises:
        ValueError: if it was not done.
    """
    return _remove(module, _SpectralNorm, name, "_u", "_v", "_orig")
