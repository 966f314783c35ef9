"""Calls of a module with other parameters than its own, by the deprecated name.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.stateless.functional_call.html
"""

from __future__ import annotations

import warnings
from collections.abc import MutableMapping
from typing import Any

from minitorch_autograd import Tensor

from .. import func
from ..core.module import Module

__all__ = ["functional_call"]


# What a module takes and returns is its own affair.
def functional_call(
    module: Module,
    parameters_and_buffers: MutableMapping[str, Tensor],
    args: Any = None,  # noqa: ANN401
    kwargs: dict[str, Any] | None = None,
    *,
    tie_weights: bool = True,
    strict: bool = False,
) -> Any:  # noqa: ANN401
    """Same as `func.functional_call`, under its deprecated name."""
    warnings.warn(
        "`torch.nn.utils.stateless.functional_call` is deprecated as of PyTorch 2.0 and will be "
        "removed in a future version of PyTorch. Please use `torch.func.functional_call` instead "
        "which is a drop-in replacement.",
        FutureWarning,
        stacklevel=2,
    )
    return func.functional_call(
        module, parameters_and_buffers, args, kwargs, tie_weights=tie_weights, strict=strict
    )
