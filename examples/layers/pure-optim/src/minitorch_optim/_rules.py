"""The update rules: (options, state, gradient, parameter) -> (new parameter, new state).

Nothing is changed in place: a rule is a formula, an option or a state a value. So a step can be
tried and thrown away, and a state of an hour ago is still what it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from minitorch_autograd import Tensor, sqrt, zeros_like


@dataclass(frozen=True)
class SGDOptions:
    """The rate η (`lr`), momentum μ, dampening τ, weight decay λ, and whether to look ahead."""

    lr: float
    momentum: float
    dampening: float
    weight_decay: float
    nesterov: bool

    def __post_init__(self) -> None:
        refuse_negative("learning rate", self.lr)
        refuse_negative("momentum value", self.momentum)
        refuse_negative("weight_decay value", self.weight_decay)
        if self.nesterov and (self.momentum == 0 or self.dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")


class SGDState(NamedTuple):
    """The momentum b; None before the first step."""

    b: Tensor | None


def sgd_start(parameter: Tensor) -> SGDState:
    """Return the state before the first step."""
    return SGDState(None)


def sgd(
    options: SGDOptions, state: SGDState, gradient: Tensor, parameter: Tensor
) -> tuple[Tensor, SGDState]:
    """Take a step of gradient descent (Sutskever et al., 2013, with torch's order of factors).

    g = gradient + λ θ;  b = μ b + (1 − τ) g, at first g;  θ = θ − η b, or θ − η (g + μ b).
    """
    g = gradient + options.weight_decay * parameter
    if options.momentum == 0:
        return parameter - options.lr * g, state
    b = g if state.b is None else options.momentum * state.b + (1 - options.dampening) * g
    direction = g + options.momentum * b if options.nesterov else b
    return parameter - options.lr * direction, SGDState(b)


@dataclass(frozen=True)
class AdamOptions:
    """The rate η (`lr`), the decays β₁ and β₂ of the means, ε, and weight decay λ."""

    lr: float
    betas: tuple[float, float]
    eps: float
    weight_decay: float

    def __post_init__(self) -> None:
        refuse_negative("learning rate", self.lr)
        refuse_negative("epsilon value", self.eps)
        refuse_negative("weight_decay value", self.weight_decay)
        for i, beta in enumerate(self.betas):
            if not 0 <= beta < 1:
                raise ValueError(f"Invalid beta parameter at index {i}: {beta}")


class AdamState(NamedTuple):
    """The number of steps t, the mean m of the gradients, and the mean v of their squares."""

    t: int
    m: Tensor
    v: Tensor


def adam_start(parameter: Tensor) -> AdamState:
    """Return the state before the first step."""
    return AdamState(0, zeros_like(parameter), zeros_like(parameter))


def adam(
    options: AdamOptions, state: AdamState, gradient: Tensor, parameter: Tensor
) -> tuple[Tensor, AdamState]:
    """Take a step of Adam (Kingma and Ba, 2014, algorithm 1)."""
    beta1, beta2 = options.betas
    g = gradient + options.weight_decay * parameter
    t = state.t + 1
    m = beta1 * state.m + (1 - beta1) * g
    v = beta2 * state.v + (1 - beta2) * (g * g)
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return parameter - options.lr * m_hat / (sqrt(v_hat) + options.eps), AdamState(t, m, v)


def adamw(
    options: AdamOptions, state: AdamState, gradient: Tensor, parameter: Tensor
) -> tuple[Tensor, AdamState]:
    """Take a step of Adam from a shrunken parameter (Loshchilov and Hutter, 2017)."""
    shrunken = (1 - options.lr * options.weight_decay) * parameter
    return adam(replace(options, weight_decay=0.0), state, gradient, shrunken)


def refuse_negative(name: str, value: float) -> None:
    """Raise ValueError unless `value` is 0 or more."""
    if not value >= 0:
        raise ValueError(f"Invalid {name}: {value}")
