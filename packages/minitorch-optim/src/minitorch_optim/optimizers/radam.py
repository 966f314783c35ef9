"""RAdam: Adam that waits until its mean of squares can be trusted."""

from __future__ import annotations

from math import sqrt as root
from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, mul, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_betas, check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient, update_mean, update_mean_square

__all__ = ["RADAM_RULE", "RAdamGroup", "RAdamOptions", "RAdamState", "radam", "radam_state"]


class RAdamOptions(Options):
    """The options of `RAdam`; see there."""

    betas: tuple[float, float]
    eps: float
    weight_decay: float
    maximize: bool
    decoupled_weight_decay: bool


class RAdamGroup(RAdamOptions, ParamGroup):
    """A parameter group of RAdam."""


class RAdamState(TypedDict):
    """What RAdam keeps for a parameter."""

    step: Tensor  # t, 0-d
    exp_avg: Tensor  # m
    exp_avg_sq: Tensor  # v
    _gradient: Tensor
    _scratch: Tensor


def radam_state(parameter: Tensor, options: RAdamOptions) -> RAdamState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "exp_avg": zeros_like(parameter),
        "exp_avg_sq": zeros_like(parameter),
        "_gradient": empty_like(parameter),
        "_scratch": empty_like(parameter),
    }


def radam(parameter: Tensor, gradient: Tensor, state: RAdamState, options: RAdamOptions) -> None:
    """Make one step of RAdam, in place.

        g = gradient + λ θ                        (−gradient, to maximize)
        m = β₁ m + (1 − β₁) g
        v = β₂ v + (1 − β₂) g²
        ρ∞ = 2 / (1 − β₂) − 1
        ρ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ)
        r = √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))
        θ = θ − η r m / (1 − β₁ᵗ) √(1 − β₂ᵗ) / (√v + ε)        if ρ > 5
        θ = θ − η m / (1 − β₁ᵗ)                                 else

    with the rate η and weight decay λ; decoupled, λ leaves g alone, and ``θ = (1 − η λ) θ`` first.

    Source: Liu et al.: On the Variance of the Adaptive Learning Rate and Beyond, 2019, algorithm 2.
    The paper trusts v from ρ > 4 on; torch, and so this, from 5.
    """
    rate, decay, (beta1, beta2) = number(options["lr"]), options["weight_decay"], options["betas"]
    m, v, scratch = state["exp_avg"], state["exp_avg_sq"], state["_scratch"]
    t = state["step"].add_(1.0).item()
    if decay and options["decoupled_weight_decay"]:
        parameter.mul_(1 - rate * decay)
        decay = 0
    g = decayed_gradient(parameter, gradient, decay, options["maximize"], state["_gradient"])
    update_mean(m, g, beta1, scratch)
    update_mean_square(v, g, beta2, scratch)

    rate /= 1 - beta1**t
    trust = _rectification(t, beta2)
    if trust is None:
        parameter.add_(mul(m, -rate, out=scratch))
    else:
        sqrt(v, out=scratch).add_(options["eps"])
        factor = -rate * trust * root(1 - beta2**t)
        parameter.add_(div(m, scratch, out=scratch).mul_(factor))


def _rectification(t: float, beta2: float) -> float | None:
    """Return r of step t, or None where v cannot be trusted yet."""
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * beta2**t / (1 - beta2**t)
    if length <= 5:
        return None
    ratio = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
    return root(ratio)


def check_radam(options: RAdamOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("epsilon value", options["eps"])
    check_betas(options["betas"])
    check_not_negative("weight_decay value", options["weight_decay"])


RADAM_RULE: Final = Rule(radam_state, radam, check_radam, small=16_384)


class RAdam(Optimizer[RAdamGroup, RAdamState]):
    """Adam without the wild first steps: momentum alone until enough squares were seen.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        betas: β₁ and β₂, in [0, 1): how slowly the means of gradient and square forget.
        eps: ε, 0 or more; keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        decoupled_weight_decay: whether λ shrinks θ by itself, beside the gradient.
        maximize: whether to maximize the objective.

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
        decoupled_weight_decay: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = RAdamOptions(
            lr=lr,
            betas=betas,
            eps=eps,
            weight_decay=weight_decay,
            maximize=maximize,
            decoupled_weight_decay=decoupled_weight_decay,
        )
        super().__init__(params, defaults, RADAM_RULE)
