"""Adafactor: means of squares by rows and columns, in place of one for each element."""

from __future__ import annotations

from math import prod
from math import sqrt as root
from typing import Final, TypedDict

from minitorch_autograd import Tensor, div, empty_like, maximum, mul, sqrt, zeros, zeros_like

from ..engine.extensions import creation, reductions
from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_at_least, number, one_rate
from ..engine.rule import Rule

__all__ = [
    "ADAFACTOR_RULE",
    "AdafactorGroup",
    "AdafactorOptions",
    "AdafactorState",
    "adafactor",
    "adafactor_state",
]


class AdafactorOptions(Options):
    """The options of `Adafactor`; see there."""

    beta2_decay: float
    eps: tuple[float | None, float]
    d: float
    weight_decay: float
    maximize: bool


class AdafactorGroup(AdafactorOptions, ParamGroup):
    """A parameter group of Adafactor."""


class _Always(TypedDict):
    step: Tensor  # t, 0-d
    _scratch: Tensor


class AdafactorState(_Always, total=False):
    """What Adafactor keeps for a parameter: R and C if it has rows and columns, else V."""

    row_var: Tensor  # R: (..., n, 1)
    col_var: Tensor  # C: (..., 1, m)
    variance: Tensor  # V


def adafactor_state(parameter: Tensor, options: AdafactorOptions) -> AdafactorState:
    """Return the state of a parameter before its first step."""
    shape, dtype = parameter.shape, parameter.dtype
    state: AdafactorState = {"step": zeros(()), "_scratch": empty_like(parameter)}
    if len(shape) < 2:
        state["variance"] = zeros_like(parameter)
    else:
        state["row_var"] = zeros((*shape[:-1], 1), dtype=dtype)
        state["col_var"] = zeros((*shape[:-2], 1, shape[-1]), dtype=dtype)
    return state


def adafactor(
    parameter: Tensor, gradient: Tensor, state: AdafactorState, options: AdafactorOptions
) -> None:
    """Make one step of Adafactor, in place.

        α = max(ε₂, rms(θ)) min(η, 1/√t)
        V = V + t^τ (g² − V)                 (of a matrix: by `factored`)
        u = g / √max(V, ε₁²)
        θ = (1 − η λ) θ − α u / max(1, rms(u) / d)

    with the gradient g (−g, to maximize), the rate η, the decay τ of β₂, weight decay λ, and
    ``rms(x) = √mean(x²)``.

    Source: Shazeer, Stern: Adafactor: Adaptive Learning Rates with Sublinear Memory Cost, 2018,
    algorithms 4 and 5. There ε₁ is added to g², and η is no choice; weight decay is torch's.
    """
    rate, decay, (eps1, eps2) = number(options["lr"]), options["weight_decay"], options["eps"]
    if eps1 is None:
        eps1 = creation.finfo(parameter.dtype).eps
    t = state["step"].add_(1.0).item()
    beta = t ** options["beta2_decay"]
    alpha = max(eps2, _root_mean_square(parameter)) * min(rate, 1 / root(t))
    if decay:
        parameter.mul_(1 - rate * decay)

    square = mul(gradient, gradient, out=state["_scratch"])
    if "variance" in state:
        v = state["variance"]
        v.mul_(1 - beta).add_(square.mul_(beta))
        v = state["_scratch"].copy_(v)
    else:
        v = factored(square, state["row_var"], state["col_var"], beta, eps1)
    u = div(gradient, sqrt(_at_least(v, eps1 * eps1), out=v), out=v)
    size = alpha / max(1.0, _root_mean_square(u) / options["d"])
    parameter.add_(u.mul_(size if options["maximize"] else -size))


def factored(square: Tensor, rows: Tensor, columns: Tensor, beta: float, eps: float) -> Tensor:
    """Update the means of g² over rows and columns, and return the estimate of g² they give.

        R = R + β (mean of g² over each row − R)
        C = C + β (mean of g² over each column − C)
        V = R C / max(mean(R), ε)

    Of all matrices with these means, V is the nearest to g² (in the I-divergence).

    Args:
        square: g², (..., n, m); V is written into it.
        rows: R, (..., n, 1), changed in place.
        columns: C, (..., 1, m), changed in place.
        beta: β, 0 to 1.
        eps: ε; keeps the divisor from 0.

    Source: Shazeer, Stern, 2018, section 3, and algorithm 4.
    """
    rows.mul_(1 - beta).add_(reductions.mean(square, -1, keepdim=True).mul_(beta))
    columns.mul_(1 - beta).add_(reductions.mean(square, -2, keepdim=True).mul_(beta))
    mean = _at_least(reductions.mean(rows, -2, keepdim=True), eps)
    return mul(div(rows, mean), columns, out=square)


def _at_least(x: Tensor, least: float) -> Tensor:
    return maximum(x, zeros((), dtype=x.dtype).add_(least), out=x)


def _root_mean_square(x: Tensor) -> float:
    return reductions.norm(x, 2.0).item() / root(max(1, prod(x.shape)))


def check_adafactor(options: AdafactorOptions) -> None:
    """Raise ValueError if an option is out of its range."""
    eps1, eps2 = options["eps"]
    check_at_least("Learning rate", one_rate(options))
    if not options["beta2_decay"] <= 0:
        raise ValueError(f"beta2_decay should be <= 0 but is: {options['beta2_decay']}")
    if eps1 is not None:
        check_at_least("epsilon1", eps1)
    check_at_least("epsilon2", eps2)
    check_at_least("Clipping threshold d", options["d"], 1)
    check_at_least("weight_decay", options["weight_decay"])


ADAFACTOR_RULE: Final = Rule(adafactor_state, adafactor, check_adafactor)


class Adafactor(Optimizer[AdafactorGroup, AdafactorState]):
    """Adafactor: Adam without momentum, and with a state of n + m numbers for a matrix n by m.

    Args:
        params: the parameters, or groups of them.
        lr: the rate η, 0 or more: the step relative to the size of the parameter, until 1/√t is
            smaller.
        beta2_decay: τ, 0 or less: with −0.8 the means forget more slowly from step to step.
        eps: ε₁, 0 or more, keeps the divisor from 0 (None: the precision of the element type); ε₂,
            0 or more, lets a parameter of zeros move.
        d: 1 or more; an update whose root mean square is larger is scaled down to it.
        weight_decay: λ, 0 or more; shrinks θ by itself, beside the gradient.
        maximize: whether to maximize the objective.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-2,
        beta2_decay: float = -0.8,
        eps: tuple[float | None, float] = (None, 1e-3),
        d: float = 1.0,
        weight_decay: float = 0.0,
        *,
        maximize: bool = False,
    ) -> None:
        defaults = AdafactorOptions(
            lr=lr,
            beta2_decay=beta2_decay,
            eps=eps,
            d=d,
            weight_decay=weight_decay,
            maximize=maximize,
        )
        super().__init__(params, defaults, ADAFACTOR_RULE)
