"""Modules from one tensor to one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minitorch_autograd import Tensor, no_grad, zeros

from . import functional as F
from ._module import Module
from ._parameter import Parameter


@dataclass(eq=False, repr=False, init=False)
class Linear(Module):
    """The linear map y = x Wᵀ + b, at first drawn uniformly from ±1/√in."""

    in_features: int
    out_features: int
    weight: Parameter  # (out_features, in_features)
    bias: Parameter | None  # (out_features,)

    # Written out, since `bias` is a question here and a tensor there.
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        self.in_features = in_features
        self.out_features = out_features
        self.weight = Parameter(zeros((out_features, in_features)))
        self.bias = Parameter(zeros((out_features,))) if bias else None
        bound = in_features**-0.5 if in_features else 0.0
        with no_grad():
            for parameter in self.parameters():
                parameter.uniform_(-bound, bound)

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.linear(input, self.weight, self.bias)


@dataclass(eq=False, repr=False)
class Tanh(Module):
    """The hyperbolic tangent."""

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.tanh(input)


@dataclass(eq=False, repr=False)
class ReLU(Module):
    """The positive part."""

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.relu(input)


@dataclass(eq=False, repr=False)
class Sigmoid(Module):
    """The logistic function."""

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.sigmoid(input)


@dataclass(eq=False, repr=False)
class LeakyReLU(Module):
    """The positive part, and a little of the negative."""

    negative_slope: float = 0.01

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.leaky_relu(input, self.negative_slope)


@dataclass(eq=False, repr=False)
class Dropout(Module):
    """In training, puts 0 in place of elements with probability p."""

    p: float = 0.5

    def __post_init__(self) -> None:
        F.check_probability(self.p)

    def __call__(self, input: Tensor, /) -> Tensor:
        return F.dropout(input, self.p, self.training)


@dataclass(eq=False, repr=False, init=False)
class Sequential(Module):
    """One after the other: modules, or functions such as `functional.tanh`."""

    layers: tuple[Callable[[Tensor], Tensor], ...]

    def __init__(self, *layers: Callable[[Tensor], Tensor]) -> None:
        self.layers = layers

    def __call__(self, input: Tensor, /) -> Tensor:
        for layer in self.layers:
            input = layer(input)
        return input
