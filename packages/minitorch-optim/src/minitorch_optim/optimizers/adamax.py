"""Adamax: Adam by the largest gradient in place of a mean of squares."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, maximum, mul, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_betas, check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient, update_mean

__all__ = ["ADAMAX_RULE", "AdamaxGroup", "AdamaxOptions", "AdamaxState", "adamax", "adamax_state"]


class AdamaxOptions(Options):
    """The options of `Adamax`; see there."""

    betas: tuple[float, float]
    eps: float
    weight_decay: float
    maximize: bool


class AdamaxGroup(AdamaxOptions, ParamGroup):
    """A parameter group of Adamax."""


class AdamaxState(TypedDict):
    """What Adamax keeps for a parameter."""

    step: Tensor  # t, 0-d
    exp_avg: Tensor  # m
    exp_inf: Tensor  # u
    _gradient: Tensor
    _scratch: Tensor


def adamax_state(parameter: Tensor, options: AdamaxOptions) -> AdamaxState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "exp_avg": zeros_like(parameter),
        "exp_inf": zeros_like(parameter),
        "_gradient": empty_like(parameter),
        "_scratch": empty_like(parameter),
    }


def adamax(parameter: Tensor, gradient: Tensor, state: AdamaxState, options: AdamaxOptions) -> None:
    """Make one step of Adamax, in place.

        g = gradient + λ θ                   (−gradient, to maximize)
        m = β₁ m + (1 − β₁) g
        u = max(β₂ u, |g| + ε)
        θ = θ − η / (1 − β₁ᵗ) m / u

    with the rate η and weight decay λ.

    Source: Kingma, Ba: Adam: A Method for Stochastic Optimization, 2014, algorithm 2. There ε is 0.
    """
    m, u, scratch = state["exp_avg"], state["exp_inf"], state["_scratch"]
    beta1, beta2 = options["betas"]
    t = state["step"].add_(1.0).item()
    g = decayed_gradient(
        parameter, gradient, options["weight_decay"], options["maximize"], state["_gradient"]
    )
    update_mean(m, g, beta1, scratch)
    size = maximum(mul(g, -1.0, out=scratch), g, out=scratch).add_(options["eps"])  # |g| + ε
    maximum(u.mul_(beta2), size, out=u)
    rate = number(options["lr"]) / (1 - beta1**t)
    parameter.add_(div(m, u, out=scratch).mul_(-rate))


def check_adamax(options: AdamaxOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("epsilon value", options["eps"])
    check_betas(options["betas"])
    check_not_negative("weight_decay value", options["weight_decay"])


ADAMAX_RULE: Final = Rule(adamax_state, adamax, check_adamax, small=16_384)


class Adamax(Optimizer[AdamaxGroup, AdamaxState]):
    """Adamax: the mean gradient over the largest one, which fades.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        betas: β₁ and β₂, in [0, 1): how slowly the mean, and the largest gradient, fade.
        eps: ε, 0 or more; keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 2e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = AdamaxOptions(
            lr=lr, betas=betas, eps=eps, weight_decay=weight_decay, maximize=maximize
        )
        super().__init__(params, defaults, ADAMAX_RULE)
