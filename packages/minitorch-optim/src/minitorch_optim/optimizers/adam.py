"""Adam and its variants: AMSGrad, and the decoupled weight decay of AdamW."""

from __future__ import annotations

from math import sqrt as root
from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, maximum, mul, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_betas, check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient

__all__ = ["ADAM_RULE", "AdamGroup", "AdamOptions", "AdamState", "adam", "adam_state"]


class AdamOptions(Options):
    """The options of `Adam`; see there."""

    betas: tuple[float, float]
    eps: float
    weight_decay: float
    amsgrad: bool
    maximize: bool
    decoupled_weight_decay: bool


class AdamGroup(AdamOptions, ParamGroup):
    """A parameter group of Adam."""


class _Moments(TypedDict):
    step: Tensor  # t, 0-d
    exp_avg: Tensor  # m
    exp_avg_sq: Tensor  # v
    _scratch: Tensor


class AdamState(_Moments, total=False):
    """What Adam keeps for a parameter."""

    max_exp_avg_sq: Tensor  # the largest v so far, for AMSGrad


def adam_state(parameter: Tensor, options: AdamOptions) -> AdamState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "exp_avg": zeros_like(parameter),
        "exp_avg_sq": zeros_like(parameter),
        "_scratch": empty_like(parameter),
    }


def adam(parameter: Tensor, gradient: Tensor, state: AdamState, options: AdamOptions) -> None:
    """Make one step of Adam, in place.

        g = gradient + λ θ                        (−gradient, to maximize)
        m = β₁ m + (1 − β₁) g
        v = β₂ v + (1 − β₂) g²                    (the largest so far goes on, by AMSGrad)
        θ = θ − η m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)

    with the rate η and weight decay λ; decoupled, λ leaves g alone, and ``θ = (1 − η λ) θ`` first.

    Source: Kingma, Ba: Adam: A Method for Stochastic Optimization, 2014, algorithm 1. Reddi, Kale,
    Kumar: On the Convergence of Adam and Beyond, 2018, algorithm 2; it has no corrections (1 − βᵗ),
    here as in torch they stay. Loshchilov, Hutter: Decoupled Weight Decay Regularization, 2017,
    algorithm 2.
    """
    rate, decay, (beta1, beta2) = number(options["lr"]), options["weight_decay"], options["betas"]
    m, v, scratch = state["exp_avg"], state["exp_avg_sq"], state["_scratch"]
    t = state["step"].add_(1.0).item()

    if decay and options["decoupled_weight_decay"]:
        parameter.mul_(1 - rate * decay)
        decay = 0
    g = decayed_gradient(parameter, gradient, decay, options["maximize"], scratch)

    # m = (1 − β₁) (β₁ / (1 − β₁) m + g): g may stand in the only scratch.
    m.mul_(beta1 / (1 - beta1)).add_(g).mul_(1 - beta1)
    v.mul_(beta2).add_(mul(g, g, out=scratch).mul_(1 - beta2))
    if options["amsgrad"]:
        v = _largest(v, state)

    # The corrections are numbers: taken out of the root, they cost no pass over the elements.
    # m / (√(v / c²) + ε) = c m / (√v + c ε)
    c = root(1 - beta2**t)
    sqrt(v, out=scratch).add_(options["eps"] * c)
    parameter.add_(div(m, scratch, out=scratch).mul_(-rate * c / (1 - beta1**t)))


def _largest(v: Tensor, state: AdamState) -> Tensor:
    largest = state.get("max_exp_avg_sq")
    if largest is None:
        largest = state["max_exp_avg_sq"] = zeros_like(v)
    return maximum(largest, v, out=largest)


def check_adam(options: AdamOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("epsilon value", options["eps"])
    check_betas(options["betas"])
    check_not_negative("weight_decay value", options["weight_decay"])


ADAM_RULE: Final = Rule(adam_state, adam, check_adam, small=16_384)


class Adam(Optimizer[AdamGroup, AdamState]):
    """Adam: steps of about the rate in each element, whatever the size of its gradient.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        betas: β₁ and β₂, in [0, 1): how slowly the means of gradient and square forget.
        eps: ε, 0 or more; keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        amsgrad: whether the largest mean of squares so far divides, not the last.
        maximize: whether to maximize the objective.
        decoupled_weight_decay: whether λ shrinks θ by itself, beside the gradient: see `AdamW`.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
        decoupled_weight_decay: bool = False,
    ) -> None:
        defaults = AdamOptions(
            lr=lr,
            betas=betas,
            eps=eps,
            weight_decay=weight_decay,
            amsgrad=amsgrad,
            maximize=maximize,
            decoupled_weight_decay=decoupled_weight_decay,
        )
        super().__init__(params, defaults, ADAM_RULE)
