"""Muon: momentum made orthogonal, for the matrices within a network."""

from __future__ import annotations

from math import sqrt as root
from typing import Final, Literal, TypedDict

from minitorch_autograd import Tensor, empty_like, mul, zeros_like

from ..engine.extensions import matrices, reductions, shaping
from ..engine.groups import Options, ParamGroup, ParamsT
from ..engine.optimizer import Optimizer
from ..engine.options import check_at_least, number, one_rate
from ..engine.rule import Rule, update_mean

__all__ = ["MUON_RULE", "MuonGroup", "MuonOptions", "MuonState", "muon", "muon_state", "orthogonal"]


Adjustment = Literal["original", "match_rms_adamw"]
Coefficients = tuple[float, float, float]


class MuonOptions(Options):
    """The options of `Muon`; see there."""

    weight_decay: float
    momentum: float
    nesterov: bool
    ns_coefficients: Coefficients
    eps: float
    ns_steps: int
    adjust_lr_fn: Adjustment | None


class MuonGroup(MuonOptions, ParamGroup):
    """A parameter group of Muon."""


class MuonState(TypedDict):
    """What Muon keeps for a parameter."""

    momentum_buffer: Tensor  # b
    _scratch: Tensor


def muon_state(parameter: Tensor, options: MuonOptions) -> MuonState:
    """Return the state of a parameter before its first step."""
    return {"momentum_buffer": zeros_like(parameter), "_scratch": empty_like(parameter)}


def muon(parameter: Tensor, gradient: Tensor, state: MuonState, options: MuonOptions) -> None:
    """Make one step of Muon, in place.

        b = μ b + (1 − μ) g
        u = b                                (μ b + (1 − μ) g once more, by Nesterov)
        θ = (1 − η λ) θ − η a orthogonal(u)

    with the gradient g, the rate η, momentum μ, weight decay λ, and the factor a that suits the
    shape of θ, (n, m): ``√max(1, n/m)``, or ``0.2 √max(n, m)`` to match the steps of AdamW.

    Source: Jordan: Muon: An optimizer for hidden layers in neural networks, 2024,
    https://kellerjordan.github.io/posts/muon. The second factor, and λ: Liu and others: Muon is
    Scalable for LLM Training, 2025, section 2.2.
    """
    rate, momentum, u = number(options["lr"]), options["momentum"], state["momentum_buffer"]
    update_mean(u, gradient, momentum, state["_scratch"])
    if options["nesterov"]:
        u = update_mean(u.clone(), gradient, momentum, state["_scratch"])
    u = orthogonal(u, options["ns_coefficients"], options["ns_steps"], options["eps"])
    parameter.mul_(1 - rate * options["weight_decay"])
    parameter.add_(u.mul_(-rate * _factor(parameter.shape, options["adjust_lr_fn"])))


def orthogonal(
    matrix: Tensor,
    coefficients: Coefficients = (3.4445, -4.775, 2.0315),
    steps: int = 5,
    eps: float = 1e-7,
) -> Tensor:
    """Return about U Vᵀ, where U S Vᵀ is the singular value decomposition of a matrix.

        X = matrix / max(‖matrix‖, ε)
        X = a X + b (X Xᵀ) X + c (X Xᵀ)² X       (again and again)

    A step leaves U and V as they are, and takes each singular value from s to
    ``a s + b s³ + c s⁵``: these coefficients bring all but the smallest between about 0.7 and 1.2,
    where they stay. (They don't converge to 1, but they are fast.)

    Args:
        matrix: (n, m).
        coefficients: a, b and c.
        steps: fewer than 100.
        eps: ε, more than 0 if the matrix may be of zeros.

    Raises:
        ValueError: if it is no matrix, there are 100 steps, or not three coefficients.

    Source: Jordan, 2024; the iteration is that of Newton and Schulz. Torch computes it in bfloat16,
    here it is in the type of the matrix.
    """
    if steps >= 100:
        raise ValueError(
            f"Number of steps must be less than 100 for computational efficiency, but it is {steps}"
        )
    if len(matrix.shape) != 2:
        raise ValueError(
            f"Input tensor gradient must be a 2D matrix, but its shape is {matrix.shape}"
        )
    if len(coefficients) != 3:
        raise ValueError(
            f"Coefficients must be a tuple of exactly 3 values, but got {coefficients}"
        )
    a, b, c = coefficients
    # X Xᵀ is smallest when X lies on its side.
    upright = matrix.shape[0] > matrix.shape[1]
    x = shaping.transpose(matrix, 0, 1) if upright else matrix
    x = mul(x, 1 / max(reductions.norm(x, 2.0).item(), eps))
    for _ in range(steps):
        gram = matrices.matmul(x, shaping.transpose(x, 0, 1))
        polynomial = matrices.matmul(gram, gram).mul_(c).add_(gram.mul_(b))
        x = matrices.matmul(polynomial, x).add_(x.mul_(a))
    return shaping.transpose(x, 0, 1) if upright else x


def _factor(shape: tuple[int, ...], adjustment: Adjustment | None) -> float:
    rows, columns = shape
    if adjustment == "match_rms_adamw":
        return 0.2 * root(max(rows, columns))
    return root(max(1, rows / columns))


def check_muon(group: MuonGroup) -> None:
    """Raise ValueError if an option is out of its range, or a parameter is no matrix."""
    check_at_least("Learning rate", one_rate(group))
    check_at_least("momentum", group["momentum"])
    check_at_least("weight decay", group["weight_decay"])
    if group["adjust_lr_fn"] not in (None, "original", "match_rms_adamw"):
        raise ValueError(
            f"Adjust learning rate function {group['adjust_lr_fn']} is not supported; expected "
            'None, "original" or "match_rms_adamw"'
        )
    for parameter in group["params"]:
        if len(parameter.shape) != 2:
            raise ValueError(
                "Muon only supports 2D parameters whereas we found a parameter with size: "
                f"{parameter.shape}; leave it to another optimizer, such as AdamW"
            )


MUON_RULE: Final = Rule(muon_state, muon, check_muon)


class Muon(Optimizer[MuonGroup, MuonState]):
    """Muon: steps that are as long in every direction, for matrices.

    A gradient is large in few directions, those of its large singular values; made orthogonal, it
    moves in the others too. Biases, embeddings and the last layer are left to another optimizer.

    Args:
        params: the parameters, each of two dimensions, or groups of them.
        lr: the rate η, 0 or more.
        weight_decay: λ, 0 or more; shrinks θ by itself, beside the gradient.
        momentum: μ, 0 or more: how slowly the mean of gradients forgets.
        nesterov: whether to look ahead.
        ns_coefficients: a, b and c of `orthogonal`.
        eps: ε of `orthogonal`.
        ns_steps: the steps of `orthogonal`, fewer than 100.
        adjust_lr_fn: the factor of the rate: "original", as None, is ``√max(1, n/m)``;
            "match_rms_adamw" is ``0.2 √max(n, m)``, with which rates of AdamW do.

    Raises:
        ValueError: if an option is out of its range, a parameter has not two dimensions, or as
            `Optimizer`.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        weight_decay: float = 0.1,
        momentum: float = 0.95,
        nesterov: bool = True,
        ns_coefficients: Coefficients = (3.4445, -4.775, 2.0315),
        eps: float = 1e-7,
        ns_steps: int = 5,
        adjust_lr_fn: Adjustment | None = None,
    ) -> None:
        defaults = MuonOptions(
            lr=lr,
            weight_decay=weight_decay,
            momentum=momentum,
            nesterov=nesterov,
            ns_coefficients=ns_coefficients,
            eps=eps,
            ns_steps=ns_steps,
            adjust_lr_fn=adjust_lr_fn,
        )
        super().__init__(params, defaults, MUON_RULE)
