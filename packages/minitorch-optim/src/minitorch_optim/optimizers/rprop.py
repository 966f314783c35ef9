"""Rprop: steps by the signs of gradients alone."""

from __future__ import annotations

from typing import Final, TypedDict

from minitorch_autograd import Tensor, empty_like, mul, zeros, zeros_like

from ..engine.extensions import elementwise
from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_rate, number
from ..engine.rule import Rule, decayed_gradient

__all__ = ["RPROP_RULE", "RpropGroup", "RpropOptions", "RpropState", "rprop", "rprop_state"]


class RpropOptions(Options):
    """The options of `Rprop`; see there."""

    etas: tuple[float, float]
    step_sizes: tuple[float, float]
    maximize: bool


class RpropGroup(RpropOptions, ParamGroup):
    """A parameter group of Rprop."""


class RpropState(TypedDict):
    """What Rprop keeps for a parameter."""

    step: Tensor  # t, 0-d
    prev: Tensor  # the last gradient; 0 where it had turned
    step_size: Tensor  # Δ
    _scratch: Tensor


def rprop_state(parameter: Tensor, options: RpropOptions) -> RpropState:
    """Return the state of a parameter before its first step."""
    return {
        "step": zeros(()),
        "prev": zeros_like(parameter),
        "step_size": zeros_like(parameter).add_(number(options["lr"])),
        "_scratch": empty_like(parameter),
    }


def rprop(parameter: Tensor, gradient: Tensor, state: RpropState, options: RpropOptions) -> None:
    """Make one step of Rprop, in place.

        Δ = min(η₊ Δ, Δmax)                  where g has the sign that it had before
        Δ = max(η₋ Δ, Δmin), and g = 0       where it has turned
        θ = θ − sign(g) Δ

    with ``g = gradient`` (−gradient, to maximize).

    Source: Riedmiller, Braun: A Direct Adaptive Method for Faster Backpropagation Learning: The
    RPROP Algorithm, 1993, section 3; without going back where the sign has turned, which is the
    form that Igel, Hüsken, 2000, name iRprop−.
    """
    (shrink, grow), (least, most) = options["etas"], options["step_sizes"]
    previous, size, scratch = state["prev"], state["step_size"], state["_scratch"]
    state["step"].add_(1.0)
    g = decayed_gradient(parameter, gradient, 0, options["maximize"], scratch)
    turned = elementwise.sign(previous.mul_(g))  # 1, 0, and -1 where the sign has changed
    on, back = elementwise.gt(turned, 0.0), elementwise.lt(turned, 0.0)
    larger, smaller = mul(size, grow), mul(size, shrink)
    changed = elementwise.where(on, larger, elementwise.where(back, smaller, size))
    size.copy_(elementwise.clamp(changed, least, most))
    previous.copy_(elementwise.where(back, 0.0, g))
    parameter.add_(mul(elementwise.sign(previous), size, out=scratch).mul_(-1.0))


def check_rprop(options: RpropOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    check_rate(options)
    shrink, grow = options["etas"]
    if not 0 < shrink < 1 < grow:
        raise ValueError(
            f"Invalid eta values: {shrink}, {grow}; expected one between 0 and 1, and one above"
        )


RPROP_RULE: Final = Rule(rprop_state, rprop, check_rprop, small=16_384)


class Rprop(Optimizer[RpropGroup, RpropState]):
    """Rprop: each element has a step of its own, which grows until the gradient turns.

    For whole batches: the sign of a gradient of few samples changes by chance.

    Args:
        params: the parameters, or groups of them.
        lr: the size of the first step, 0 or more.
        etas: η₋, between 0 and 1, and η₊, above 1: the factors of Δ.
        step_sizes: Δmin and Δmax.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        etas: tuple[float, float] = (0.5, 1.2),
        step_sizes: tuple[float, float] = (1e-6, 50),
        *,
        maximize: bool = False,
    ) -> None:
        defaults = RpropOptions(lr=lr, etas=etas, step_sizes=step_sizes, maximize=maximize)
        super().__init__(params, defaults, RPROP_RULE)
