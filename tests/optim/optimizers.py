"""The names of optimizers, read from the package: a new one is in every test that goes over all."""

from __future__ import annotations

from typing import Final

import minitorch_optim
from minitorch_autograd import zeros
from minitorch_optim import Optimizer

# All that are public.
OPTIMIZERS: Final = sorted(
    name
    for name in minitorch_optim.__all__
    if isinstance(one := getattr(minitorch_optim, name), type)
    and issubclass(one, Optimizer)
    and one is not Optimizer
)


def _treats_each_element_alone(name: str) -> bool:
    optimizer: Optimizer = getattr(minitorch_optim, name)([zeros(1, 1).requires_grad_()])
    return optimizer._rule is not None and optimizer._rule.small > 0


# Those whose rule treats each element alone, so that parameters may be updated in buckets.
ELEMENTWISE: Final = list(filter(_treats_each_element_alone, OPTIMIZERS))
