"""Adagrad: steps over the root of the sum of all squares so far."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, mul, sqrt, zeros, zeros_like

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient

__all__ = [
    "ADAGRAD_RULE",
    "AdagradGroup",
    "AdagradOptions",
    "AdagradState",
    "adagrad",
    "adagrad_state",
]


class AdagradOptions(Options):
    """The options of `Adagrad`; see there."""

    lr_decay: float
    eps: float
    weight_decay: float
    initial_accumulator_value: float
    maximize: bool


class AdagradGroup(AdagradOptions, ParamGroup):
    """A parameter group of Adagrad."""


class AdagradState(TypedDict):
    """What Adagrad keeps for a parameter."""

    step: Tensor  # t, 0-d
    sum: Tensor  # s
    _gradient: Tensor
    _scratch: Tensor


def adagrad_state(parameter: Tensor, options: AdagradOptions) -> AdagradState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "sum": zeros_like(parameter).add_(options["initial_accumulator_value"]),
        "_gradient": empty_like(parameter),
        "_scratch": empty_like(parameter),
    }


def adagrad(
    parameter: Tensor, gradient: Tensor, state: AdagradState, options: AdagradOptions
) -> None:
    """Make one step of Adagrad, in place.

        g = gradient + λ θ                   (−gradient, to maximize)
        s = s + g²
        θ = θ − η / (1 + (t − 1) δ) g / (√s + ε)

    with the rate η, its decay δ, and weight decay λ.

    Source: Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic
    Optimization, 2011, figure 1, with the diagonal of the matrix there.
    """
    s, scratch = state["sum"], state["_scratch"]
    t = state["step"].add_(1.0).item()
    g = decayed_gradient(
        parameter, gradient, options["weight_decay"], options["maximize"], state["_gradient"]
    )
    rate = number(options["lr"]) / (1 + (t - 1) * options["lr_decay"])
    s.add_(mul(g, g, out=scratch))
    sqrt(s, out=scratch).add_(options["eps"])
    parameter.add_(div(g, scratch, out=scratch).mul_(-rate))


def check_adagrad(options: AdagradOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("lr_decay value", options["lr_decay"])
    check_not_negative("weight_decay value", options["weight_decay"])
    check_not_negative("initial_accumulator_value value", options["initial_accumulator_value"])
    check_not_negative("epsilon value", options["eps"])


ADAGRAD_RULE: Final = Rule(adagrad_state, adagrad, check_adagrad, small=16_384)


class Adagrad(Optimizer[AdagradGroup, AdagradState]):
    """Adagrad: rates that fall by themselves, fastest where gradients were large.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        lr_decay: δ, 0 or more: how fast the rate falls beside that.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        initial_accumulator_value: the sum of squares to begin with, 0 or more.
        eps: ε, 0 or more; keeps the divisor from 0.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        lr_decay: float = 0,
        weight_decay: float = 0,
        initial_accumulator_value: float = 0,
        eps: float = 1e-10,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = AdagradOptions(
            lr=lr,
            lr_decay=lr_decay,
            eps=eps,
            weight_decay=weight_decay,
            initial_accumulator_value=initial_accumulator_value,
            maximize=maximize,
        )
        super().__init__(params, defaults, ADAGRAD_RULE)
        # The sums are there from the beginning, as in torch: a state dict has them at once.
        for group in self.param_groups:
            for parameter in group["params"]:
                self.state[parameter] = adagrad_state(parameter, group)
