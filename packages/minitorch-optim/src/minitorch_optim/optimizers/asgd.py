"""Averaged stochastic gradient descent."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, empty_like, mul, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient

__all__ = ["ASGD_RULE", "ASGDGroup", "ASGDOptions", "ASGDState", "asgd", "asgd_state"]


class ASGDOptions(Options):
    """The options of `ASGD`; see there."""

    lambd: float
    alpha: float
    t0: float
    weight_decay: float
    maximize: bool


class ASGDGroup(ASGDOptions, ParamGroup):
    """A parameter group of ASGD."""


class ASGDState(TypedDict):
    """What ASGD keeps for a parameter."""

    step: Tensor  # t, 0-d
    eta: Tensor  # the rate of the next step, 0-d
    mu: Tensor  # the weight of the next parameter in the mean, 0-d
    ax: Tensor  # the mean of the parameters
    _scratch: Tensor


def asgd_state(parameter: Tensor, options: ASGDOptions) -> ASGDState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "eta": zeros(()).add_(number(options["lr"])),
        "mu": zeros(()).add_(1.0),
        "ax": zeros_like(parameter),
        "_scratch": empty_like(parameter),
    }


def asgd(parameter: Tensor, gradient: Tensor, state: ASGDState, options: ASGDOptions) -> None:
    """Make one step of averaged gradient descent, in place.

        g = gradient + λ₂ θ                  (−gradient, to maximize)
        θ = (1 − λ ηₜ) θ − ηₜ g
        a = a + μₜ (θ − a)
        ηₜ₊₁ = η / (1 + λ η t)^α
        μₜ₊₁ = 1 / max(1, t − t₀)

    with the rate η, the decays λ (of θ and the rate) and λ₂ (of θ). Use the mean `ax` in the end.

    Source: Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging, 1992; with the
    rates of Bottou: Stochastic Gradient Descent Tricks, 2012, section 5.
    """
    mean, scratch, lambd = state["ax"], state["_scratch"], options["lambd"]
    t = state["step"].add_(1.0).item()
    rate, weight = state["eta"].item(), state["mu"].item()
    g = decayed_gradient(parameter, gradient, options["weight_decay"], options["maximize"], scratch)
    step = mul(g, -rate, out=scratch)
    parameter.mul_(1 - lambd * rate).add_(step)
    if weight == 1:
        mean.copy_(parameter)
    else:
        mean.add_(scratch.copy_(mean).mul_(-1.0).add_(parameter).mul_(weight))
    lr = number(options["lr"])
    # Torch rounds both to the default type, also where they are of another after loading.
    state["eta"].copy_(zeros(()).add_(lr / (1 + lambd * lr * t) ** options["alpha"]))
    state["mu"].copy_(zeros(()).add_(1 / max(1, t - options["t0"])))


def check_asgd(options: ASGDOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("weight_decay value", options["weight_decay"])


ASGD_RULE: Final = Rule(asgd_state, asgd, check_asgd, small=16_384)


class ASGD(Optimizer[ASGDGroup, ASGDState]):
    """Gradient descent that keeps the mean of the parameters it went through.

    The mean is in the state, ``optimizer.state[p]["ax"]``: nothing is done with it.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        lambd: λ, how much each step shrinks θ, and how fast the rate falls.
        alpha: α, the power by which the rate falls.
        t0: t₀, the step after which to begin with the mean.
        weight_decay: λ₂, 0 or more; adds λ₂ θ to the gradient.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        lambd: float = 1e-4,
        alpha: float = 0.75,
        t0: float = 1e6,
        weight_decay: float = 0,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = ASGDOptions(
            lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, maximize=maximize
        )
        super().__init__(params, defaults, ASGD_RULE)
