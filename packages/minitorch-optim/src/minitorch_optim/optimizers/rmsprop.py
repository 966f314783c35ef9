"""RMSprop: steps over the root of a mean of squares."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, mul, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient, update_mean, update_mean_square

__all__ = [
    "RMSPROP_RULE",
    "RMSpropGroup",
    "RMSpropOptions",
    "RMSpropState",
    "rmsprop",
    "rmsprop_state",
]


class RMSpropOptions(Options):
    """The options of `RMSprop`; see there."""

    momentum: float
    alpha: float
    eps: float
    centered: bool
    weight_decay: float
    maximize: bool


class RMSpropGroup(RMSpropOptions, ParamGroup):
    """A parameter group of RMSprop."""


class _Means(TypedDict):
    step: Tensor  # t, 0-d
    square_avg: Tensor  # v
    _gradient: Tensor
    _scratch: Tensor


class RMSpropState(_Means, total=False):
    """What RMSprop keeps for a parameter."""

    momentum_buffer: Tensor  # b, where there is momentum
    grad_avg: Tensor  # m, where v is centered


def rmsprop_state(parameter: Tensor, options: RMSpropOptions) -> RMSpropState:
    """Return the state of a parameter before its first step."""
    state: RMSpropState = {
        "step": zeros(()),
        "square_avg": zeros_like(parameter),
        "_gradient": empty_like(parameter),
        "_scratch": empty_like(parameter),
    }
    if options["momentum"] > 0:
        state["momentum_buffer"] = zeros_like(parameter)
    if options["centered"]:
        state["grad_avg"] = zeros_like(parameter)
    return state


def rmsprop(
    parameter: Tensor, gradient: Tensor, state: RMSpropState, options: RMSpropOptions
) -> None:
    """Make one step of RMSprop, in place.

        g = gradient + λ θ                   (−gradient, to maximize)
        v = α v + (1 − α) g²
        d = g / (√v + ε)                     (√(v − m²), centered, with m = α m + (1 − α) g)
        b = μ b + d                          (b = d, without momentum)
        θ = θ − η b

    with the rate η, weight decay λ and momentum μ.

    Source: Tieleman, Hinton: Neural Networks for Machine Learning, lecture 6.5, 2012. Centered:
    Graves: Generating Sequences With Recurrent Neural Networks, 2013, equations 38 to 40.
    """
    v, scratch, alpha = state["square_avg"], state["_scratch"], options["alpha"]
    state["step"].add_(1.0)
    g = decayed_gradient(
        parameter, gradient, options["weight_decay"], options["maximize"], state["_gradient"]
    )
    update_mean_square(v, g, alpha, scratch)
    if options["centered"]:
        m = update_mean(state["grad_avg"], g, alpha, scratch)
        sqrt(mul(m, m, out=scratch).mul_(-1.0).add_(v), out=scratch)
    else:
        sqrt(v, out=scratch)
    d = div(g, scratch.add_(options["eps"]), out=scratch)
    if options["momentum"] > 0:
        d = mul(state["momentum_buffer"].mul_(options["momentum"]).add_(d), 1.0, out=scratch)
    parameter.add_(d.mul_(-number(options["lr"])))


def check_rmsprop(options: RMSpropOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("epsilon value", options["eps"])
    check_not_negative("momentum value", options["momentum"])
    check_not_negative("weight_decay value", options["weight_decay"])
    check_not_negative("alpha value", options["alpha"])


RMSPROP_RULE: Final = Rule(rmsprop_state, rmsprop, check_rmsprop, small=16_384)


class RMSprop(Optimizer[RMSpropGroup, RMSpropState]):
    """RMSprop: the gradient over the root of a mean of its squares.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        alpha: α, 0 or more, usually below 1: how slowly the mean of squares forgets.
        eps: ε, 0 or more; keeps the divisor from 0.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        momentum: μ, 0 or more: how much of the last step goes into the next.
        centered: whether to divide by the deviation of the gradient, not by its root mean square.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        alpha: float = 0.99,
        eps: float = 1e-8,
        weight_decay: float = 0,
        momentum: float = 0,
        centered: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = RMSpropOptions(
            lr=lr,
            momentum=momentum,
            alpha=alpha,
            eps=eps,
            centered=centered,
            weight_decay=weight_decay,
            maximize=maximize,
        )
        super().__init__(params, defaults, RMSPROP_RULE)
