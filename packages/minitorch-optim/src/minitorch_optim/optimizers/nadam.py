"""NAdam: Adam with Nesterov's look ahead."""

from __future__ import annotations

from math import sqrt as root
from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, mul, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_betas, check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient, update_mean, update_mean_square

__all__ = ["NADAM_RULE", "NAdamGroup", "NAdamOptions", "NAdamState", "nadam", "nadam_state"]


class NAdamOptions(Options):
    """The options of `NAdam`; see there."""

    betas: tuple[float, float]
    eps: float
    weight_decay: float
    momentum_decay: float
    decoupled_weight_decay: bool
    maximize: bool


class NAdamGroup(NAdamOptions, ParamGroup):
    """A parameter group of NAdam."""


class NAdamState(TypedDict):
    """What NAdam keeps for a parameter."""

    step: Tensor  # t, 0-d
    mu_product: Tensor  # μ₁ μ₂ ... μₜ, 0-d
    exp_avg: Tensor  # m
    exp_avg_sq: Tensor  # v
    _gradient: Tensor
    _root: Tensor
    _scratch: Tensor


def nadam_state(parameter: Tensor, options: NAdamOptions) -> NAdamState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "mu_product": zeros(()).add_(1.0),
        "exp_avg": zeros_like(parameter),
        "exp_avg_sq": zeros_like(parameter),
        "_gradient": empty_like(parameter),
        "_root": empty_like(parameter),
        "_scratch": empty_like(parameter),
    }


def nadam(parameter: Tensor, gradient: Tensor, state: NAdamState, options: NAdamOptions) -> None:
    """Make one step of NAdam, in place.

        g = gradient + λ θ                        (−gradient, to maximize)
        m = β₁ m + (1 − β₁) g
        v = β₂ v + (1 − β₂) g²
        μₜ = β₁ (1 − 0.96^(t ψ) / 2)
        d = μₜ₊₁ m / (1 − μ₁ ... μₜ₊₁) + (1 − μₜ) g / (1 − μ₁ ... μₜ)
        θ = θ − η d / (√(v / (1 − β₂ᵗ)) + ε)

    with the rate η, weight decay λ and the decay ψ of the momentum; decoupled, λ leaves g alone,
    and ``θ = (1 − η λ) θ`` first.

    Source: Dozat: Incorporating Nesterov Momentum into Adam, 2016, algorithm 2, and for μₜ its
    appendix.
    """
    rate, decay, (beta1, beta2) = number(options["lr"]), options["weight_decay"], options["betas"]
    m, v, scratch, divisor = (
        state["exp_avg"],
        state["exp_avg_sq"],
        state["_scratch"],
        state["_root"],
    )
    t = state["step"].add_(1.0).item()
    now, then = (
        beta1 * (1 - 0.96 ** (time * options["momentum_decay"]) / 2) for time in (t, t + 1)
    )
    product = state["mu_product"].mul_(now).item()

    if decay and options["decoupled_weight_decay"]:
        parameter.mul_(1 - rate * decay)
        decay = 0
    g = decayed_gradient(parameter, gradient, decay, options["maximize"], state["_gradient"])
    update_mean(m, g, beta1, scratch)
    update_mean_square(v, g, beta2, scratch)

    # As in Adam, the correction is a number: taken out of the root, it costs no pass.
    c = root(1 - beta2**t)
    sqrt(v, out=divisor).add_(options["eps"] * c)
    mul(g, -rate * c * (1 - now) / (1 - product), out=scratch)
    parameter.add_(div(scratch, divisor, out=scratch))
    mul(m, -rate * c * then / (1 - product * then), out=scratch)
    parameter.add_(div(scratch, divisor, out=scratch))


def check_nadam(options: NAdamOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("epsilon value", options["eps"])
    check_betas(options["betas"])
    check_not_negative("weight_decay value", options["weight_decay"])
    check_not_negative("momentum_decay value", options["momentum_decay"])


NADAM_RULE: Final = Rule(nadam_state, nadam, check_nadam, small=16_384)


class NAdam(Optimizer[NAdamGroup, NAdamState]):
    """Adam whose momentum looks one step ahead.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        betas: β₁ and β₂, in [0, 1): how slowly the means of gradient and square forget.
        eps: ε, 0 or more; keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        momentum_decay: ψ, 0 or more: how fast the momentum comes up to β₁.
        decoupled_weight_decay: whether λ shrinks θ by itself, beside the gradient.
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
        momentum_decay: float = 4e-3,
        decoupled_weight_decay: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = NAdamOptions(
            lr=lr,
            betas=betas,
            eps=eps,
            weight_decay=weight_decay,
            momentum_decay=momentum_decay,
            decoupled_weight_decay=decoupled_weight_decay,
            maximize=maximize,
        )
        super().__init__(params, defaults, NADAM_RULE)
