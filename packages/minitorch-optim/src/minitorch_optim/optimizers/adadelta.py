"""Adadelta: steps that measure themselves, without a rate to choose."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient, update_mean_square

__all__ = [
    "ADADELTA_RULE",
    "AdadeltaGroup",
    "AdadeltaOptions",
    "AdadeltaState",
    "adadelta",
    "adadelta_state",
]


class AdadeltaOptions(Options):
    """The options of `Adadelta`; see there."""

    rho: float
    eps: float
    weight_decay: float
    maximize: bool


class AdadeltaGroup(AdadeltaOptions, ParamGroup):
    """A parameter group of Adadelta."""


class AdadeltaState(TypedDict):
    """What Adadelta keeps for a parameter."""

    step: Tensor  # t, 0-d
    square_avg: Tensor  # v
    acc_delta: Tensor  # u
    _gradient: Tensor
    _scratch: Tensor
    _delta: Tensor


def adadelta_state(parameter: Tensor, options: AdadeltaOptions) -> AdadeltaState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "square_avg": zeros_like(parameter),
        "acc_delta": zeros_like(parameter),
        "_gradient": empty_like(parameter),
        "_scratch": empty_like(parameter),
        "_delta": empty_like(parameter),
    }


def adadelta(
    parameter: Tensor, gradient: Tensor, state: AdadeltaState, options: AdadeltaOptions
) -> None:
    """Make one step of Adadelta, in place.

        g = gradient + λ θ                   (−gradient, to maximize)
        v = ρ v + (1 − ρ) g²
        d = g √(u + ε) / √(v + ε)
        u = ρ u + (1 − ρ) d²
        θ = θ − η d

    with weight decay λ. The paper has no rate η: it is 1.

    Source: Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012, algorithm 1.
    """
    v, u, scratch = state["square_avg"], state["acc_delta"], state["_scratch"]
    rho, eps = options["rho"], options["eps"]
    state["step"].add_(1.0)
    g = decayed_gradient(
        parameter, gradient, options["weight_decay"], options["maximize"], state["_gradient"]
    )
    update_mean_square(v, g, rho, scratch)
    root_of_v = sqrt(scratch.copy_(v).add_(eps), out=scratch)
    d = state["_delta"].copy_(u).add_(eps)
    d = div(sqrt(d, out=d), root_of_v, out=d).mul_(g)
    update_mean_square(u, d, rho, scratch)
    parameter.add_(d.mul_(-number(options["lr"])))


def check_adadelta(options: AdadeltaOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    if not 0 <= options["rho"] <= 1:
        raise ValueError(f"Invalid rho value: {options['rho']}; expected 0 to 1")
    check_not_negative("epsilon value", options["eps"])
    check_not_negative("weight_decay value", options["weight_decay"])


ADADELTA_RULE: Final = Rule(adadelta_state, adadelta, check_adadelta, small=16_384)


class Adadelta(Optimizer[AdadeltaGroup, AdadeltaState]):
    """Adadelta: steps as large as the steps before, in the unit of the parameter.

    Args:
        params: the parameters, or groups of them.
        lr: the factor η, 0 or more, of the step that the paper would make.
        rho: ρ, 0 to 1: how slowly the means of squares forget.
        eps: ε, 0 or more; begins the means, and keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1.0,
        rho: float = 0.9,
        eps: float = 1e-6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = AdadeltaOptions(
            lr=lr, rho=rho, eps=eps, weight_decay=weight_decay, maximize=maximize
        )
        super().__init__(params, defaults, ADADELTA_RULE)
