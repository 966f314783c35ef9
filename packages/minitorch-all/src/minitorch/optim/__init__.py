"""Optimizers, as `torch.optim` has them."""

import importlib as _importlib
import typing as _typing

from minitorch_optim import *

if _typing.TYPE_CHECKING:
    from . import swa_utils as swa_utils
else:
    # It needs more of nn than a replacement must have: loaded when it is asked for.
    def __getattr__(name: str) -> object:
        if name == "swa_utils":
            return _importlib.import_module(".swa_utils", __name__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
