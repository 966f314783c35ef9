"""AdamW: Adam whose weight decay does not pass through the means."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..engine.groups import ParamsT
from .adam import Adam


class AdamW(Adam):
    """Adam with decoupled weight decay: the rule is `adam`, with that option on.

    Args:
        weight_decay: λ, 0 or more; each step shrinks the parameters by the factor 1 − η λ.
        params, lr, betas, eps, amsgrad, maximize: as `Adam`.

    Raises:
        ValueError: if an option is out of its range, or where `Optimizer` raises it.
    """

    def __init__(
        self,
        params: ParamsT,
        lr: float | Tensor = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
        amsgrad: bool = False,
        *,
        maximize: bool = False,
    ) -> None:
        super().__init__(
            params,
            lr,
            betas,
            eps,
            weight_decay,
            amsgrad,
            maximize=maximize,
            decoupled_weight_decay=True,
        )
