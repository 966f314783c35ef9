"""Stochastic gradient descent, with momentum."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, empty_like, mul

from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_not_negative, check_rate, number
from ..engine.rule import Rule, decayed_gradient

__all__ = ["SGD_RULE", "SGDGroup", "SGDOptions", "SGDState", "sgd", "sgd_state"]


class SGDOptions(Options):
    """The options of `SGD`; see there."""

    momentum: float
    dampening: float
    weight_decay: float
    nesterov: bool
    maximize: bool


class SGDGroup(SGDOptions, ParamGroup):
    """A parameter group of SGD."""


class _Scratch(TypedDict):
    _scratch: Tensor


class SGDState(_Scratch, total=False):
    """What SGD keeps for a parameter."""

    momentum_buffer: Tensor  # b, from the first step with momentum


def sgd_state(parameter: Tensor, options: SGDOptions) -> SGDState:
    """Return the state of a parameter before its first step."""
    return {"_scratch": empty_like(parameter)}


def sgd(parameter: Tensor, gradient: Tensor, state: SGDState, options: SGDOptions) -> None:
    """Make one step of gradient descent, in place.

        g = gradient + λ θ               (−gradient, to maximize)
        b = μ b + (1 − τ) g              (b = g in the first step)
        θ = θ − η b                      (θ − η (g + μ b), by Nesterov)

    with the rate η, momentum μ, dampening τ and weight decay λ. Without momentum, b is g.

    Source: Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in
    deep learning, 2013, equations 1 to 4. There η is a factor of the gradient within b, and here,
    as in torch, of b within the step: the two differ when the rate changes on the way.
    """
    rate, momentum, scratch = number(options["lr"]), options["momentum"], state["_scratch"]
    g = decayed_gradient(parameter, gradient, options["weight_decay"], options["maximize"], scratch)
    if not momentum:
        parameter.add_(mul(g, -rate, out=scratch))
        return
    b = state.get("momentum_buffer")
    if b is None:
        b = state["momentum_buffer"] = g.clone()
    elif options["dampening"]:
        b.mul_(momentum).add_(mul(g, 1 - options["dampening"], out=scratch))
    else:
        b.mul_(momentum).add_(g)
    if options["nesterov"]:
        # In two parts, since g may stand in the only scratch. (It was not dampened.)
        parameter.add_(mul(g, -rate, out=scratch))
        parameter.add_(mul(b, -rate * momentum, out=scratch))
    else:
        parameter.add_(mul(b, -rate, out=scratch))


def check_sgd(options: SGDOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    check_not_negative("momentum value", options["momentum"])
    check_not_negative("weight_decay value", options["weight_decay"])
    if options["nesterov"] and (not options["momentum"] or options["dampening"]):
        raise ValueError(
            "Nesterov momentum requires a momentum and zero dampening: momentum is "
            f"{options['momentum']}, dampening {options['dampening']}"
        )


SGD_RULE: Final = Rule(sgd_state, sgd, check_sgd, small=16_384)


class SGD(Optimizer[SGDGroup, SGDState]):
    """Gradient descent, with momentum where it is asked for.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more.
        momentum: μ, how much of the last step goes into the next; 0 or more, usually 0.9.
        dampening: τ, how much of the gradient is left out of the momentum.
        weight_decay: λ, 0 or more; adds λ θ to the gradient.
        nesterov: whether to look ahead; with momentum and no dampening only.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.

    >>> from minitorch_autograd import tensor
    >>> w = tensor([1.0], requires_grad=True)
    >>> w.grad = tensor([0.5])
    >>> SGD([w], lr=0.1).step()
    >>> w
    tensor([0.9500], requires_grad=True)
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        momentum: float = 0,
        dampening: float = 0,
        weight_decay: float = 0,
        nesterov: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = SGDOptions(
            lr=lr,
            momentum=momentum,
            dampening=dampening,
            weight_decay=weight_decay,
            nesterov=nesterov,
            maximize=maximize,
        )
        super().__init__(params, defaults, SGD_RULE)
